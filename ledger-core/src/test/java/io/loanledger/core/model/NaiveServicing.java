package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;

import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.model.NaiveDebt.Bucket;
import io.loanledger.core.terms.ScheduleTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What time makes of a schedule: instalments fall due, late ones cost a fee. */
final class NaiveServicing {
    private final NaiveLoan loan;
    private final NaiveMoney money;
    private final List<String> lines;

    NaiveServicing(NaiveLoan loan, NaiveMoney money, List<String> lines) {
        this.loan = loan;
        this.money = money;
        this.lines = lines;
    }

    /** Everything that is due strictly before the time, in the order of its moments. */
    void pass(Instant time, Runnable ending) {
        while (loan.status == LoanStatus.ACTIVE && loan.schedule() != null) {
            NaivePlan plan = loan.debt.plan();
            int billed = loan.billed - loan.billedBefore;
            boolean billing = billed < plan.instalments() && !loan.inDefault.isAccelerated();
            Instant bill = billing ? midnight(plan.days.get(billed + 1)) : null;
            Bucket late = latest();
            Instant fee = late == null ? null : lateAt(late);
            boolean bills = bill != null && (fee == null || !bill.isAfter(fee));
            Instant next = bills ? bill : fee;
            Instant end = loan.inDefault.moment();
            boolean defaults = end != null && (next == null || end.isBefore(next));
            next = defaults ? end : next;
            if (next == null || !next.isBefore(time)) {
                return;
            }
            if (defaults) {
                loan.inDefault.beginByTime(end);
                ending.run();
            } else if (bills) {
                bill(plan);
            } else {
                charge(late);
            }
        }
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private Instant lateAt(Bucket bucket) {
        ScheduleTerms terms = loan.schedule();
        return midnight(bucket.dueOn.plusDays(terms.graceDays() + 1L)).plus(terms.factLag());
    }

    /** The oldest of those that are to be charged for being late. */
    private @Nullable Bucket latest() {
        ScheduleTerms terms = loan.schedule();
        if (terms.lateFee().isZero() && terms.lateFeeRate().isZero()) {
            return null;
        }
        for (Bucket bucket : loan.debt.buckets) {
            if (bucket.number != NaiveDefault.ALL
                    && !bucket.lateFeeCharged
                    && bucket.overdue().signum() > 0) {
                return bucket;
            }
        }
        return null;
    }

    private void bill(NaivePlan plan) {
        int number = ++loan.billed;
        int ofPlan = number - loan.billedBefore;
        LocalDate day = plan.days.get(ofPlan);
        money.postThrough(day);
        BigDecimal looseInterest = loan.debt.interest.max(ZERO);
        BigDecimal loosePrincipal = loan.debt.principal;
        for (Bucket bucket : loan.debt.buckets) {
            looseInterest = looseInterest.subtract(bucket.interest);
            loosePrincipal = loosePrincipal.subtract(bucket.principal);
        }
        BigDecimal principal = ofPlan == plan.instalments()
                ? loosePrincipal
                : plan.planned(ofPlan).min(loosePrincipal).max(ZERO);
        loan.debt.buckets.add(new Bucket(number, day, looseInterest.max(ZERO), principal));
        lines.add(Tongue.line("InstalmentDue", number, day, looseInterest.max(ZERO), principal));
    }

    private void charge(Bucket bucket) {
        ScheduleTerms terms = loan.schedule();
        BigDecimal fee = bucket.overdue()
                .multiply(new BigDecimal(terms.lateFeeRate().numerator()))
                .divide(
                        new BigDecimal(terms.lateFeeRate().denominator()),
                        loan.bound().debtAsset().scale(),
                        RoundingMode.HALF_EVEN)
                .add(terms.lateFee().amount());
        bucket.lateFeeCharged = true;
        bucket.fees = bucket.fees.add(fee);
        loan.debt.fees = loan.debt.fees.add(fee);
        lines.add(Tongue.line("ChargePosted", "LATE", fee, bucket.number));
    }
}
