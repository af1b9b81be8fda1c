package io.loanledger.core.loan;

import io.loanledger.core.price.IndexPrice;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What the passing of task time means for a loan. A deadline acts when a price record of a LATER time arrives, and before that
 * price is applied: so at exactly the deadline the cure wins.
 */
final class Deadlines {
    /** Each loan's interest is brought to the books once in this many days, on its own day and second. */
    private static final int POSTING_DAYS = 30;

    private static final int SECONDS_IN_DAY = 86_400;

    private Deadlines() {}

    /** Everything of this loan that is due strictly before {@code taskTime}. */
    static void passed(Draft draft, Instant taskTime) {
        MarginCall call = draft.loan().marginCall();
        if (call != null && !call.expired() && call.expiresAt().isBefore(taskTime)) {
            draft.emit(new LoanEvent.MarginCallExpired(call.callId(), call.deadline(), taskTime));
            IndexPrice former = draft.openPrice();
            if (former != null) {
                Valuation.atPrice(draft, former);
            }
        }
        if (draft.loan().status() == LoanStatus.REQUESTED && draft.loan().agreement() == null) {
            Consequences.follow(draft, null); // Terms may have come meanwhile.
        }
        Schedule.passed(draft, taskTime);
        Instant due = interestDueAt(draft.loan());
        while (due != null && due.isBefore(taskTime)) {
            LocalDate through = Draft.dateOf(due);
            Debt debt = draft.loan().debt();
            draft.emit(new LoanEvent.InterestPosted(
                    debt.interestToPost(draft.clock(), through), through, draft.accrualTo(through)));
            due = interestDueAt(draft.loan());
        }
        ReconciliationRules.settlements(draft, taskTime);
    }

    /**
     * The next moment that {@link #passed} has to know of, or null. The end of a wait after declines changes nothing by itself: the
     * loan's keys are drawn anew at that visit, and the price that follows finds them.
     */
    static @Nullable Instant next(Loan loan, Instant taskTime) {
        Instant next = interestDueAt(loan);
        Instant scheduled = Schedule.nextMoment(loan);
        if (scheduled != null) {
            next = earlier(next, scheduled);
        }
        Instant settlement = loan.reconciliation().nextDueAt();
        if (settlement != null) {
            next = earlier(next, settlement);
        }
        MarginCall call = loan.marginCall();
        if (call != null && !call.expired()) {
            next = earlier(next, call.expiresAt());
        }
        BackOff wait = loan.backOff();
        return wait != null && wait.holdsAt(taskTime) && loan.openCase() == null && loan.status() == LoanStatus.ACTIVE
                ? earlier(next, wait.retryAt())
                : next;
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one != null && one.isBefore(other) ? one : other;
    }

    /** The loan's own posting day after the day through which interest has accrued; spread by a hash of its id. */
    private static @Nullable Instant interestDueAt(Loan loan) {
        Position position = loan.position();
        if (position == null || (loan.status() != LoanStatus.ACTIVE && loan.status() != LoanStatus.SHORTFALL)) {
            return null;
        }
        LocalDate accruedTo = position.debt().accruedTo();
        if (accruedTo == null
                || loan.terms().terms().interest().neverAccrues()
                || !position.debt().principal().isPositive()
                || Schedule.postsInterest(loan, accruedTo)) {
            return null;
        }
        int hash = loan.loanId().hashCode();
        long phase = Math.floorMod(hash, POSTING_DAYS);
        long next = accruedTo.toEpochDay() + 1;
        next += Math.floorMod(phase - next, (long) POSTING_DAYS);
        return LocalDate.ofEpochDay(next)
                .atStartOfDay()
                .plusSeconds(Math.floorMod(hash / POSTING_DAYS, SECONDS_IN_DAY))
                .toInstant(ZoneOffset.UTC);
    }
}
