package io.loanledger.core.loan;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A margin call that is not cured.
 *
 * @param callId its id, "loan/call/1"
 * @param rung of the terms' ladder, from 1; an acceleration raises it
 * @param issuedAt price time of the call
 * @param deadline end of the cure period, a cure at exactly this time still counts; {@link #NO_CLOCK} for a call without one
 * @param expiresAt deadline plus the fact lag: after it, the ledger acts
 * @param stage where it stands
 * @param healedSince since when prices have kept the loan at or under the call's level; null while they do not, and without a dwell
 * @param dispute the borrower's objection, kept after its end as a call is disputed once; null without one
 */
public record MarginCall(
        String callId,
        int rung,
        Instant issuedAt,
        Instant deadline,
        Instant expiresAt,
        Stage stage,
        @Nullable Instant healedSince,
        @Nullable Dispute dispute) {
    /** The deadline of a call without a clock. */
    public static final Instant NO_CLOCK = Instant.parse("9999-12-31T00:00:00Z");

    /** Where a call stands. */
    public enum Stage {
        RUNNING,
        /** Its clock stands until the lender answers. */
        DISPUTED,
        /** The lender agreed with the borrower; kept so that the same breach is not called again before the loan has healed. */
        WITHDRAWN,
        /** The case that follows may still wait for an open market. */
        EXPIRED
    }

    /**
     * The borrower's objection to the call.
     *
     * @param disputedAt value time of the objection: from here on the clock stands
     * @param answerBy until when the lender answers, this moment included
     */
    public record Dispute(Instant disputedAt, Instant answerBy) {}

    /** A new call, running. */
    MarginCall(String callId, int rung, Instant issuedAt, Instant deadline, Instant expiresAt) {
        this(callId, rung, issuedAt, deadline, expiresAt, Stage.RUNNING, null, null);
    }

    public boolean expired() {
        return stage == Stage.EXPIRED;
    }

    /** Whether the borrower is still to heal it, or was late. A withdrawn call asks for nothing. */
    public boolean isOpen() {
        return stage != Stage.WITHDRAWN;
    }

    /** Whether something of this value time is inside the deadline; while the clock stands everything is. */
    boolean isInTime(Instant valueTime) {
        return stage == Stage.DISPUTED || !valueTime.isAfter(deadline);
    }

    /** A time of the clock, moved by how long it stood. */
    static Instant moved(Instant time, Duration by) {
        return time.equals(NO_CLOCK) ? NO_CLOCK : time.plus(by);
    }

    MarginCall asExpired() {
        return new MarginCall(callId, rung, issuedAt, deadline, expiresAt, Stage.EXPIRED, null, dispute);
    }

    MarginCall accelerated(LoanEvent.MarginCallAccelerated e) {
        return new MarginCall(callId, e.rung(), issuedAt, e.deadline(), e.expiresAt(), stage, healedSince, dispute);
    }

    MarginCall healedSince(@Nullable Instant since) {
        return new MarginCall(callId, rung, issuedAt, deadline, expiresAt, stage, since, dispute);
    }

    MarginCall disputed(LoanEvent.MarginCallDisputed e) {
        return new MarginCall(
                callId,
                rung,
                issuedAt,
                deadline,
                expiresAt,
                Stage.DISPUTED,
                healedSince,
                new Dispute(e.disputedAt(), e.answerBy()));
    }

    MarginCall answered(LoanEvent.MarginCallDisputeClosed e) {
        boolean upheld = e.outcome() == DisputeOutcome.UPHELD;
        return new MarginCall(
                callId,
                rung,
                issuedAt,
                e.deadline(),
                e.expiresAt(),
                upheld ? Stage.WITHDRAWN : Stage.RUNNING,
                upheld ? null : healedSince,
                dispute);
    }
}
