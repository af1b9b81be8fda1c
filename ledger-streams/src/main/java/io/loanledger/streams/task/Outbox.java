package io.loanledger.streams.task;

import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.wire.Outbound;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Everything that leaves a task, each topic through its own sink. What is sent here is committed together with the stores and the
 * offsets, or not at all. One thread.
 */
final class Outbox {
    private final ProcessorContext<Object, byte[]> context;
    private final RecordWriter writer;
    private final Function<Topic, String> sinks;
    private long timestampMillis;

    /**
     * Sends through a processor's sinks.
     *
     * @param sinks the name of the sink of a topic
     */
    Outbox(ProcessorContext<Object, byte[]> context, RecordWriter writer, Function<Topic, String> sinks) {
        this.context = context;
        this.writer = writer;
        this.sinks = sinks;
    }

    /** The time that records carry where the broker does not set its own: that of the record at hand. */
    void at(long appendedAtMillis) {
        timestampMillis = appendedAtMillis;
    }

    void send(Outbound outbound) {
        forward(
                sinks.apply(outbound.topic()),
                bytes(outbound.key()),
                writer.bytes(outbound.topic(), outbound.value()),
                new RecordHeaders());
    }

    void send(Topic topic, String key, SpecificRecord value) {
        send(new Outbound(topic, key, value));
    }

    void journal(String loanId, byte[] value) {
        forward(sinks.apply(TopicCatalogue.JOURNAL), bytes(loanId), value, new RecordHeaders());
    }

    /** To the task's own partition, wherever the market's name would have led. */
    void continueIn(int partition, SpecificRecord continuation, String market) {
        forward(
                sinks.apply(TopicCatalogue.CONTINUATIONS),
                new ContinuationKey(market, partition),
                writer.bytes(TopicCatalogue.CONTINUATIONS, continuation),
                new RecordHeaders());
    }

    /** Bytes as they came, to where they belong or where they are set aside. */
    void pass(Topic topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        forward(sinks.apply(topic), key, value, headers);
    }

    @SuppressWarnings("NullAway") // Kafka takes null keys and values; its signatures do not say so
    private void forward(String sink, @Nullable Object key, byte @Nullable [] value, Headers headers) {
        context.forward(new Record<>(key, value, timestampMillis, headers), sink);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
