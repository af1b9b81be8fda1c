package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a borrower owes, and the exact interest that lies behind it.
 *
 * <p>Interest is simple, ACT/365F on principal in whole UTC days. {@code principalDays} is the sum of principal x days up to
 * {@code accruedTo}; it is linear, so a payment valued in the past is corrected exactly by its amount x days. Exact cumulative
 * interest is principalDays x rate / 365; posted is half-even of that, less what was posted before: however a period is split,
 * the same cents result (invariant InterestDeterminism).
 *
 * @param principal owed
 * @param interest posted and unpaid; may be negative for the moment between a back-dated payment and its correction
 * @param fees posted and unpaid
 * @param interestPosted cumulative since issue, paid or not
 * @param principalDays exact, in currency units x days
 * @param accruedTo the day through which principalDays counts; null before disbursement
 * @param startedOn value date of the disbursement: no payment is valued earlier; null before it
 */
public record Debt(
        Money principal,
        Money interest,
        Money fees,
        Money interestPosted,
        BigDecimal principalDays,
        @Nullable LocalDate accruedTo,
        @Nullable LocalDate startedOn) {
    private static final BigInteger DAYS_IN_YEAR = BigInteger.valueOf(365);

    static Debt none(Asset currency) {
        Money zero = Money.zero(currency);
        return new Debt(zero, zero, zero, zero, BigDecimal.ZERO, null, null);
    }

    /** A debt of this principal alone, for the ratio of a loan that is not disbursed. */
    Debt withContingent(Money contingent) {
        return new Debt(contingent, interest, fees, interestPosted, principalDays, accruedTo, startedOn);
    }

    /** Posted and owed today, without interest that is accrued and not posted. */
    public Money posted() {
        return principal.plus(interest).plus(fees);
    }

    public boolean isClear() {
        return principal.isZero() && interest.isZero() && fees.isZero();
    }

    /** Exact sum of principal x days through a day; a day before {@code accruedTo} counts as {@code accruedTo}. */
    BigDecimal principalDaysThrough(LocalDate day) {
        if (accruedTo == null || !day.isAfter(accruedTo)) {
            return principalDays;
        }
        return principalDays.add(
                principal.amount().multiply(BigDecimal.valueOf(ChronoUnit.DAYS.between(accruedTo, day))));
    }

    /** Interest to post so that the books stand at half-even(exact cumulative) through a day. */
    Money interestToPost(Fraction annualRate, LocalDate day) {
        BigDecimal exactTimesDivisor = principalDaysThrough(day).multiply(new BigDecimal(annualRate.numerator()));
        BigDecimal cumulative = exactTimesDivisor.divide(
                new BigDecimal(divisor(annualRate)), principal.currency().scale(), RoundingMode.HALF_EVEN);
        return new Money(cumulative, principal.currency()).minus(interestPosted);
    }

    /**
     * Exact exposure on a day (principal + interest posted and accrued + fees), multiplied by {@link #divisor} so that it is a
     * whole decimal and nothing is rounded.
     */
    BigDecimal exposureTimesDivisor(Fraction annualRate, LocalDate day) {
        BigDecimal withoutAccrual = posted().minus(interestPosted).amount();
        return withoutAccrual
                .multiply(new BigDecimal(divisor(annualRate)))
                .add(principalDaysThrough(day).multiply(new BigDecimal(annualRate.numerator())));
    }

    /** 365 x the denominator of the rate: the common denominator of every amount of interest of a loan. */
    static BigInteger divisor(Fraction annualRate) {
        return DAYS_IN_YEAR.multiply(annualRate.denominator());
    }

    Debt accruedThrough(LocalDate day) {
        return accruedTo != null && day.isAfter(accruedTo)
                ? new Debt(principal, interest, fees, interestPosted, principalDaysThrough(day), day, startedOn)
                : this;
    }

    Debt withInterestPosted(Money amount, LocalDate through) {
        Debt accrued = accruedThrough(through);
        return new Debt(
                principal,
                interest.plus(amount),
                fees,
                interestPosted.plus(amount),
                accrued.principalDays,
                accrued.accruedTo,
                accrued.startedOn);
    }

    /** Principal changes by {@code change} with the value date; the days since are corrected when the date lies in the past. */
    Debt withPrincipalChanged(Money change, LocalDate valueDate) {
        Debt accrued = accruedTo == null ? startingAt(valueDate) : accruedThrough(valueDate);
        long daysLate = valueDate.isBefore(Objects.requireNonNull(accrued.accruedTo))
                ? ChronoUnit.DAYS.between(valueDate, accrued.accruedTo)
                : 0;
        BigDecimal correction = change.amount().multiply(BigDecimal.valueOf(daysLate));
        return new Debt(
                principal.plus(change),
                interest,
                fees,
                interestPosted,
                accrued.principalDays.add(correction),
                accrued.accruedTo,
                accrued.startedOn);
    }

    /** Money in (positive allocation) or taken back (negative). */
    Debt withAllocated(Allocation allocation, LocalDate valueDate) {
        Debt changed = withPrincipalChanged(allocation.principal().negated(), valueDate);
        return new Debt(
                changed.principal,
                interest.minus(allocation.interest()),
                fees.minus(allocation.fees()),
                interestPosted,
                changed.principalDays,
                changed.accruedTo,
                changed.startedOn);
    }

    /** Interest that was paid and proved too much goes back: what is owed rises from its negative figure to zero. */
    Debt withInterestRefunded(Money amount) {
        return new Debt(principal, interest.plus(amount), fees, interestPosted, principalDays, accruedTo, startedOn);
    }

    /**
     * Undoes part of what sale proceeds had paid, in the reverse order of the waterfall: surplus, principal, interest, fees.
     *
     * @param paid what the proceeds had paid so far
     * @param money how much to take back, positive
     * @return the allocation to apply, negative
     */
    static Allocation takeBack(Allocation paid, Money money) {
        Money surplus = money.min(paid.surplus());
        Money left = money.minus(surplus);
        Money principal = left.min(paid.principal());
        left = left.minus(principal);
        Money interest = left.min(paid.interest());
        Money fees = left.minus(interest);
        return new Allocation(fees, interest, principal, surplus).negated();
    }

    /** The waterfall: fees, then interest, then principal; what is left is surplus. */
    Allocation allocate(Money money) {
        Money toFees = money.min(fees.max(Money.zero(fees.currency())));
        Money afterFees = money.minus(toFees);
        Money toInterest = afterFees.min(interest.max(Money.zero(fees.currency())));
        Money afterInterest = afterFees.minus(toInterest);
        Money toPrincipal = afterInterest.min(principal);
        return new Allocation(toFees, toInterest, toPrincipal, afterInterest.minus(toPrincipal));
    }

    private Debt startingAt(LocalDate day) {
        return new Debt(principal, interest, fees, interestPosted, principalDays, day, day);
    }
}
