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
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed. No offset is ever committed here: what comes next is found in the topics themselves. */
final class CommittedReading {
    private static final Duration POLL = Duration.ofMillis(100);

    private CommittedReading() {}

    /** A reader that assigns its partitions itself. */
    static KafkaConsumer<byte[], byte[]> alone(KafkaConnectionSettings kafka) {
        return new KafkaConsumer<>(properties(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A reader to which a group gives its partitions. */
    static KafkaConsumer<byte[], byte[]> memberOf(String group, KafkaConnectionSettings kafka) {
        Map<String, Object> properties = properties(kafka);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> properties(KafkaConnectionSettings kafka) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return properties;
    }

    /** Every committed record of a partition from its beginning up to the end of now. */
    static void readAll(
            KafkaConnectionSettings kafka, TopicPartition partition, Consumer<ConsumerRecord<byte[], byte[]>> action) {
        try (KafkaConsumer<byte[], byte[]> consumer = alone(kafka)) {
            readAll(consumer, partition, action);
        }
    }

    private static void readAll(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            Consumer<ConsumerRecord<byte[], byte[]>> action) {
        List<TopicPartition> one = List.of(partition);
        consumer.assign(one);
        consumer.seekToBeginning(one);
        long end = Objects.requireNonNull(consumer.endOffsets(one).get(partition));
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < end) {
                    action.accept(record);
                }
            }
        }
    }
}
