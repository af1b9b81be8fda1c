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

    /** Its clock goes on, later by as long as it stood. */
    Call goesOn(long later) {
        return new Call(id, rung, issuedAt, deadline + later, expiresAt + later, Stage.RUNNING, healedSince, dispute);
    }
}
