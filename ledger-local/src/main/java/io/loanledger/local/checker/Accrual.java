package io.loanledger.local.checker;

import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Interest of a loan, exact, and what moves it. Simple interest is a sum over days of principal x rate, kept times {@link #unit}; interest
 * that compounds is the growth of the flows.
 */
final class Accrual {
    private static final MathContext PLACES = new MathContext(60, RoundingMode.HALF_EVEN);
    private static final int FLOW_PLACES = 30;
    private static final int OWED_PLACES = 20;

    private Accrual() {}

    // --- rates
    // ---------------------------------------------------------------------------------------------------------

    /** What makes a weight a share of a year: the parts of a year, with a plain rate times its denominator. */
    static BigDecimal unit(Loan loan) {
        BigDecimal year = BigDecimal.valueOf(loan.terms().agreed().year());
        return loan.terms().interest().isAnnual()
                ? year.multiply(loan.terms().annualRate().under())
                : year;
    }

    /** Whether a rate that must have been fixed before money is lent has been. */
    static boolean isFixed(Loan loan) {
        Interest interest = loan.terms().interest();
        return !interest.isOfASeries() || loan.fixings.knows(interest.rateId());
    }

    private static BigDecimal parts(Loan loan, int start, int from, int to) {
        Agreed agreed = loan.terms().agreed();
        return BigDecimal.valueOf(agreed.run(start, to) - agreed.run(start, from));
    }

    /** Days with one rate. */
    private record Stretch(int from, int to, BigDecimal rate) {}

    private static List<Stretch> stretches(Loan loan, int start, int from, int to) {
        List<Stretch> stretches = new ArrayList<>();
        int day = from;
        while (day < to) {
            int end = Math.min(to, nextChange(loan, start, day));
            stretches.add(new Stretch(day, end, rate(loan, start, day)));
            day = end;
        }
        return stretches;
    }

    private static BigDecimal rate(Loan loan, int start, int day) {
        Interest interest = loan.terms().interest();
        if (interest.isAnnual()) {
            Ratio annual = loan.terms().annualRate();
            return annual.over().divide(annual.under(), PLACES);
        }
        if (!interest.isOfASeries()) {
            BigDecimal rate = ZERO;
            for (Interest.Step step : interest.steps()) {
                rate = start + step.fromDay() <= day ? step.rate() : rate;
            }
            return rate;
        }
        BigDecimal value = loan.fixings.value(interest.rateId(), day);
        Interest.Kink kink = interest.kink();
        if (kink != null) {
            return kink.at(value);
        }
        BigDecimal rate = value.add(interest.spread()).max(interest.floor());
        BigDecimal cap = interest.cap();
        return cap == null ? rate : rate.min(cap);
    }

    private static int nextChange(Loan loan, int start, int day) {
        Interest interest = loan.terms().interest();
        if (interest.isOfASeries()) {
            return loan.fixings.nextChange(interest.rateId(), day);
        }
        int next = Integer.MAX_VALUE;
        for (Interest.Step step : interest.steps()) {
            if (start + step.fromDay() > day) {
                next = Math.min(next, start + step.fromDay());
            }
        }
        return next;
    }

    /** What a unit of principal bears between two days of a loan that started on a day, times {@link #unit}; negative backwards. */
    static BigDecimal weight(Loan loan, int start, int from, int to) {
        if (from > to) {
            return weight(loan, start, to, from).negate();
        }
        if (loan.terms().interest().isAnnual()) {
            return parts(loan, start, from, to)
                    .multiply(loan.terms().annualRate().over());
        }
        BigDecimal sum = ZERO;
        for (Stretch stretch : stretches(loan, start, from, to)) {
            sum = sum.add(parts(loan, start, stretch.from(), stretch.to()).multiply(stretch.rate()));
        }
        return sum;
    }

    static BigDecimal weight(Loan loan, int from, int to) {
        return weight(loan, loan.startedOn, from, to);
    }

    /** What a unit grows to from the payout through a day. */
    static BigDecimal growth(Loan loan, int to) {
        Interest interest = loan.terms().interest();
        BigDecimal year = BigDecimal.valueOf(loan.terms().agreed().year());
        BigDecimal perYear = year.multiply(BigDecimal.valueOf(interest.periods()));
        BigDecimal growth = ONE;
        for (Stretch stretch : stretches(loan, loan.startedOn, loan.startedOn, to)) {
            BigDecimal period = ONE.add(stretch.rate().divide(perYear, PLACES), PLACES);
            BigDecimal day = period.pow(interest.periods(), PLACES);
            growth = growth.multiply(day.pow(stretch.to() - stretch.from(), PLACES), PLACES);
        }
        return growth;
    }

    // --- what is owed
    // --------------------------------------------------------------------------------------------------

    /** As the journal keeps it: with a plain rate, principal x parts of a year; else already times the rates. */
    private static BigDecimal dayWeight(Loan loan, int from, int to) {
        return loan.terms().interest().isAnnual() ? parts(loan, loan.startedOn, from, to) : weight(loan, from, to);
    }

    private static BigDecimal principalDaysThrough(Loan loan, int day) {
        return loan.accruedTo == Loan.NO_DAY
                        || day <= loan.accruedTo
                        || loan.terms().interest().compounds()
                ? loan.principalDays
                : loan.principalDays.add(loan.principal.multiply(dayWeight(loan, loan.accruedTo, day)));
    }

    private static BigDecimal scaledInterestThrough(Loan loan, int day) {
        BigDecimal days = principalDaysThrough(loan, day);
        return loan.terms().interest().isAnnual()
                ? days.multiply(loan.terms().annualRate().over())
                : days;
    }

    /** Principal and interest, where interest compounds. */
    private static BigDecimal owed(Loan loan, int day) {
        if (loan.accruedTo == Loan.NO_DAY) {
            return ZERO;
        }
        return loan.principalDays
                .multiply(growth(loan, Math.max(day, loan.accruedTo)))
                .setScale(OWED_PLACES, RoundingMode.HALF_EVEN);
    }

    /** All that is owed on a day, posted or not, times {@link #unit}. */
    static BigDecimal outstanding(Loan loan, int day) {
        if (loan.terms().interest().compounds()) {
            return loan.charges().add(owed(loan, day)).multiply(unit(loan));
        }
        return loan.defaults.scaledUnposted(loan, day).add(outstandingWithoutDefault(loan, day));
    }

    private static BigDecimal outstandingWithoutDefault(Loan loan, int day) {
        return loan.postedDebt()
                .subtract(loan.interestPosted.subtract(loan.interestBefore))
                .multiply(unit(loan))
                .add(scaledInterestThrough(loan, day));
    }

    /** Half-even of the exact cumulative sum, less what was posted before. */
    static BigDecimal toPost(Loan loan, int day) {
        int places = loan.terms().debtScale();
        if (loan.terms().interest().compounds()) {
            return owed(loan, day)
                    .setScale(places, RoundingMode.HALF_EVEN)
                    .subtract(loan.principal)
                    .subtract(loan.interest);
        }
        return scaledInterestThrough(loan, day)
                .divide(unit(loan), places, RoundingMode.HALF_EVEN)
                .subtract(loan.interestPosted.subtract(loan.interestBefore));
    }

    /** The figure with which an event can be told again without the fixings; null where nobody needs it. */
    static Object told(Loan loan, int accruedBefore, int day) {
        Interest interest = loan.terms().interest();
        if (!interest.isOfASeries() || loan.startedOn == Loan.NO_DAY) {
            return Said.Nothing.NULL;
        }
        return new Said.Approximately(interest.compounds() ? growth(loan, day) : weight(loan, accruedBefore, day));
    }

    // --- what moves it
    // -------------------------------------------------------------------------------------------------

    static void post(Loan loan, BigDecimal amount, BigDecimal penalty, int through) {
        loan.defaults.accrue(loan, through);
        loan.defaults.posted = loan.defaults.posted.add(penalty);
        loan.penalties = loan.penalties.add(penalty);
        loan.principalDays = principalDaysThrough(loan, through);
        if (loan.accruedTo == Loan.NO_DAY || through > loan.accruedTo) {
            loan.accruedTo = through;
        }
        loan.interest = loan.interest.add(amount);
        loan.interestPosted = loan.interestPosted.add(amount);
    }

    static void apply(Loan loan, Spread spread, int valueDay) {
        for (Spread.Part part : spread.parts()) {
            Bucket bucket = loan.bucket(part.bucket());
            if (bucket != null) {
                bucket.take(part);
            }
        }
        loan.costs = loan.costs.subtract(spread.costs());
        loan.penalties = loan.penalties.subtract(spread.penalties());
        loan.fees = loan.fees.subtract(spread.fees());
        loan.interest = loan.interest.subtract(spread.interest());
        changePrincipal(loan, spread.principal().negate(), valueDay);
        flow(loan, spread.interest().add(spread.principal()).negate(), valueDay);
        loan.surplusOwed = loan.surplusOwed.add(spread.surplus());
    }

    static void payOut(Loan loan, BigDecimal amount, int valueDay) {
        changePrincipal(loan, amount, valueDay);
        flow(loan, amount, valueDay);
    }

    private static void changePrincipal(Loan loan, BigDecimal change, int valueDay) {
        if (loan.accruedTo == Loan.NO_DAY) {
            loan.accruedTo = valueDay;
        }
        if (valueDay > loan.accruedTo) {
            loan.defaults.accrue(loan, valueDay);
            loan.principalDays = principalDaysThrough(loan, valueDay);
            loan.accruedTo = valueDay;
        } else if (!loan.terms().interest().compounds()) {
            loan.defaults.correct(loan, change, valueDay);
            loan.principalDays = loan.principalDays.add(change.multiply(dayWeight(loan, valueDay, loan.accruedTo)));
        }
        loan.principal = loan.principal.add(change);
    }

    /** Money that enters (+) or leaves (-) what grows. */
    static void flow(Loan loan, BigDecimal amount, int valueDay) {
        if (loan.terms().interest().compounds() && amount.signum() != 0) {
            loan.principalDays =
                    loan.principalDays.add(amount.divide(growth(loan, valueDay), FLOW_PLACES, RoundingMode.HALF_EVEN));
        }
    }
}
