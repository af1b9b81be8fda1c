package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A loan's default, those that are over, and the interest that days of default bear on top. One thread. */
final class Defaults {
    static final String BY_PAYMENT = "PAYMENT_DEFAULT";
    static final String AT_MATURITY = "MATURITY";
    static final String CROSS = "CROSS_DEFAULT";
    static final String MANUAL = "MANUAL";
    private static final Set<String> REASONS = Set.of(BY_PAYMENT, AT_MATURITY, CROSS, MANUAL);

    /** Since a day, for a reason. */
    record InDefault(String reason, int since) {}

    /** From a day to the first without. */
    record Span(int from, int to, boolean waived) {}

    @Nullable
    InDefault now;

    List<Span> over = new ArrayList<>(0);

    /** Principal x parts of a year over days of default. */
    BigDecimal days = ZERO;

    BigDecimal posted = ZERO;

    /** Whether a case is of a default. */
    static boolean isReason(String reason) {
        return REASONS.contains(reason);
    }

    static @Nullable Defaulting terms(Loan loan) {
        return loan.bound() ? loan.terms().agreement().onDefault() : null;
    }

    /** Whether its coin is to be sold until nothing is owed. */
    static boolean sells(Loan loan) {
        Defaulting terms = terms(loan);
        return terms != null && terms.sells() && loan.defaults.now != null;
    }

    /** An instalment that was due before a default was waived begins none. */
    boolean excuses(Bucket bucket) {
        return over.stream().anyMatch(span -> span.waived() && bucket.dueOn < span.to());
    }

    /** Parts of a year of the days of default between two days; negative backwards. */
    BigDecimal weight(Loan loan, int from, int to) {
        if (from > to) {
            return weight(loan, to, from).negate();
        }
        long parts = 0;
        for (Span span : over) {
            parts += run(loan, Math.max(from, span.from()), Math.min(to, span.to()));
        }
        InDefault open = now;
        return BigDecimal.valueOf(open == null ? parts : parts + run(loan, Math.max(from, open.since()), to));
    }

    private static long run(Loan loan, int from, int to) {
        Agreed agreed = loan.terms().agreed();
        return from >= to ? 0 : agreed.run(loan.startedOn, to) - agreed.run(loan.startedOn, from);
    }

    /** Default interest of a year's parts, exact, times the parts of a year. */
    private static BigDecimal margin(Loan loan) {
        Defaulting terms = terms(loan);
        return terms == null ? ZERO : terms.margin();
    }

    private BigDecimal daysThrough(Loan loan, int day) {
        return loan.accruedTo == Loan.NO_DAY || day <= loan.accruedTo
                ? days
                : days.add(loan.principal.multiply(weight(loan, loan.accruedTo, day)));
    }

    /** Half-even of the exact sum, less what was posted of it. */
    BigDecimal toPost(Loan loan, int day) {
        if (margin(loan).signum() == 0 || loan.startedOn == Loan.NO_DAY) {
            return ZERO;
        }
        return daysThrough(loan, day)
                .multiply(margin(loan))
                .divide(
                        BigDecimal.valueOf(loan.terms().agreed().year()),
                        loan.terms().debtScale(),
                        RoundingMode.HALF_EVEN)
                .subtract(posted);
    }

    /** What accrued through a day and is not posted, times {@link Accrual#unit}. */
    BigDecimal scaledUnposted(Loan loan, int day) {
        if (margin(loan).signum() == 0 || loan.startedOn == Loan.NO_DAY) {
            return ZERO;
        }
        BigDecimal unit = Accrual.unit(loan);
        BigDecimal ofYear = unit.divide(BigDecimal.valueOf(loan.terms().agreed().year()));
        return daysThrough(loan, day).multiply(margin(loan)).multiply(ofYear).subtract(posted.multiply(unit));
    }

    /** Days pass, before what is accrued is counted through a later one. */
    void accrue(Loan loan, int day) {
        days = daysThrough(loan, day);
    }

    /** Principal changes on a day that is accrued already. */
    void correct(Loan loan, BigDecimal change, int valueDay) {
        days = days.add(change.multiply(weight(loan, valueDay, loan.accruedTo)));
    }

    Defaults copy() {
        Defaults copy = new Defaults();
        copy.now = now;
        copy.over = new ArrayList<>(over);
        copy.days = days;
        copy.posted = posted;
        return copy;
    }
}
