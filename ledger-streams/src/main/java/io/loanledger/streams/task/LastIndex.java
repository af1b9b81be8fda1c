package io.loanledger.streams.task;

import io.loanledger.core.price.IndexPrice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The newest index record of a market that a task has processed.
 *
 * @param index the record, in whatever state
 * @param appendedAtMillis the broker's time of it, milliseconds since 1970-01-01T00:00:00Z
 * @param taskTime the task's time once it was processed: the maximum price time over all markets
 * @param value as it came, where it is in the layout that is stored as it came; else null
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that say what the index says; no two are ever compared
record LastIndex(IndexPrice index, long appendedAtMillis, Instant taskTime, byte @Nullable [] value) {
    /** One that is stored field by field. */
    LastIndex(IndexPrice index, long appendedAtMillis, Instant taskTime) {
        this(index, appendedAtMillis, taskTime, null);
    }
}
