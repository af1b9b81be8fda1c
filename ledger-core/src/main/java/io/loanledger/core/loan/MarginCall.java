package io.loanledger.core.loan;

import java.time.Instant;

/**
 * A margin call that is not cured.
 *
 * @param callId its id, "loan/call/1"
 * @param issuedAt price time of the call
 * @param deadline end of the cure period; a cure at exactly this time still counts
 * @param expiresAt deadline plus the fact lag: after it, the ledger acts
 * @param expired whether it has; the case that follows may still wait for an open market
 */
public record MarginCall(String callId, Instant issuedAt, Instant deadline, Instant expiresAt, boolean expired) {
    MarginCall asExpired() {
        return new MarginCall(callId, issuedAt, deadline, expiresAt, true);
    }
}
