package io.loanledger.core.loan;

import io.loanledger.core.price.IndexPrice;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
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
        passCallClocks(draft, taskTime);
        if (draft.loan().status() == LoanStatus.REQUESTED && draft.loan().agreement() == null) {
            Consequences.follow(draft, null); // Terms may have come meanwhile.
        }
        Schedule.passed(draft, taskTime);
        DrawRules.passMaturity(draft, taskTime);
        Instant due = interestDueAt(draft.loan());
        while (due != null && due.isBefore(taskTime)) {
            LocalDate through = Draft.dateOf(due);
            Debt debt = draft.loan().debt();
            draft.emit(new LoanEvent.InterestPosted(
                    debt.interestToPost(draft.clock(), through),
                    through,
                    draft.accrualTo(through),
                    debt.penaltyToPost(draft.clock(), through)));
            due = interestDueAt(draft.loan());
        }
        ReconciliationRules.settlements(draft, taskTime);
    }

    /** What is due of a call, in the order of its moments; at one moment a cure before the end of a dispute before the expiry. */
    private static void passCallClocks(Draft draft, Instant taskTime) {
        boolean dwells = true; // one that could not be completed is not tried again
        while (true) {
            MarginCall call = draft.loan().marginCall();
            Instant dwellEnd = dwells ? dwellEnd(draft.loan()) : null;
            Instant due = call == null ? null : nextOfCall(call, dwellEnd);
            if (call == null || due == null || !due.isBefore(taskTime)) {
                return;
            }
            MarginCall.Dispute dispute = call.dispute();
            if (due.equals(dwellEnd)) {
                dwells = false;
                completeDwell(draft, call, due);
            } else if (call.stage() == MarginCall.Stage.DISPUTED && dispute != null) {
                Disputes.lapse(draft, call, dispute);
            } else {
                expire(draft, call, taskTime);
            }
        }
    }

    private static void expire(Draft draft, MarginCall call, Instant taskTime) {
        draft.emit(new LoanEvent.MarginCallExpired(call.callId(), call.deadline(), taskTime));
        IndexPrice former = draft.openPrice();
        // An open case is measured by prices and facts, in their turn; the end of a call is neither.
        if (former != null && draft.loan().openCase() == null) {
            Valuation.atPrice(draft, former);
        }
    }

    /** The former price has kept the loan at its level to the end. With a closed market the next open price decides. */
    private static void completeDwell(Draft draft, MarginCall call, Instant end) {
        IndexPrice former = draft.openPrice();
        if (former != null && call.isInTime(end)) {
            LoanToValue ltv = LoanToValue.of(draft.loan(), draft.quote(former), draft.today());
            if (ltv.isAtOrUnder(MarginRules.cureLtv(draft.loan(), call))) {
                MarginRules.cure(draft, former, ltv, call, CureKind.PRICE, end);
            }
        }
    }

    /** When a price that stays at the call's level will have cured it; null while none does. */
    static @Nullable Instant dwellEnd(Loan loan) {
        MarginCall call = loan.marginCall();
        Instant since = call == null ? null : call.healedSince();
        return since == null ? null : since.plus(MarginRules.ladder(loan).cureDwell());
    }

    private static @Nullable Instant nextOfCall(MarginCall call, @Nullable Instant dwellEnd) {
        MarginCall.Dispute dispute = call.dispute();
        return switch (call.stage()) {
            case RUNNING ->
                call.deadline().equals(MarginCall.NO_CLOCK) ? dwellEnd : earlier(dwellEnd, call.expiresAt());
            case DISPUTED -> earlier(dwellEnd, Objects.requireNonNull(dispute).answerBy());
            case WITHDRAWN, EXPIRED -> null;
        };
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
        Instant commitment = DrawRules.endsAt(loan);
        if (commitment != null) {
            next = earlier(next, commitment);
        }
        Instant settlement =
                loan.position() == null ? null : loan.reconciliation().nextDueAt(loan.held());
        if (settlement != null) {
            next = earlier(next, settlement);
        }
        MarginCall call = loan.marginCall();
        Instant dwellEnd = dwellEnd(loan);
        if (dwellEnd != null && taskTime.isAfter(dwellEnd)) {
            dwellEnd = null; // the market was closed: it is the next price that decides
        }
        Instant ofCall = call == null ? null : nextOfCall(call, dwellEnd);
        if (ofCall != null) {
            next = earlier(next, ofCall);
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
                || !Exposure.accrues(loan)
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
