package io.loanledger.local.sim;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The time of the simulated world: what its custodian, borrowers, bank, venues and desk see on the wall. Only the conductor moves
 * it, never back. The ledger does not know it; it takes its time from the records. Safe for any thread.
 */
public final class ScenarioClock {

    private final AtomicReference<Instant> now;

    public ScenarioClock(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    public Instant now() {
        return now.get();
    }

    /** Moves the world on. */
    public void moveTo(Instant next) {
        Instant before = now.getAndUpdate(current -> next.isAfter(current) ? next : current);
        if (next.isBefore(before)) {
            throw new IllegalArgumentException("the world's time went from " + before + " back to " + next);
        }
    }
}
