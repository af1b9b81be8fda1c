package io.loanledger.benchmarks.world;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Watches topics from their present end on, as a consumer with {@code read_committed} sees them, and says of each record when it could first be
 * seen, on the clock of {@link System#nanoTime}. What its sink throws is thrown again by {@link #close}.
 */
public final class Sightings implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration END_PATIENCE = Duration.ofSeconds(10);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Sink sink;
    private final Thread watching;
    private volatile boolean closing;
    private volatile @Nullable RuntimeException failure;

    /** Is told of each record, in one thread. */
    @FunctionalInterface
    public interface Sink {
        void seen(ConsumerRecord<byte[], byte[]> record, long nanos);
    }

    /** Watches from the moment at which this returns. */
    public Sightings(BenchCluster cluster, List<String> topics, Sink sink) {
        Map<String, Object> settings = new HashMap<>(cluster.connection().clientProperties());
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.sink = sink;
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // a seek is done when it is asked for, not before
        this.watching = new Thread(this::watch, "sightings");
        watching.setDaemon(true);
        watching.start();
    }

    private void watch() {
        try (consumer) {
            while (!closing) {
                var polled = consumer.poll(POLL);
                long now = System.nanoTime();
                for (ConsumerRecord<byte[], byte[]> record : polled) {
                    sink.seen(record, now);
                }
            }
        } catch (WakeupException end) {
            if (!closing) {
                failure = end;
            }
        } catch (RuntimeException broken) {
            failure = broken;
        }
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            watching.join(END_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RuntimeException broken = failure;
        if (broken != null) {
            throw new IllegalStateException("watching the topics failed", broken);
        }
    }
}
