package io.loanledger.core.terms;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Quantity;
import java.math.BigInteger;

/**
 * How the part of a loan's coin counts that lies over a quantity, up to the next tier: marginal, like a tax bracket.
 *
 * @param over from this quantity on; 0 for the first tier
 * @param haircut share of its value that does not count, under one
 */
public record HaircutTier(Quantity over, Fraction haircut) {
    public HaircutTier {
        if (over.isNegative()) {
            throw new IllegalArgumentException("a tier starts at a quantity, not " + over);
        }
        if (haircut.compareTo(Fraction.ONE) >= 0) {
            throw new IllegalArgumentException("a haircut is under 1, not " + haircut);
        }
    }

    /** Whether the haircut is a decimal that ends. */
    boolean isDecimal() {
        BigInteger rest = haircut.denominator();
        rest = rest.divide(rest.gcd(haircut.numerator()));
        for (BigInteger prime : new BigInteger[] {BigInteger.TWO, BigInteger.valueOf(5)}) {
            while (rest.mod(prime).signum() == 0) {
                rest = rest.divide(prime);
            }
        }
        return rest.equals(BigInteger.ONE);
    }
}
