package io.loanledger.core.terms;

import io.loanledger.core.money.Fraction;
import java.math.BigInteger;

/**
 * Simple interest on principal, in whole UTC days from the disbursement's value date.
 *
 * @param annualRate a year's interest as a share of principal
 * @param dayCount how days become a fraction of a year
 */
public record InterestTerms(Fraction annualRate, DayCount dayCount) {

    /** The common denominator of every exact amount of interest: the units of a year x the denominator of the rate. */
    public BigInteger divisor() {
        return annualRate.denominator().multiply(BigInteger.valueOf(dayCount.unitsInYear()));
    }

    /** What a weighed unit of principal is multiplied by to give interest in units of 1 / divisor. */
    public BigInteger factor() {
        return annualRate.numerator();
    }

    /** Whether no day can bring interest. */
    public boolean neverAccrues() {
        return annualRate.isZero();
    }
}
