package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.Component;
import io.loanledger.core.terms.InterestTerms;
import java.math.BigDecimal;
import java.math.BigInteger;
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
 * @param principalDays the one exact sum behind all interest: principal x weight, in currency units x the day count's units (days for most
 *     of them) where a rate is annual, and x the rate where it changes. Where interest compounds, the scaled debt: principal and interest in
 *     units of the first day, so that the debt of a day is this x its {@linkplain RateClock#growth growth}, and posting interest changes nothing
 * @param accruedTo the day through which principalDays counts; null before disbursement
 * @param startedOn value date of the disbursement: no payment is valued earlier; null before it
 * @param charges costs and penalties, and the default interest among these
 * @param interestBefore what of interestPosted lies behind a rollover, with which the exact sum began anew
 */
public record Debt(
        Money principal,
        Money interest,
        Money fees,
        Money interestPosted,
        BigDecimal principalDays,
        @Nullable LocalDate accruedTo,
        @Nullable LocalDate startedOn,
        Charges charges,
        Money interestBefore) {
    /** Places of a debt that compounds, and of the same in units of its first day: half-even. */
    private static final int OWED_SCALE = 20;

    private static final int SCALED_SCALE = 30;

    /** Under the terms of its first day. */
    public Debt(
            Money principal,
            Money interest,
            Money fees,
            Money interestPosted,
            BigDecimal principalDays,
            @Nullable LocalDate accruedTo,
            @Nullable LocalDate startedOn,
            Charges charges) {
        this(
                principal,
                interest,
                fees,
                interestPosted,
                principalDays,
                accruedTo,
                startedOn,
                charges,
                Money.zero(principal.currency()));
    }

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
        if (accruedTo == null || !day.isAfter(accruedTo) || clock.terms().compounds()) {
            return principalDays;
        }
        return principalDays.add(principal.amount().multiply(weight(clock, accruedTo, day)));
    }

    /** Exact sum of principal x units of days of default through a day, as {@link #principalDaysThrough}. */
    private BigDecimal penaltyDaysThrough(RateClock clock, LocalDate day) {
        LocalDate start = startedOn;
        LocalDate end = accruedTo;
        if (start == null || end == null || !day.isAfter(end)) {
            return charges.penaltyDays();
        }
        BigDecimal units = BigDecimal.valueOf(clock.unitsOfDefault(start, end, day));
        return charges.penaltyDays().add(principal.amount().multiply(units));
    }

    /** Default interest to post so that the books stand at half-even(exact cumulative) through a day. */
    Money penaltyToPost(RateClock clock, LocalDate day) {
        BigDecimal year = BigDecimal.valueOf(clock.terms().dayCount().unitsInYear());
        BigDecimal cumulative = penaltyDaysThrough(clock, day)
                .multiply(clock.margin())
                .divide(year, principal.currency().scale(), RoundingMode.HALF_EVEN);
        return new Money(cumulative, principal.currency()).minus(charges.penaltiesPosted());
    }

    /** Default interest of a day that is not posted, exact, multiplied by the terms' divisor. */
    BigDecimal penaltyAccruedTimesDivisor(RateClock clock, LocalDate day) {
        if (!charges.knowsDefault() && clock.margin().signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigInteger divisor = clock.terms().divisor();
        BigInteger perUnit =
                divisor.divide(BigInteger.valueOf(clock.terms().dayCount().unitsInYear()));
        return penaltyDaysThrough(clock, day)
                .multiply(clock.margin())
                .multiply(new BigDecimal(perUnit))
                .subtract(charges.penaltiesPosted().amount().multiply(new BigDecimal(divisor)));
    }

    /** What an event of a day has to tell of the rate, or null where the terms say it. */
    @Nullable
    BigDecimal accrual(RateClock clock, LocalDate day) {
        LocalDate start = startedOn;
        LocalDate end = accruedTo;
        if (!clock.isTold() || start == null || end == null) {
            return null;
        }
        return clock.terms().compounds() ? clock.growth(start, day) : clock.weight(start, end, day);
    }

    /** Principal and interest of a day where interest compounds; a day before {@code accruedTo} counts as {@code accruedTo}. */
    private BigDecimal owed(RateClock clock, LocalDate day) {
        LocalDate end = accruedTo;
        if (end == null) {
            return BigDecimal.ZERO;
        }
        LocalDate at = day.isAfter(end) ? day : end;
        return principalDays.multiply(growth(clock, at)).setScale(OWED_SCALE, RoundingMode.HALF_EVEN);
    }

    /** Money of a day in units of the first day. */
    private BigDecimal scaled(Money money, RateClock clock, LocalDate day) {
        return money.amount().divide(growth(clock, day), SCALED_SCALE, RoundingMode.HALF_EVEN);
    }

    private BigDecimal growth(RateClock clock, LocalDate day) {
        LocalDate start = Objects.requireNonNull(startedOn);
        return day.equals(start) ? BigDecimal.ONE : clock.growth(start, day);
    }

    /** What a unit of this debt's principal bears from one day to another. */
    BigDecimal weight(RateClock clock, LocalDate from, LocalDate to) {
        return clock.weight(Objects.requireNonNull(startedOn), from, to);
    }

    /** Interest to post so that the books stand at half-even(exact cumulative) through a day. */
    Money interestToPost(RateClock clock, LocalDate day) {
        InterestTerms terms = clock.terms();
        if (terms.compounds()) {
            return Money.roundedHalfEven(owed(clock, day), principal.currency())
                    .minus(principal)
                    .minus(interest);
        }
        BigDecimal exactTimesDivisor = principalDaysThrough(clock, day).multiply(new BigDecimal(terms.factor()));
        BigDecimal cumulative = exactTimesDivisor.divide(
                new BigDecimal(terms.divisor()), principal.currency().scale(), RoundingMode.HALF_EVEN);
        return new Money(cumulative, principal.currency()).minus(sincePosted());
    }

    /** What was posted of the exact sum that counts now. */
    private Money sincePosted() {
        return interestPosted.minus(interestBefore);
    }

    /**
     * Exactly what settles the debt on a day (principal + interest and default interest posted and accrued + fees), multiplied by the terms'
     * {@linkplain InterestTerms#divisor divisor} so that it is a whole decimal and nothing is rounded.
     */
    BigDecimal outstandingTimesDivisor(RateClock clock, LocalDate day) {
        return contractTimesDivisor(clock, day).add(penaltyAccruedTimesDivisor(clock, day));
    }

    /** The same without default interest that is not posted. */
    BigDecimal contractTimesDivisor(RateClock clock, LocalDate day) {
        InterestTerms terms = clock.terms();
        if (terms.compounds()) {
            return posted().minus(principal).minus(interest).amount().add(owed(clock, day));
        }
        BigDecimal withoutAccrual = posted().minus(sincePosted()).amount();
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
                        charges.withPenaltyDays(penaltyDaysThrough(clock, day)),
                        interestBefore)
                : this;
    }

    /** With all interest of a day brought to the books. */
    Debt postedThrough(RateClock clock, LocalDate day) {
        return withInterestPosted(interestToPost(clock, day), penaltyToPost(clock, day), clock, day);
    }

    /** Without default interest. */
    Debt withInterestPosted(Money amount, RateClock clock, LocalDate through) {
        return withInterestPosted(amount, Money.zero(amount.currency()), clock, through);
    }

    /** @param penalty default interest posted with it */
    Debt withInterestPosted(Money amount, Money penalty, RateClock clock, LocalDate through) {
        Debt accrued = accruedThrough(clock, through);
        return new Debt(
                principal,
                interest.plus(amount),
                fees,
                interestPosted.plus(amount),
                accrued.principalDays,
                accrued.accruedTo,
                accrued.startedOn,
                accrued.charges.withPenaltyPosted(penalty),
                interestBefore);
    }

    /** Principal changes by {@code change} with the value date; what was accrued since is corrected when the date lies in the past. */
    Debt withPrincipalChanged(Money change, RateClock clock, LocalDate valueDate) {
        return moved(change, change, clock, valueDate);
    }

    /** @param flow principal and interest together, as compounding counts them */
    private Debt moved(Money change, Money flow, RateClock clock, LocalDate valueDate) {
        Debt accrued = accruedTo == null ? startingAt(valueDate) : accruedThrough(clock, valueDate);
        return accrued.withPrincipal(
                principal.plus(change),
                clock.terms().compounds()
                        ? accrued.scaled(flow, clock, valueDate)
                        : accrued.correction(change, clock, valueDate),
                accrued.penaltyCorrection(change, clock, valueDate));
    }

    /** What was accrued of it in days of default. */
    private BigDecimal penaltyCorrection(Money change, RateClock clock, LocalDate valueDate) {
        LocalDate start = Objects.requireNonNull(startedOn);
        LocalDate end = Objects.requireNonNull(accruedTo);
        long late = valueDate.isBefore(end) ? clock.unitsOfDefault(start, valueDate, end) : 0;
        return change.amount().multiply(BigDecimal.valueOf(late));
    }

    /** What was accrued of a change of principal that is valued in the past. */
    private BigDecimal correction(Money change, RateClock clock, LocalDate valueDate) {
        LocalDate end = Objects.requireNonNull(accruedTo);
        BigDecimal late =
                valueDate.isBefore(end) ? weight(clock, end, valueDate).negate() : BigDecimal.ZERO;
        return change.amount().multiply(late);
    }

    private Debt withPrincipal(Money next, BigDecimal more, BigDecimal morePenalty) {
        return new Debt(
                next,
                interest,
                fees,
                interestPosted,
                principalDays.add(more),
                accruedTo,
                startedOn,
                charges.withPenaltyDays(charges.penaltyDays().add(morePenalty)),
                interestBefore);
    }

    /** Money in (positive allocation) or taken back (negative). */
    Debt withAllocated(Allocation allocation, RateClock clock, LocalDate valueDate) {
        Money change = allocation.principal().negated();
        Debt changed = moved(change, change.minus(allocation.interest()), clock, valueDate);
        return new Debt(
                changed.principal,
                interest.minus(allocation.interest()),
                fees.minus(allocation.fees()),
                interestPosted,
                changed.principalDays,
                changed.accruedTo,
                changed.startedOn,
                changed.charges.plus(
                        allocation.costs().negated(), allocation.penalties().negated()),
                interestBefore);
    }

    /** Interest that was paid and proved too much goes back: what is owed rises from its negative figure to zero. */
    Debt withInterestRefunded(Money amount, Money penalty, RateClock clock) {
        BigDecimal next = clock.terms().compounds()
                ? principalDays.add(scaled(amount, clock, Objects.requireNonNull(accruedTo)))
                : principalDays;
        return new Debt(
                principal,
                interest.plus(amount),
                fees,
                interestPosted,
                next,
                accruedTo,
                startedOn,
                charges.plus(Money.zero(penalty.currency()), penalty),
                interestBefore);
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
        return new Debt(
                principal,
                interest,
                nextFees,
                interestPosted,
                principalDays,
                accruedTo,
                startedOn,
                next,
                interestBefore);
    }

    private Debt startingAt(LocalDate day) {
        return new Debt(principal, interest, fees, interestPosted, principalDays, day, day, charges, interestBefore);
    }

    /** The exact sum begins anew with this day; where interest compounds from here on, with all that bears it. */
    Debt startingAnew(boolean compounds, LocalDate day) {
        return new Debt(
                principal,
                interest,
                fees,
                interestPosted,
                compounds ? principal.plus(interest).amount() : BigDecimal.ZERO,
                day,
                day,
                new Charges(charges.costs(), charges.penalties()),
                interestPosted);
    }
}
