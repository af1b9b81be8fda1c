package io.loanledger.core.terms;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a debt falls due, and what being late costs.
 *
 * @param kind how principal is spread over the instalments
 * @param everyDays days from one due date to the next; 0 where months count, or the kind has no period
 * @param everyMonths calendar months likewise, each date counted from the payout
 * @param custom the instalments of {@link Kind#CUSTOM} before the maturity, in the order of their days; empty for any other kind
 * @param graceDays whole days after the due date on which a payment is not late
 * @param factLag how long the ledger waits after them for a payment that was in time
 * @param lateFee fixed part of the late fee of an instalment, in the currency that is lent
 * @param lateFeeRate its share of what is overdue of the instalment
 */
public record ScheduleTerms(
        Kind kind,
        int everyDays,
        int everyMonths,
        List<Planned> custom,
        int graceDays,
        Duration factLag,
        Money lateFee,
        Fraction lateFeeRate) {
    /** So that a plan can be reckoned wherever it is asked for. */
    public static final int MOST_INSTALMENTS = 1_200;

    /** A year: beyond it a late fee is no late fee. */
    public static final int LONGEST_GRACE_DAYS = 366;

    private static final int SHORTEST_MONTH_DAYS = 28;

    /** How principal is spread over the instalments. */
    public enum Kind {
        /** All at the maturity, interest too. */
        BULLET,
        /** Interest at every due date, principal at the maturity. */
        INTEREST_ONLY,
        /** Instalments of one amount, interest and principal together. */
        ANNUITY,
        /** The same principal at every due date, and the interest. */
        EQUAL_PRINCIPAL,
        /** As the agreement lists it. */
        CUSTOM;

        /** Whether principal falls due before the maturity. */
        public boolean amortises() {
            return switch (this) {
                case BULLET, INTEREST_ONLY -> false;
                case ANNUITY, EQUAL_PRINCIPAL, CUSTOM -> true;
            };
        }
    }

    /**
     * One instalment of a custom plan.
     *
     * @param onDay days after the payout's value date
     * @param principalShare of the principal lent
     */
    public record Planned(int onDay, Fraction principalShare) {}

    public ScheduleTerms {
        custom = List.copyOf(custom);
        switch (kind) {
            case BULLET -> require(everyDays == 0 && everyMonths == 0 && custom.isEmpty(), "a bullet has no period");
            case INTEREST_ONLY, ANNUITY, EQUAL_PRINCIPAL ->
                require(
                        (everyDays == 0 || everyMonths == 0)
                                && everyDays + everyMonths > 0
                                && everyDays <= ProductTerms.LONGEST_TERM_DAYS
                                && everyMonths <= MOST_INSTALMENTS
                                && custom.isEmpty(),
                        "instalments come every so many days, or every so many months");
            case CUSTOM -> require(everyDays == 0 && everyMonths == 0 && rises(custom), "a custom plan lists its days");
        }
        require(graceDays >= 0 && graceDays <= LONGEST_GRACE_DAYS, "a grace has 0 to " + LONGEST_GRACE_DAYS + " days");
        require(!factLag.isNegative() && !lateFee.isNegative(), "neither a fact lag nor a late fee is negative");
    }

    /** Whether being late costs anything. */
    public boolean chargesLateness() {
        return lateFee.isPositive() || !lateFeeRate.isZero();
    }

    /** The late fee on what is overdue: half-even(rate x overdue) + the fixed part. */
    public Money lateFeeOn(Money overdue) {
        return lateFeeRate.timesRoundedHalfEven(overdue).plus(lateFee);
    }

    /** Whether a term of so many days has room for it. */
    public boolean fits(int termDays) {
        return misfit(termDays) == null;
    }

    void requireTerm(int termDays) {
        String misfit = misfit(termDays);
        require(misfit == null, "" + misfit);
    }

    private @Nullable String misfit(int termDays) {
        if (termDays <= 0) {
            return "a schedule needs a maturity";
        }
        if (!custom.isEmpty() && custom.getLast().onDay() >= termDays) {
            return "a custom plan ends before the maturity";
        }
        int shortest = everyDays > 0 ? everyDays : everyMonths > 0 ? SHORTEST_MONTH_DAYS * everyMonths : termDays;
        return (termDays - 1) / shortest < MOST_INSTALMENTS && custom.size() < MOST_INSTALMENTS
                ? null
                : "at most " + MOST_INSTALMENTS + " instalments";
    }

    private static boolean rises(List<Planned> planned) {
        int day = 0;
        BigInteger over = BigInteger.ZERO;
        BigInteger under = BigInteger.ONE;
        for (Planned next : planned) {
            if (next.onDay() <= day) {
                return false;
            }
            day = next.onDay();
            over = over.multiply(next.principalShare().denominator())
                    .add(next.principalShare().numerator().multiply(under));
            under = under.multiply(next.principalShare().denominator());
        }
        return !planned.isEmpty() && over.compareTo(under) <= 0;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
