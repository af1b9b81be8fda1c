package io.loanledger.local.testing;

import io.loanledger.events.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning as a careful consumer does: what is committed, up to the last stable offset. */
public final class CommittedReader {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private CommittedReader() {}

    /** Everything committed at the time of the call, partition by partition, each in its order. */
    public static List<ConsumerRecord<byte[], byte[]>> everything(String brokers, Topic topic) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", brokers, "isolation.level", "read_committed", "auto.offset.reset", "earliest");
        var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            // With read_committed these are the last stable offsets.
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long giveUpAt = System.nanoTime() + DEADLINE.toNanos();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(POLL).forEach(found::add);
                if (System.nanoTime() > giveUpAt) {
                    throw new AssertionError("after " + DEADLINE + " only " + found.size() + " records of "
                            + topic.name() + " were read");
                }
            }
        }
        found.sort((one, other) -> one.partition() != other.partition()
                ? Integer.compare(one.partition(), other.partition())
                : Long.compare(one.offset(), other.offset()));
        return List.copyOf(found);
    }
}
