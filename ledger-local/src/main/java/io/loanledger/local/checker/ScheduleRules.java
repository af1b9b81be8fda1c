package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Instalments fall due, and are late, each at its moment. */
final class ScheduleRules {
    /** A loan whose next due date is no further than this behind what is accrued posts by its instalments alone. */
    private static final int POSTING_DAYS = 31;

    private final Answer answer;
    private final Loan loan;
    private final MoneyRules money;
    private final PaymentRules payments;
    private final DefaultRules defaults;

    ScheduleRules(Answer answer, MoneyRules money, PaymentRules payments, DefaultRules defaults) {
        this.defaults = defaults;
        this.answer = answer;
        this.loan = answer.loan();
        this.money = money;
        this.payments = payments;
    }

    /**
     * What is to happen strictly after a moment.
     *
     * @param bucket the instalment that was late, or not paid until now; null when one falls due
     */
    record Moment(long at, Kind kind, @Nullable Bucket bucket) {}

    /** At one instant in this order. */
    enum Kind {
        DUE,
        LATE,
        DEFAULT
    }

    /** The next; null for none. */
    static @Nullable Moment next(Loan loan) {
        Schedule schedule = loan.bound() ? loan.terms().agreement().schedule() : null;
        if (schedule == null || loan.status != Loan.Status.ACTIVE || loan.maturity() == null) {
            return null;
        }
        Moment next = null;
        Plan plan = Instalments.plan(loan);
        int billed = billed(loan);
        if (billed < plan.count() && loan.bucket(Bucket.ACCELERATED) == null) {
            next = new Moment(plan.dueOn().get(billed) * Loan.DAY_MICROS, Kind.DUE, null);
        }
        if (schedule.chargesLateFees()) {
            for (Bucket bucket : loan.buckets) {
                long at = (bucket.dueOn + schedule.graceDays() + 1L) * Loan.DAY_MICROS + schedule.factLagMicros();
                if (!bucket.lateFeeCharged && bucket.isOverdue() && (next == null || at < next.at())) {
                    next = new Moment(at, Kind.LATE, bucket);
                }
            }
        }
        Moment inDefault = nextDefault(loan, schedule);
        return inDefault != null && (next == null || inDefault.at() < next.at()) ? inDefault : next;
    }

    private static @Nullable Moment nextDefault(Loan loan, Schedule schedule) {
        Defaulting terms = loan.terms().agreement().onDefault();
        if (terms == null || loan.defaults.now != null) {
            return null;
        }
        return loan.buckets.stream()
                .filter(bucket -> Instalments.isUnpaid(loan, bucket) && !loan.defaults.excuses(bucket))
                .findFirst()
                .map(bucket -> new Moment(
                        (bucket.dueOn + terms.afterDays() + 1L) * Loan.DAY_MICROS + schedule.factLagMicros(),
                        Kind.DEFAULT,
                        bucket))
                .orElse(null);
    }

    /** How many of the plan fell due. */
    static int billed(Loan loan) {
        return loan.buckets.size() - (loan.bucket(Bucket.ACCELERATED) == null ? 0 : 1) - loan.bucketsOfBefore;
    }

    void pass(long time) {
        for (Moment next = next(loan); next != null && next.at() < time; next = next(loan)) {
            Bucket bucket = next.bucket();
            if (bucket == null) {
                fallDue();
            } else if (next.kind() == Kind.LATE) {
                charge(bucket);
            } else {
                defaults.begin(bucket, next.at());
            }
        }
    }

    private void fallDue() {
        Plan plan = Instalments.plan(loan);
        int k = billed(loan);
        int number = loan.buckets.size() + 1;
        int day = plan.dueOn().get(k);
        money.postThrough(day);
        BigDecimal interest = Instalments.loose(loan, Component.INTEREST).max(ZERO);
        BigDecimal loose = Instalments.loose(loan, Component.PRINCIPAL);
        BigDecimal principal = k + 1 == plan.count()
                ? loose
                : plan.principal().get(k).min(loose).max(ZERO);
        loan.buckets.add(new Bucket(number, day, interest, principal));
        answer.say(
                "InstalmentDue",
                "number",
                number,
                "dueOn",
                day,
                "interest",
                loan.money(interest),
                "principal",
                loan.money(principal));
    }

    private void charge(Bucket late) {
        Schedule schedule = loan.terms().agreement().schedule();
        if (schedule == null) {
            return;
        }
        late.lateFeeCharged = true;
        BigDecimal overdue = late.interest.max(ZERO).add(late.principal.max(ZERO));
        BigDecimal fee = schedule.lateFeeRate()
                .timesRoundedHalfEven(overdue, loan.terms().debtScale())
                .add(schedule.lateFee());
        payments.charge(Component.FEES, "LATE", fee, late.number, "");
    }

    /** Whether the loan posts on a day of its own. */
    boolean hasItsOwnPostingDay() {
        if (loan.terms().agreement().schedule() == null) {
            return true;
        }
        Plan plan = Instalments.plan(loan);
        int billed = billed(loan);
        return billed >= plan.count()
                || loan.bucket(Bucket.ACCELERATED) != null
                || plan.dueOn().get(billed) > loan.accruedTo + POSTING_DAYS;
    }
}
