package io.loanledger.local.checker;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The history of a cluster at the moment of {@link #open}: what the groups had taken is asked first, then where the topics end, so that
 * every effect of what was taken is inside. Reads committed records only; belongs to no group and writes nothing. One thread.
 */
final class ClusterHistory implements History, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final IntFunction<@Nullable Schema> registry;
    private final Map<String, Integer> partitions = new HashMap<>();
    private final Map<String, Map<TopicPartition, Long>> taken = new HashMap<>();
    private Map<TopicPartition, Long> ends = Map.of();

    private ClusterHistory(KafkaConsumer<byte[], byte[]> consumer, IntFunction<@Nullable Schema> registry) {
        this.consumer = consumer;
        this.registry = registry;
    }

    /** Asks for offsets and ends. */
    static ClusterHistory open(
            Map<String, String> properties,
            String bootstrapServers,
            IntFunction<@Nullable Schema> registry,
            List<String> groups) {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put("bootstrap.servers", bootstrapServers);
        Map<String, Map<TopicPartition, Long>> taken = new HashMap<>();
        try (Admin admin = Admin.create(new HashMap<>(settings))) {
            for (String group : groups) {
                taken.put(group, offsets(admin, group));
            }
        }
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("max.poll.records", 5_000);
        // A fetch that is still waiting at the end of one partition keeps the first of the next one waiting.
        settings.put("fetch.max.wait.ms", 10);
        settings.put("fetch.max.bytes", 16 << 20);
        settings.put("max.partition.fetch.bytes", 4 << 20);
        ClusterHistory history = new ClusterHistory(
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()), registry);
        history.taken.putAll(taken);
        history.findEnds();
        return history;
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, String group) {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, Long> offsets = new HashMap<>();
            committed.forEach((partition, offset) -> {
                if (offset != null) {
                    offsets.put(partition, offset.offset());
                }
            });
            return offsets;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot ask for the offsets of " + group, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for offsets", e);
        }
    }

    private void findEnds() {
        Map<String, List<PartitionInfo>> topics = consumer.listTopics();
        List<TopicPartition> all = Topics.ALL.stream()
                .filter(topics::containsKey)
                .flatMap(topic -> topics.getOrDefault(topic, List.of()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        all.forEach(partition -> partitions.merge(partition.topic(), 1, Integer::sum));
        ends = new HashMap<>(consumer.endOffsets(all));
    }

    @Override
    public int partitions(String topic) {
        return partitions.getOrDefault(topic, 0);
    }

    @Override
    public void read(String topic, int partition, Consumer<Message> each) {
        TopicPartition read = new TopicPartition(topic, partition);
        long end = ends.getOrDefault(read, 0L);
        consumer.assign(List.of(read));
        consumer.seekToBeginning(List.of(read));
        long lastRead = System.nanoTime();
        while (consumer.position(read) < end) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() < end) {
                    each.accept(message(record));
                }
            }
            if (!records.isEmpty()) {
                lastRead = System.nanoTime();
            } else if (System.nanoTime() - lastRead > PATIENCE.toNanos()) {
                throw new IllegalStateException("read nothing for " + PATIENCE + " before the end of " + read);
            }
        }
    }

    private static Message message(ConsumerRecord<byte[], byte[]> record) {
        Map<String, byte[]> headers = Map.of();
        for (Header header : record.headers()) {
            if (headers.isEmpty()) {
                headers = new HashMap<>();
            }
            if (header.value() != null) {
                headers.put(header.key(), header.value());
            }
        }
        return new Message(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                headers);
    }

    @Override
    public long notTakenFrom(String group, String topic, int partition) {
        return taken.getOrDefault(group, Map.of()).getOrDefault(new TopicPartition(topic, partition), 0L);
    }

    @Override
    public @Nullable Schema schema(int id) {
        return registry.apply(id);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
