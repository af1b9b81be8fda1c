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

    ScheduleRules(Answer answer, MoneyRules money, PaymentRules payments) {
        this.answer = answer;
        this.loan = answer.loan();
        this.money = money;
        this.payments = payments;
    }

    /**
     * What is to happen strictly after a moment.
     *
     * @param late the instalment that was late; null when one falls due
     */
    record Moment(long at, @Nullable Bucket late) {}

    /** The next; null for none. */
    static @Nullable Moment next(Loan loan) {
        Schedule schedule = loan.bound() ? loan.terms().agreement().schedule() : null;
        if (schedule == null || loan.status != Loan.Status.ACTIVE) {
            return null;
        }
        Moment next = null;
        Plan plan = Instalments.plan(loan);
        int billed = loan.buckets.size();
        if (billed < plan.count()) {
            next = new Moment(plan.dueOn().get(billed) * Loan.DAY_MICROS, null);
        }
        if (schedule.chargesLateFees()) {
            for (Bucket bucket : loan.buckets) {
                long at = (bucket.dueOn + schedule.graceDays() + 1L) * Loan.DAY_MICROS + schedule.factLagMicros();
                if (!bucket.lateFeeCharged && bucket.isOverdue() && (next == null || at < next.at())) {
                    next = new Moment(at, bucket);
                }
            }
        }
        return next;
    }

    void pass(long time) {
        for (Moment next = next(loan); next != null && next.at() < time; next = next(loan)) {
            Bucket late = next.late();
            if (late == null) {
                fallDue();
            } else {
                charge(late);
            }
        }
    }

    private void fallDue() {
        Plan plan = Instalments.plan(loan);
        int k = loan.buckets.size();
        int day = plan.dueOn().get(k);
        money.postThrough(day);
        BigDecimal interest = Instalments.loose(loan, Component.INTEREST).max(ZERO);
        BigDecimal loose = Instalments.loose(loan, Component.PRINCIPAL);
        BigDecimal principal = k + 1 == plan.count()
                ? loose
                : plan.principal().get(k).min(loose).max(ZERO);
        loan.buckets.add(new Bucket(k + 1, day, interest, principal));
        answer.say(
                "InstalmentDue",
                "number",
                k + 1,
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
        int billed = loan.buckets.size();
        return billed >= plan.count() || plan.dueOn().get(billed) > loan.accruedTo + POSTING_DAYS;
    }
}
