package io.loanledger.streams.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The record that was being processed when the ledger decided.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 * @param eventId its idempotency key; null for what has none (prices, claim results, replies)
 * @param contentDigest {@link InputMapping#contentDigest} of its value; 0 without an idempotency key
 * @param occurredAt its value time; null without an idempotency key
 */
public record Cause(
        String topic,
        int partition,
        long offset,
        @Nullable String eventId,
        long contentDigest,
        @Nullable Instant occurredAt) {

    /** A record without an idempotency key. */
    public static Cause withoutEventId(String topic, int partition, long offset) {
        return new Cause(topic, partition, offset, null, 0, null);
    }
}
