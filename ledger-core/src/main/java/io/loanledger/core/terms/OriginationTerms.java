package io.loanledger.core.terms;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;

/**
 * The fee that the lender keeps from the payout.
 *
 * @param fixed not negative, in the currency that is lent
 * @param rate as a share of the principal
 */
public record OriginationTerms(Money fixed, Fraction rate) {
    public OriginationTerms {
        if (fixed.isNegative() || rate.compareTo(Fraction.ONE) >= 0) {
            throw new IllegalArgumentException("a fee of the payout is under it: " + fixed + " and " + rate);
        }
    }

    /** Of a principal: half-even(rate x principal) + fixed. 1.5 % of 10,000.00 is 150.00. */
    public Money feeOf(Money principal) {
        return rate.timesRoundedHalfEven(principal).plus(fixed);
    }
}
