package io.loanledger.ingest.feed;

import io.loanledger.events.PriceTick;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Ticks in the order of their time, batch by batch. Not thread-safe. */
public interface TickSource {
    /**
     * What was said at one instant.
     *
     * @param at the instant in the source's own time
     */
    record Batch(Instant at, List<PriceTick> ticks) {
        public Batch {
            ticks = List.copyOf(ticks);
        }
    }

    /** The next batch, whose time is not before the last one's; empty at the end. */
    Optional<Batch> next();
}
