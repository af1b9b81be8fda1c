package io.loanledger.local.checker;

import org.jspecify.annotations.Nullable;

/**
 * A margin call that is open; times in microseconds since 1970.
 *
 * @param rung of the ladder, from 1 on
 * @param healedSince since when its loan stands healed and the dwell runs; {@link #NEVER} when it does not
 * @param dispute the one dispute of this call, kept after its end
 */
record Call(
        String id,
        int rung,
        long issuedAt,
        long deadline,
        long expiresAt,
        Stage stage,
        long healedSince,
        @Nullable Dispute dispute) {
    static final long NEVER = Long.MIN_VALUE;
    /** The deadline of a call without a clock: the first moment of 9999-12-31. */
    static final long FAR = 253_402_214_400L * 1_000_000;

    /** Where a call stands. */
    enum Stage {
        RUNNING,
        DISPUTED,
        WITHDRAWN,
        EXPIRED
    }

    /** When the borrower disputed, and until when the lender may answer. */
    record Dispute(long at, long answerBy) {}

    boolean is(Stage which) {
        return stage == which;
    }

    boolean expired() {
        return stage == Stage.EXPIRED;
    }

    Call at(Stage next) {
        return new Call(id, rung, issuedAt, deadline, expiresAt, next, healedSince, dispute);
    }

    Call healed(long since) {
        return new Call(id, rung, issuedAt, deadline, expiresAt, stage, since, dispute);
    }

    Call raised(int next, long newDeadline, long newExpiresAt) {
        return new Call(id, next, issuedAt, newDeadline, newExpiresAt, stage, healedSince, dispute);
    }

    Call disputed(long now, long answerBy) {
        return new Call(
                id, rung, issuedAt, deadline, expiresAt, Stage.DISPUTED, healedSince, new Dispute(now, answerBy));
    }

    /** Its clock goes on, later by as long as it stood; a call without a clock keeps none. */
    Call goesOn(long later) {
        boolean none = deadline == FAR;
        return new Call(
                id,
                rung,
                issuedAt,
                none ? FAR : deadline + later,
                none ? FAR : expiresAt + later,
                Stage.RUNNING,
                healedSince,
                dispute);
    }
}
