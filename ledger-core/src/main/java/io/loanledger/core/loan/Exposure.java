package io.loanledger.core.loan;

import io.loanledger.core.money.Money;
import io.loanledger.core.terms.Component;
import io.loanledger.core.terms.DefaultTerms;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.ScheduleTerms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The debt that stands in a loan-to-value ratio, as one function of the loan: issue, call, sale, trigger keys, top-up, repayment to cure and
 * quantity to sell all ask it. Exact; amounts are multiplied by the interest's {@linkplain InterestTerms#divisor divisor}.
 */
final class Exposure {
    private Exposure() {}

    /** Of a debt on a day. */
    static BigDecimal timesDivisor(Agreement agreement, Debt debt, RateClock clock, LocalDate day) {
        ProductTerms terms = agreement.terms();
        return switch (terms.exposureBasis()) {
            case PRINCIPAL ->
                debt.principal()
                        .amount()
                        .multiply(new BigDecimal(terms.interest().divisor()));
            case OUTSTANDING -> debt.outstandingTimesDivisor(clock, day);
            case TOTAL_OBLIGATION ->
                amortises(terms)
                        ? debt.outstandingTimesDivisor(clock, day).add(toComeTimesDivisor(agreement, debt, clock, day))
                        : debt.contractTimesDivisor(clock, lastDay(agreement, debt, day))
                                .add(debt.penaltyAccruedTimesDivisor(clock, day));
        };
    }

    private static boolean amortises(ProductTerms terms) {
        ScheduleTerms schedule = terms.agreed().schedule();
        return schedule != null && schedule.kind().amortises();
    }

    /** Interest from a day to the maturity: on what is owed to the next due date, and then on no more than is planned to be owed. */
    private static BigDecimal toComeTimesDivisor(Agreement agreement, Debt debt, RateClock clock, LocalDate day) {
        LocalDate startedOn = Objects.requireNonNull(debt.startedOn());
        LocalDate accruedTo = Objects.requireNonNull(debt.accruedTo());
        LocalDate start = day.isAfter(accruedTo) ? day : accruedTo;
        LocalDate from = start;
        InstalmentPlan plan = InstalmentPlan.of(agreement, startedOn);
        Money balance = agreement.principal();
        BigDecimal weighed = BigDecimal.ZERO;
        for (int i = 0; i < plan.dueOn().size(); i++) {
            LocalDate dueOn = plan.dueOn().get(i);
            if (dueOn.isAfter(from)) {
                boolean first = i == 0 || !plan.dueOn().get(i - 1).isAfter(start);
                Money bears = first ? debt.principal() : debt.principal().min(balance);
                weighed = weighed.add(bears.amount().multiply(debt.weight(clock, from, dueOn)));
                from = dueOn;
            }
            balance = balance.minus(plan.principal().get(i));
        }
        return weighed.multiply(new BigDecimal(clock.terms().factor()));
    }

    /**
     * A principal that is not paid out, as a debt. Its term counts from the day of the request, as the day of the payout is not known: so it
     * does not move while the loan waits.
     */
    static Debt contingent(Loan loan, RateClock clock, LocalDate requestedOn) {
        ProductTerms terms = loan.terms().terms();
        return Debt.none(terms.debtAsset()).withPrincipalChanged(loan.firstPayout(), clock, requestedOn);
    }

    /**
     * The last day on which the exposure is still what it is on {@code day}, or null when no day changes it. A falling key drawn for
     * {@code day} holds through it.
     */
    static @Nullable LocalDate holdsThrough(Loan loan, LocalDate day) {
        Agreement agreement = loan.terms();
        ProductTerms terms = agreement.terms();
        Debt debt = loan.debt();
        if (!accrues(loan)) {
            return null;
        }
        if (costsMoreEachDay(loan) && terms.exposureBasis() == ExposureBasis.TOTAL_OBLIGATION) {
            return day;
        }
        return switch (terms.exposureBasis()) {
            case PRINCIPAL -> null;
            case OUTSTANDING -> day;
            case TOTAL_OBLIGATION ->
                amortises(terms) ? eveOfNextDue(agreement, debt, day) : lastDay(agreement, debt, day);
        };
    }

    /** Whether days bring interest of any kind. */
    static boolean accrues(Loan loan) {
        return !loan.terms().terms().interest().neverAccrues() || costsMoreEachDay(loan);
    }

    private static boolean costsMoreEachDay(Loan loan) {
        DefaultTerms onDefault = loan.terms().terms().agreed().onDefault();
        return onDefault != null && onDefault.charges() && loan.servicing().isInDefault();
    }

    private static LocalDate eveOfNextDue(Agreement agreement, Debt debt, LocalDate day) {
        LocalDate startedOn = Objects.requireNonNull(debt.startedOn());
        if (!day.isBefore(lastDay(agreement, debt, startedOn))) {
            return day;
        }
        int number = 1;
        while (!InstalmentPlan.dueOn(agreement, startedOn, number).isAfter(day)) {
            number++;
        }
        return InstalmentPlan.dueOn(agreement, startedOn, number).minusDays(1);
    }

    /**
     * How money that a loan takes on a day lowers its exposure.
     *
     * @param ahead what the waterfall pays before principal
     * @param aheadCounts whether paying that lowers the exposure by as much, or not at all
     * @param over numerator of what a unit of principal repaid lowers it by: over one when interest of the term goes with it
     * @param under denominator of that
     */
    record Relief(Money ahead, boolean aheadCounts, BigInteger over, BigInteger under) {
        /**
         * The money that lowers the exposure by X is (X x under + ahead x this) / over: ahead comes on top where it lowers nothing, and else
         * only as far as principal lowers more than it does.
         */
        BigInteger excessOverAhead() {
            return aheadCounts ? over.subtract(under) : over;
        }
    }

    static Relief relief(Agreement agreement, Debt debt, RateClock clock, LocalDate day) {
        ProductTerms terms = agreement.terms();
        InterestTerms interest = terms.interest();
        Money zero = Money.zero(debt.principal().currency());
        Money due = debt.interest().plus(debt.interestToPost(clock, day));
        Money ahead = debt.fees().max(zero).plus(due.max(zero));
        BigInteger under = interest.divisor();
        return switch (terms.exposureBasis()) {
            case PRINCIPAL -> new Relief(ahead, false, under, under);
            case OUTSTANDING -> new Relief(ahead, true, under, under);
            case TOTAL_OBLIGATION -> {
                BigDecimal saved = debt.weight(clock, day, lastDay(agreement, debt, day))
                        .multiply(new BigDecimal(interest.factor()));
                // Both in units in which what is saved is whole, whatever the places of its rates.
                BigInteger unit = BigInteger.TEN.pow(Math.max(0, saved.scale()));
                BigInteger whole = saved.multiply(new BigDecimal(unit)).toBigIntegerExact();
                yield new Relief(ahead, true, under.multiply(unit).add(whole), under.multiply(unit));
            }
        };
    }

    /**
     * Whether {@link #relief} is exact: principal is what the waterfall pays last, whatever is due, and what a unit of it lowers the exposure
     * by is the same for every unit.
     */
    static boolean relievesEvenly(Loan loan) {
        ProductTerms terms = loan.terms().terms();
        return loan.waterfall().order().getLast() == Component.PRINCIPAL
                && loan.debt().charges().isNone()
                && loan.servicing().dues().isEmpty()
                && loan.servicing().defaults().equals(Defaults.NONE)
                && !amortises(terms);
    }

    /** Whether money that is repaid lowers the exposure from the first unit of principal on: what is outstanding falls with any of it. */
    static boolean fallsSteadily(Loan loan) {
        return loan.terms().terms().exposureBasis() == ExposureBasis.OUTSTANDING || relievesEvenly(loan);
    }

    /** The day through which a total obligation counts interest. */
    private static LocalDate lastDay(Agreement agreement, Debt debt, LocalDate day) {
        LocalDate maturity = Objects.requireNonNull(agreement.maturity(Objects.requireNonNull(debt.startedOn())));
        return day.isAfter(maturity) ? day : maturity;
    }
}
