package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanDecider.refused;

import io.loanledger.core.terms.Ladder;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A borrower's objection to a margin call, and what becomes of it. The clock of the call stands from the objection to its end; a lender
 * who does not answer loses nothing, and the borrower gains no more than the time that it took.
 */
final class Disputes {
    private Disputes() {}

    static Decision.@Nullable Refused raised(Draft draft, LoanInput.MarginCallDisputed fact) {
        Decision.Refused gone = noLoan(draft.loan());
        if (gone != null) {
            return gone;
        }
        MarginCall call = draft.loan().marginCall();
        Instant disputedAt = fact.head().occurredAt();
        if (call == null || !call.callId().equals(fact.callId()) || !isDisputable(draft.loan(), call, disputedAt)) {
            return refused(Refusal.CALL_NOT_DISPUTABLE, fact.callId() + " at " + disputedAt);
        }
        Ladder ladder = MarginRules.ladder(draft.loan());
        draft.emit(new LoanEvent.MarginCallDisputed(
                call.callId(), disputedAt, disputedAt.plus(ladder.answerWindow()), fact.reason()));
        return null;
    }

    private static boolean isDisputable(Loan loan, MarginCall call, Instant disputedAt) {
        Duration window = MarginRules.ladder(loan).disputeWindow();
        return call.stage() == MarginCall.Stage.RUNNING
                && call.dispute() == null
                && !window.isZero()
                && !disputedAt.isBefore(call.issuedAt())
                && !disputedAt.isAfter(call.issuedAt().plus(window))
                && call.isInTime(disputedAt);
    }

    static Decision.@Nullable Refused answered(Draft draft, LoanInput.MarginCallDisputeAnswered fact) {
        Decision.Refused gone = noLoan(draft.loan());
        if (gone != null) {
            return gone;
        }
        MarginCall call = draft.loan().marginCall();
        MarginCall.Dispute dispute = call == null || call.stage() != MarginCall.Stage.DISPUTED ? null : call.dispute();
        Instant answeredAt = fact.head().occurredAt();
        if (call == null
                || dispute == null
                || !call.callId().equals(fact.callId())
                || answeredAt.isAfter(dispute.answerBy())) {
            return refused(Refusal.CALL_NOT_DISPUTABLE, fact.callId() + " at " + answeredAt);
        }
        Instant closedAt = answeredAt.isBefore(dispute.disputedAt()) ? dispute.disputedAt() : answeredAt;
        DisputeOutcome outcome = fact.upheld() ? DisputeOutcome.UPHELD : DisputeOutcome.REJECTED;
        close(draft, call, dispute, outcome, closedAt, fact.reason());
        return null;
    }

    private static Decision.@Nullable Refused noLoan(Loan loan) {
        return switch (loan.status()) {
            case UNKNOWN -> refused(Refusal.UNKNOWN_LOAN, loan.loanId());
            case CLOSED -> refused(Refusal.LOAN_CLOSED, loan.loanId());
            case REQUESTED, ISSUED, ACTIVE, SHORTFALL, REPAID, CANCELLED -> null;
        };
    }

    /** Nobody answered until the end of the answer window: the call goes on from there. */
    static void lapse(Draft draft, MarginCall call, MarginCall.Dispute dispute) {
        close(draft, call, dispute, DisputeOutcome.LAPSED, dispute.answerBy(), "");
    }

    private static void close(
            Draft draft,
            MarginCall call,
            MarginCall.Dispute dispute,
            DisputeOutcome outcome,
            Instant closedAt,
            String reason) {
        Duration stood =
                outcome == DisputeOutcome.UPHELD ? Duration.ZERO : Duration.between(dispute.disputedAt(), closedAt);
        draft.emit(new LoanEvent.MarginCallDisputeClosed(
                call.callId(),
                outcome,
                closedAt,
                MarginCall.moved(call.deadline(), stood),
                MarginCall.moved(call.expiresAt(), stood),
                reason));
    }
}
