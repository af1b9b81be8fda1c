package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;

import io.loanledger.core.terms.ScheduleTerms;
import io.loanledger.core.terms.ScheduleTerms.Planned;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The plan of a schedule, written down from its first day to its last whenever somebody asks. */
final class NaivePlan {
    private final NaiveLoan loan;
    private final NaiveRates rates;
    private final ScheduleTerms terms;

    /** D(0), the day from which it counts, to D(n), the maturity. */
    final List<LocalDate> days;

    /** The planned balances B(0) to B(n). */
    final List<BigDecimal> balances = new ArrayList<>();

    /** @param start the value date of the payout, before it the day of the request */
    NaivePlan(NaiveLoan loan, NaiveRates rates, LocalDate start) {
        this.loan = loan;
        this.rates = rates;
        this.terms = loan.schedule();
        this.days = days(terms, start, loan.maturityFrom(start));
        switch (terms.kind()) {
            case BULLET, INTEREST_ONLY -> repay(ZERO);
            case EQUAL_PRINCIPAL ->
                repay(loan.asked.divide(BigDecimal.valueOf(instalments()), scale(), RoundingMode.DOWN));
            case CUSTOM -> repayAsListed();
            case ANNUITY -> repayLevel();
        }
    }

    int instalments() {
        return days.size() - 1;
    }

    /** What of principal instalment k repays. */
    BigDecimal planned(int k) {
        return balances.get(k - 1).subtract(balances.get(k));
    }

    private int scale() {
        return loan.bound().debtAsset().scale();
    }

    /** From the first day to the maturity. */
    static List<LocalDate> days(ScheduleTerms terms, LocalDate start, LocalDate maturity) {
        List<LocalDate> days = new ArrayList<>();
        days.add(start);
        for (int k = 1; terms.everyDays() + terms.everyMonths() > 0; k++) {
            LocalDate next = terms.everyDays() > 0
                    ? start.plusDays((long) k * terms.everyDays())
                    : start.plusMonths((long) k * terms.everyMonths());
            if (!next.isBefore(maturity)) {
                break;
            }
            days.add(next);
        }
        for (Planned planned : terms.custom()) {
            days.add(start.plusDays(planned.onDay()));
        }
        days.add(maturity);
        return days;
    }

    private void repay(BigDecimal each) {
        balances.clear();
        balances.add(loan.asked);
        for (int k = 1; k < instalments(); k++) {
            balances.add(balances.getLast().subtract(each));
        }
        balances.add(ZERO);
    }

    private void repayAsListed() {
        balances.add(loan.asked);
        for (Planned planned : terms.custom()) {
            BigDecimal part = loan.asked
                    .multiply(new BigDecimal(planned.principalShare().numerator()))
                    .divide(new BigDecimal(planned.principalShare().denominator()), scale(), RoundingMode.DOWN);
            balances.add(balances.getLast().subtract(part));
        }
        balances.add(ZERO);
    }

    /** By halving: the least level of which the last instalment does not ask more. */
    private void repayLevel() {
        long enough = loan.asked
                .add(loan.asked
                        .multiply(rates.weight(days.getFirst(), days.getLast()))
                        .divide(rates.unit(), scale(), RoundingMode.UP))
                .movePointRight(scale())
                .longValueExact();
        long less = -1;
        while (enough - less > 1) {
            long middle = less + (enough - less) / 2;
            BigDecimal level = BigDecimal.valueOf(middle, scale());
            if (lastAt(level).compareTo(level) <= 0) {
                enough = middle;
            } else {
                less = middle;
            }
        }
        lastAt(BigDecimal.valueOf(enough, scale()));
    }

    /** Lists the balances at a level; what the last instalment then asks. */
    private BigDecimal lastAt(BigDecimal level) {
        balances.clear();
        balances.add(loan.asked);
        BigDecimal scaled = ZERO;
        BigDecimal posted = ZERO;
        for (int k = 1; ; k++) {
            BigDecimal balance = balances.getLast();
            scaled = scaled.add(balance.multiply(rates.weight(days.get(k - 1), days.get(k))));
            BigDecimal cumulative = scaled.divide(rates.unit(), scale(), RoundingMode.HALF_EVEN);
            BigDecimal interest = cumulative.subtract(posted);
            posted = cumulative;
            if (k == instalments()) {
                balances.add(ZERO);
                return balance.add(interest);
            }
            balances.add(balance.subtract(level.subtract(interest).min(balance).max(ZERO)));
        }
    }

    /** Interest to come from a day on a principal that falls no slower than planned, times the rates' unit. */
    BigDecimal scaledToCome(BigDecimal principal, LocalDate day) {
        BigDecimal sum = ZERO;
        LocalDate from = day;
        BigDecimal balance = principal;
        for (int k = 1; k <= instalments(); k++) {
            LocalDate next = days.get(k);
            if (next.isAfter(day)) {
                sum = sum.add(balance.multiply(rates.weight(from, next)));
                from = next;
                balance = principal.min(balances.get(k));
            }
        }
        return sum;
    }
}
