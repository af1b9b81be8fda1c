package io.loanledger.core.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of the currency in which a loan is owed. Exact; always at its currency's scale; may be negative (postings are).
 *
 * <p>Sums of two currencies do not exist: mixing them throws {@link IllegalArgumentException}, because it is a bug, never input.
 */
public record Money(BigDecimal amount, Asset currency) implements Comparable<Money> {
    public Money {
        if (amount.scale() != currency.scale()) {
            // Widening 5 to 5.00 is exact; a digit too many is a bug of the caller, who must round by name.
            amount = amount.setScale(currency.scale(), RoundingMode.UNNECESSARY);
        }
    }

    public static Money zero(Asset currency) {
        return new Money(BigDecimal.valueOf(0, currency.scale()), currency);
    }

    public static Money of(String amount, Asset currency) {
        return new Money(new BigDecimal(amount), currency);
    }

    /** Banker's rounding to the currency's scale: the rule for posted interest. */
    public static Money roundedHalfEven(BigDecimal exact, Asset currency) {
        return new Money(exact.setScale(currency.scale(), RoundingMode.HALF_EVEN), currency);
    }

    public static Money roundedDown(BigDecimal exact, Asset currency) {
        return new Money(exact.setScale(currency.scale(), RoundingMode.FLOOR), currency);
    }

    public static Money roundedUp(BigDecimal exact, Asset currency) {
        return new Money(exact.setScale(currency.scale(), RoundingMode.CEILING), currency);
    }

    public Money plus(Money other) {
        return new Money(amount.add(same(other).amount), currency);
    }

    public Money minus(Money other) {
        return new Money(amount.subtract(same(other).amount), currency);
    }

    public Money negated() {
        return new Money(amount.negate(), currency);
    }

    public Money min(Money other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Money max(Money other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    public boolean isPositive() {
        return amount.signum() > 0;
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    @Override
    public int compareTo(Money other) {
        return amount.compareTo(same(other).amount);
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot mix " + currency + " with " + other.currency);
        }
        return other;
    }

    /** "1234.50 USD". */
    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
