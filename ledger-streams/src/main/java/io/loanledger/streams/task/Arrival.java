package io.loanledger.streams.task;

import io.loanledger.events.header.Origin;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A record as it came to a task, with the place where it was first written: for a strayed record that is where its producer wrote
 * it, not the topic that brought it home.
 *
 * @param topic of its producer
 * @param partition of its producer
 * @param offset of its producer
 * @param appendedAtMillis the broker's time when it was first taken, milliseconds since 1970-01-01T00:00:00Z
 * @param key as it came
 * @param value as it came
 * @param headers as they came
 * @param strayed whether it was sent home from another partition
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way through; no two arrivals are ever compared
record Arrival(
        String topic,
        int partition,
        long offset,
        long appendedAtMillis,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Headers headers,
        boolean strayed) {

    static Arrival of(Record<byte[], byte[]> record, RecordMetadata at) {
        return new Arrival(
                at.topic(),
                at.partition(),
                at.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers(),
                false);
    }

    /**
     * This record, which a task sent home, as it was where its producer wrote it; null if its headers do not say. Only the ledger
     * writes such records, so missing headers mean that somebody else wrote there.
     */
    @Nullable
    Arrival fromOrigin() {
        return Origin.readFrom(headers)
                .map(origin -> new Arrival(
                        origin.topic(),
                        origin.partition(),
                        origin.offset(),
                        origin.appendTime(),
                        key,
                        value,
                        headers,
                        true))
                .orElse(null);
    }

    Origin origin() {
        return new Origin(topic, partition, offset, appendedAtMillis);
    }

    /** The key of a record that is not a loan's; empty if there is none. */
    String keyText() {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    /** "topic-partition@offset", for logs. */
    String place() {
        return topic + "-" + partition + "@" + offset;
    }
}
