package io.loanledger.local.topic;

import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from their beginning to their present end: committed records only, each partition in its order, partitions mixed. It
 * belongs to no group and commits nothing.
 */
public final class CommittedHistory {

    private static final Duration POLL = Duration.ofMillis(50);

    /** Nothing read for so long, and the brokers count as gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private CommittedHistory() {}

    /**
     * Hands every record on, in this thread.
     *
     * @return how many there were
     * @throws IllegalStateException when nothing comes although there is more
     */
    public static long read(
            KafkaConnectionSettings connection, List<Topic> topics, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        var settings = new HashMap<>(connection.clientProperties());
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("max.poll.records", 5_000);
        long count = 0;
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            // Under read_committed these are the last stable offsets.
            Map<TopicPartition, Long> left = new HashMap<>(consumer.endOffsets(partitions));
            long lastRead = System.nanoTime();
            while (true) {
                left.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
                if (left.isEmpty()) {
                    return count;
                }
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    each.accept(record);
                }
                count += records.count();
                if (!records.isEmpty()) {
                    lastRead = System.nanoTime();
                } else if (System.nanoTime() - lastRead > PATIENCE.toNanos()) {
                    throw new IllegalStateException("read nothing for " + PATIENCE + " before the end of " + left);
                }
            }
        }
    }
}
