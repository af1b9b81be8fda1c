package io.loanledger.benchmarks.measure;

import io.loanledger.events.settings.KafkaConnectionSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reading topics from their beginning to their end with a consumer that does nothing with what it reads: no replay can be faster. */
final class RawConsumption {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final int AT_A_TIME = 5_000;

    private RawConsumption() {}

    /** What was read, and how long it took. */
    record Read(long records, long nanos) {}

    static Read of(KafkaConnectionSettings connection, List<String> topics) {
        Map<String, Object> settings = new HashMap<>(connection.clientProperties());
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("max.poll.records", AT_A_TIME);
        long began = System.nanoTime();
        long records = 0;
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> left = new HashMap<>(consumer.endOffsets(partitions));
            left.values().removeIf(end -> end == 0);
            while (!left.isEmpty()) {
                records += consumer.poll(POLL).count();
                left.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            }
        }
        return new Read(records, System.nanoTime() - began);
    }
}
