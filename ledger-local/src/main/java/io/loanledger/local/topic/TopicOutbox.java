package io.loanledger.local.topic;

import io.loanledger.events.serde.LedgerAvroSerializer;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * How a party of the simulated world writes to a public topic: an ordinary idempotent producer with the public serializer.
 *
 * <p>A record that could not be written is not lost silently: the next call throws. Safe for any thread.
 */
public final class TopicOutbox implements RecordSink, AutoCloseable {

    private static final Duration SOON = Duration.ofMillis(2);

    private final KafkaProducer<String, SpecificRecord> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    public TopicOutbox(KafkaConnectionSettings connection) {
        this(connection, SOON);
    }

    /** {@code linger} is how long records wait for company, unless {@link #flush} is called: what is flushed in time stays together. */
    public TopicOutbox(KafkaConnectionSettings connection, Duration linger) {
        var settings = new HashMap<>(connection.clientProperties());
        settings.putAll(connection.registryProperties());
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        settings.put("linger.ms", linger.toMillis());
        settings.put("batch.size", 131_072);
        settings.put("compression.type", "lz4");
        settings.put("key.serializer", StringSerializer.class);
        settings.put("value.serializer", LedgerAvroSerializer.class);
        this.producer = new KafkaProducer<>(settings);
    }

    /** Sends in the background; records of one key keep their order. */
    @Override
    public void send(Topic topic, String key, SpecificRecord record) {
        throwIfFailed();
        // The callback sees every outcome; the future would show the same.
        var unused = producer.send(new ProducerRecord<>(topic.name(), key, record), (metadata, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        });
    }

    /** Returns when everything sent so far is written. */
    public void flush() {
        producer.flush();
        throwIfFailed();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void throwIfFailed() {
        Exception problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("a simulated party could not write", problem);
        }
    }
}
