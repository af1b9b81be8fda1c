package io.loanledger.core.terms;

import io.loanledger.core.money.Fraction;
import java.math.BigInteger;

/**
 * Interest in whole UTC days from the disbursement's value date.
 *
 * @param rate of each day
 * @param dayCount how days become a fraction of a year
 * @param compounding whether interest bears interest
 */
public record InterestTerms(Rate rate, DayCount dayCount, Compounding compounding) {
    public InterestTerms {
        if (rate instanceof Rate.Referenced && dayCount == DayCount.THIRTY_360) {
            throw new IllegalArgumentException("30/360 counts from the start of each loan: no series of fixings does");
        }
        if (compounding != Compounding.SIMPLE && dayCount != DayCount.ACT_365F && dayCount != DayCount.ACT_360) {
            throw new IllegalArgumentException("interest compounds by actual days over 365 or 360, not by " + dayCount);
        }
    }

    /** Simple interest at one rate. */
    public InterestTerms(Fraction annualRate, DayCount dayCount) {
        this(new Rate.Annual(annualRate), dayCount, Compounding.SIMPLE);
    }

    /** The rate of terms that have one for every day; a bug to ask others. */
    public Fraction annualRate() {
        if (rate instanceof Rate.Annual annual) {
            return annual.annual();
        }
        throw new IllegalStateException("no one rate: " + rate);
    }

    /** Whether a product says all of its interest by an annual rate and a day count. */
    public boolean isPlain() {
        return rate instanceof Rate.Annual && compounding == Compounding.SIMPLE;
    }

    /**
     * The common denominator of exact amounts of interest: the units of a year x the denominator of the annual rate. Other rates are decimals,
     * and what compounds is known as an amount.
     */
    public BigInteger divisor() {
        if (compounding != Compounding.SIMPLE) {
            return BigInteger.ONE;
        }
        BigInteger year = BigInteger.valueOf(dayCount.unitsInYear());
        return rate instanceof Rate.Annual annual
                ? annual.annual().denominator().multiply(year)
                : year;
    }

    /** What a weighed unit of principal is multiplied by to give interest in units of 1 / divisor: an annual rate stands outside of the weight. */
    public BigInteger factor() {
        return rate instanceof Rate.Annual annual ? annual.annual().numerator() : BigInteger.ONE;
    }

    /** Whether interest bears interest. */
    public boolean compounds() {
        return compounding != Compounding.SIMPLE;
    }

    /** Whether no day can bring interest. */
    public boolean neverAccrues() {
        return rate instanceof Rate.Annual annual && annual.annual().isZero();
    }
}
