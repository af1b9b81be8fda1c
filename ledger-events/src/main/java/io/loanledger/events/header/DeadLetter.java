package io.loanledger.events.header;

import io.loanledger.events.topic.TopicCatalogue;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Why bytes went to the dead letters, and where they came from. Key, value and the headers they had travel on unchanged; this stands
 * beside them in headers of its own.
 *
 * @param origin where the bytes stood
 * @param reason stable name, for machines and metrics
 * @param detail for people; cut after {@value #LONGEST_DETAIL} characters
 * @param service the service that could not read them
 */
public record DeadLetter(Origin origin, String reason, String detail, String service) {

    public static final String TOPIC = "dlq.topic";
    public static final String PARTITION = "dlq.partition";
    public static final String OFFSET = "dlq.offset";
    public static final String TIMESTAMP = "dlq.timestamp";
    public static final String REASON = "dlq.reason";
    public static final String DETAIL = "dlq.detail";
    public static final String SERVICE = "dlq.service";

    static final int LONGEST_DETAIL = 1_000;

    public DeadLetter {
        if (detail.length() > LONGEST_DETAIL) {
            detail = detail.substring(0, LONGEST_DETAIL);
        }
    }

    /** Writes it into headers, in place of one that is there. */
    public void writeTo(Headers headers) {
        HeaderText.set(headers, TOPIC, origin.topic());
        HeaderText.set(headers, PARTITION, Integer.toString(origin.partition()));
        HeaderText.set(headers, OFFSET, Long.toString(origin.offset()));
        HeaderText.set(headers, TIMESTAMP, Long.toString(origin.appendTime()));
        HeaderText.set(headers, REASON, reason);
        HeaderText.set(headers, DETAIL, detail);
        HeaderText.set(headers, SERVICE, service);
    }

    /** Reads it from headers; empty if they are not those of a dead letter. */
    public static Optional<DeadLetter> readFrom(Headers headers) {
        try {
            return HeaderText.get(headers, TOPIC)
                    .map(topic -> new DeadLetter(
                            new Origin(
                                    topic,
                                    Integer.parseInt(text(headers, PARTITION)),
                                    Long.parseLong(text(headers, OFFSET)),
                                    Long.parseLong(text(headers, TIMESTAMP))),
                            text(headers, REASON),
                            text(headers, DETAIL),
                            text(headers, SERVICE)));
        } catch (NumberFormatException forged) {
            return Optional.empty();
        }
    }

    /** The record for {@link TopicCatalogue#DEAD_LETTERS}, for a service that has a producer of its own. */
    public ProducerRecord<byte[], byte[]> record(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        Headers all = new RecordHeaders(headers.toArray());
        writeTo(all);
        return new ProducerRecord<>(TopicCatalogue.DEAD_LETTERS.name(), null, null, key, value, all);
    }

    private static String text(Headers headers, String name) {
        return HeaderText.get(headers, name).orElse("");
    }
}
