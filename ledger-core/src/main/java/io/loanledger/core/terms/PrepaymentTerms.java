package io.loanledger.core.terms;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import java.time.LocalDate;

/**
 * The fee on principal that is repaid before it is due.
 *
 * @param feeRate its share of such principal, over 0 and under 1
 * @param freeFromDay days from the payout's value date from which on nothing is charged; 0 for never
 */
public record PrepaymentTerms(Fraction feeRate, int freeFromDay) {
    public PrepaymentTerms {
        if (feeRate.isZero() || feeRate.compareTo(Fraction.ONE) >= 0) {
            throw new IllegalArgumentException("a fee of prepayment is a share over 0 and under 1, not " + feeRate);
        }
        if (freeFromDay < 0 || freeFromDay > ProductTerms.LONGEST_TERM_DAYS) {
            throw new IllegalArgumentException("prepayment is free from no day " + freeFromDay);
        }
    }

    /** Whether a payment of this day is free. */
    public boolean isFreeOn(LocalDate day, LocalDate startedOn) {
        return freeFromDay > 0 && !day.isBefore(startedOn.plusDays(freeFromDay));
    }

    /** Of principal that is not due: half-even(rate x principal). 2 % of 980.39 are 19.61. */
    public Money feeOf(Money principal) {
        return feeRate.timesRoundedHalfEven(principal);
    }
}
