package io.loanledger.local.sim;

import java.time.Instant;

/**
 * The time of the simulated world: what its custodian, borrowers, bank, venues and desk see on the wall. Only the conductor moves
 * it, never back. The ledger does not know it; it takes its time from the records. Safe for any thread.
 */
public final class ScenarioClock {

    private volatile Instant now;

    public ScenarioClock(Instant start) {
        this.now = start;
    }

    public Instant now() {
        return now;
    }

    /** Moves the world on. */
    public synchronized void moveTo(Instant next) {
        if (next.isBefore(now)) {
            throw new IllegalArgumentException("the world's time went from " + now + " back to " + next);
        }
        now = next;
    }
}
