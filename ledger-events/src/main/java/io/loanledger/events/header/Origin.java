package io.loanledger.events.header;

import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * Where a record handed on as it came stood at first.
 *
 * @param topic topic of origin
 * @param partition partition of origin
 * @param offset offset of origin
 * @param appendTime the broker's timestamp there, in milliseconds since 1970-01-01T00:00:00Z
 */
public record Origin(String topic, int partition, long offset, long appendTime) {

    public static final String TOPIC = "origin.topic";
    public static final String PARTITION = "origin.partition";
    public static final String OFFSET = "origin.offset";
    public static final String TIMESTAMP = "origin.timestamp";

    /** Writes it into headers, in place of one that is there. */
    public void writeTo(Headers headers) {
        HeaderText.set(headers, TOPIC, topic);
        HeaderText.set(headers, PARTITION, Integer.toString(partition));
        HeaderText.set(headers, OFFSET, Long.toString(offset));
        HeaderText.set(headers, TIMESTAMP, Long.toString(appendTime));
    }

    /** Reads it from headers; empty if one of the four is missing or not a number where one belongs. */
    public static Optional<Origin> readFrom(Headers headers) {
        Optional<String> topic = HeaderText.get(headers, TOPIC);
        Optional<String> partition = HeaderText.get(headers, PARTITION);
        Optional<String> offset = HeaderText.get(headers, OFFSET);
        Optional<String> appendTime = HeaderText.get(headers, TIMESTAMP);
        if (topic.isEmpty() || partition.isEmpty() || offset.isEmpty() || appendTime.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Origin(
                    topic.get(),
                    Integer.parseInt(partition.get()),
                    Long.parseLong(offset.get()),
                    Long.parseLong(appendTime.get())));
        } catch (NumberFormatException forged) {
            return Optional.empty();
        }
    }
}
