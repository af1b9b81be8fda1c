package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.Component;
import io.loanledger.core.terms.InterestTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a borrower owes, and the exact interest that lies behind it.
 *
 * <p>Interest is simple, on principal, in whole UTC days. With F(day) the {@linkplain DayCount units} from {@code startedOn} to a day,
 * {@code principalDays} is the sum over all changes of principal of change x {@linkplain RateClock weight}(value date to accruedTo), F(accruedTo) -
 * F(value date) for a rate that does not change. It telescopes, so that it
 * does not depend on where periods were cut, and it is linear, so that a payment valued in the past is corrected exactly by its amount x
 * units. Exact cumulative interest is principalDays x rate / units of a year; posted is half-even of that, less what was posted before:
 * however a period is split, the same cents result (invariant InterestDeterminism).
 *
 * @param principal owed
 * @param interest posted and unpaid; may be negative for the moment between a back-dated payment and its correction
 * @param fees posted and unpaid
 * @param interestPosted cumulative since issue, paid or not
 * @param principalDays exact, in currency units x the day count's units: days for most of them
 * @param accruedTo the day through which principalDays counts; null before disbursement
 * @param startedOn value date of the disbursement: no payment is valued earlier; null before it
 * @param charges costs and penalties
 */
public record Debt(
        Money principal,
        Money interest,
        Money fees,
        Money interestPosted,
        BigDecimal principalDays,
        @Nullable LocalDate accruedTo,
        @Nullable LocalDate startedOn,
        Charges charges) {
    /** Without costs and penalties. */
    public Debt(
            Money principal,
            Money interest,
            Money fees,
            Money interestPosted,
            BigDecimal principalDays,
            @Nullable LocalDate accruedTo,
            @Nullable LocalDate startedOn) {
        this(
                principal,
                interest,
                fees,
                interestPosted,
                principalDays,
                accruedTo,
                startedOn,
                Charges.none(principal.currency()));
    }

    static Debt none(Asset currency) {
        Money zero = Money.zero(currency);
        return new Debt(zero, zero, zero, zero, BigDecimal.ZERO, null, null);
    }

    /** Posted and owed today, without interest that is accrued and not posted. */
    public Money posted() {
        return principal.plus(interest).plus(fees).plus(charges.total());
    }

    public boolean isClear() {
        return principal.isZero() && interest.isZero() && fees.isZero() && charges.isNone();
    }

    /** Exact sum of principal x weight through a day; a day before {@code accruedTo} counts as {@code accruedTo}. */
    BigDecimal principalDaysThrough(RateClock clock, LocalDate day) {
        if (accruedTo == null || !day.isAfter(accruedTo)) {
            return principalDays;
        }
        return principalDays.add(principal.amount().multiply(weight(clock, accruedTo, day)));
    }

    /** What a unit of this debt's principal bears from one day to another. */
    BigDecimal weight(RateClock clock, LocalDate from, LocalDate to) {
        return clock.weight(Objects.requireNonNull(startedOn), from, to);
    }

    /** Interest to post so that the books stand at half-even(exact cumulative) through a day. */
    Money interestToPost(RateClock clock, LocalDate day) {
        InterestTerms terms = clock.terms();
        BigDecimal exactTimesDivisor = principalDaysThrough(clock, day).multiply(new BigDecimal(terms.factor()));
        BigDecimal cumulative = exactTimesDivisor.divide(
                new BigDecimal(terms.divisor()), principal.currency().scale(), RoundingMode.HALF_EVEN);
        return new Money(cumulative, principal.currency()).minus(interestPosted);
    }

    /**
     * Exactly what settles the debt on a day (principal + interest posted and accrued + fees), multiplied by the terms'
     * {@linkplain InterestTerms#divisor divisor} so that it is a whole decimal and nothing is rounded.
     */
    BigDecimal outstandingTimesDivisor(RateClock clock, LocalDate day) {
        InterestTerms terms = clock.terms();
        BigDecimal withoutAccrual = posted().minus(interestPosted).amount();
        return withoutAccrual
                .multiply(new BigDecimal(terms.divisor()))
                .add(principalDaysThrough(clock, day).multiply(new BigDecimal(terms.factor())));
    }

    Debt accruedThrough(RateClock clock, LocalDate day) {
        return accruedTo != null && day.isAfter(accruedTo)
                ? new Debt(
                        principal,
                        interest,
                        fees,
                        interestPosted,
                        principalDaysThrough(clock, day),
                        day,
                        startedOn,
                        charges)
                : this;
    }

    Debt withInterestPosted(Money amount, RateClock clock, LocalDate through) {
        Debt accrued = accruedThrough(clock, through);
        return new Debt(
                principal,
                interest.plus(amount),
                fees,
                interestPosted.plus(amount),
                accrued.principalDays,
                accrued.accruedTo,
                accrued.startedOn,
                charges);
    }

    /** Principal changes by {@code change} with the value date; what was accrued since is corrected when the date lies in the past. */
    Debt withPrincipalChanged(Money change, RateClock clock, LocalDate valueDate) {
        Debt accrued = accruedTo == null ? startingAt(valueDate) : accruedThrough(clock, valueDate);
        LocalDate end = Objects.requireNonNull(accrued.accruedTo);
        BigDecimal late =
                valueDate.isBefore(end) ? accrued.weight(clock, end, valueDate).negate() : BigDecimal.ZERO;
        BigDecimal correction = change.amount().multiply(late);
        return new Debt(
                principal.plus(change),
                interest,
                fees,
                interestPosted,
                accrued.principalDays.add(correction),
                accrued.accruedTo,
                accrued.startedOn,
                charges);
    }

    /** Money in (positive allocation) or taken back (negative). */
    Debt withAllocated(Allocation allocation, RateClock clock, LocalDate valueDate) {
        Debt changed = withPrincipalChanged(allocation.principal().negated(), clock, valueDate);
        return new Debt(
                changed.principal,
                interest.minus(allocation.interest()),
                fees.minus(allocation.fees()),
                interestPosted,
                changed.principalDays,
                changed.accruedTo,
                changed.startedOn,
                charges.plus(
                        allocation.costs().negated(), allocation.penalties().negated()));
    }

    /** Interest that was paid and proved too much goes back: what is owed rises from its negative figure to zero. */
    Debt withInterestRefunded(Money amount) {
        return new Debt(
                principal, interest.plus(amount), fees, interestPosted, principalDays, accruedTo, startedOn, charges);
    }

    /** What of a component is posted and unpaid. */
    Money unpaid(Component component) {
        return switch (component) {
            case COSTS -> charges.costs();
            case PENALTIES -> charges.penalties();
            case FEES -> fees;
            case INTEREST -> interest;
            case PRINCIPAL -> principal;
        };
    }

    /** Something is charged, or waived when negative; it bears no interest. */
    Debt withCharge(ChargeKind kind, Money amount) {
        Money zero = Money.zero(amount.currency());
        return switch (kind) {
            case COSTS -> withCharges(fees, charges.plus(amount, zero));
            case PENALTY -> withCharges(fees, charges.plus(zero, amount));
            case FEE, LATE -> withCharges(fees.plus(amount), charges);
        };
    }

    private Debt withCharges(Money nextFees, Charges next) {
        return new Debt(principal, interest, nextFees, interestPosted, principalDays, accruedTo, startedOn, next);
    }

    private Debt startingAt(LocalDate day) {
        return new Debt(principal, interest, fees, interestPosted, principalDays, day, day, charges);
    }
}
