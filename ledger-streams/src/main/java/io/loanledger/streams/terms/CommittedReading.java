package io.loanledger.streams.terms;

import io.loanledger.events.settings.KafkaConnectionSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed. No offset is ever committed here: what comes next is found in the topics themselves. */
final class CommittedReading {
    private static final Duration POLL = Duration.ofMillis(100);

    /** The transaction of a writer that died is in the way for 10 s; terms are a few thousand records at most. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private CommittedReading() {}

    /**
     * A reader to which a group gives its partitions. It begins nowhere by itself: where a partition begins is for its owner to
     * say, and an offset that the topic does not have is an error.
     */
    static KafkaConsumer<byte[], byte[]> memberOf(String group, KafkaConnectionSettings kafka) {
        Map<String, Object> properties = properties(kafka, "read_committed");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static KafkaConsumer<byte[], byte[]> alone(KafkaConnectionSettings kafka, String isolation) {
        return new KafkaConsumer<>(
                properties(kafka, isolation), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> properties(KafkaConnectionSettings kafka, String isolation) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return properties;
    }

    /** The offset behind the last record of a partition, committed or not. */
    static long endOf(KafkaConnectionSettings kafka, TopicPartition partition) {
        try (KafkaConsumer<byte[], byte[]> all = alone(kafka, "read_uncommitted")) {
            return Objects.requireNonNull(all.endOffsets(List.of(partition)).get(partition));
        }
    }

    /**
     * Every committed record of a partition up to the end of now. What a dead writer left open in front of that end is waited for.
     *
     * @param from the first offset; an earlier one than the partition's first means that
     * @throws TimeoutException if that end is not reached in a minute
     */
    static void readAll(
            KafkaConnectionSettings kafka,
            TopicPartition partition,
            long from,
            Consumer<ConsumerRecord<byte[], byte[]>> action) {
        long end = endOf(kafka, partition);
        try (KafkaConsumer<byte[], byte[]> consumer = alone(kafka, "read_committed")) {
            List<TopicPartition> one = List.of(partition);
            consumer.assign(one);
            long first = Objects.requireNonNull(consumer.beginningOffsets(one).get(partition));
            if (Math.max(from, first) >= end) {
                return;
            }
            consumer.seek(partition, Math.max(from, first));
            long start = System.nanoTime();
            while (consumer.position(partition) < end) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new TimeoutException("could not read %s to its end %d in %s; an open transaction may hide it"
                            .formatted(partition, end, PATIENCE));
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < end) {
                        action.accept(record);
                    }
                }
            }
        }
    }
}
