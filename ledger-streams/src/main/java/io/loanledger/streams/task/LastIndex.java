package io.loanledger.streams.task;

import io.loanledger.core.price.IndexPrice;
import java.time.Instant;

/**
 * The newest index record of a market that a task has processed.
 *
 * @param index the record, in whatever state
 * @param appendedAtMillis the broker's time of it, milliseconds since 1970-01-01T00:00:00Z
 * @param taskTime the task's time once it was processed: the maximum price time over all markets
 */
record LastIndex(IndexPrice index, long appendedAtMillis, Instant taskTime) {}
