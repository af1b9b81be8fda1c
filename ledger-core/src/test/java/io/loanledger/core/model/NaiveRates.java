package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;

import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.InterestTerms;
import java.math.BigDecimal;
import java.time.LocalDate;

/** The rate of each day, and what days weigh: added up day by day, whatever the rate. Rates of the test products are decimals. */
final class NaiveRates {
    private final NaiveLoan loan;

    NaiveRates(NaiveLoan loan) {
        this.loan = loan;
    }

    private InterestTerms terms() {
        return loan.bound().interest();
    }

    private DayCount dayCount() {
        return terms().dayCount();
    }

    /** The parts of a year: exact interest is a multiple of its inverse. */
    BigDecimal unit() {
        return BigDecimal.valueOf(NaiveCalendar.yearOf(dayCount()));
    }

    /** From which day everything is counted: of the payout, before it of the request. */
    private LocalDate start() {
        return loan.debt.startedOn == null ? loan.requestedOn : loan.debt.startedOn;
    }

    /** What a unit of principal bears from one day to another, times {@link #unit}. */
    BigDecimal weight(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            return weight(to, from).negate();
        }
        if (isOneRate()) {
            return rateOn(from).multiply(BigDecimal.valueOf(parts(to) - parts(from)));
        }
        BigDecimal sum = ZERO;
        for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
            sum = sum.add(rateOn(day).multiply(BigDecimal.valueOf(parts(day.plusDays(1)) - parts(day))));
        }
        return sum;
    }

    private long parts(LocalDate day) {
        return NaiveCalendar.parts(dayCount(), start(), day);
    }

    private boolean isOneRate() {
        return true;
    }

    private BigDecimal rateOn(LocalDate day) {
        return NaiveLoan.decimal(terms().annualRate());
    }
}
