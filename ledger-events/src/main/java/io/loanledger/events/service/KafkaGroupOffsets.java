package io.loanledger.events.service;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Asks a broker, through an admin client and a consumer that belongs to no group and commits nothing. */
final class KafkaGroupOffsets implements GroupOffsets {

    private static final long REQUEST_SECONDS = 10;
    private static final Duration POLL = Duration.ofMillis(100);

    private final Admin admin;
    private final Consumer<byte[], byte[]> reader;
    private final String group;
    private final Set<String> topics;
    /** Learnt once: a topic of the ledger never changes its partition count. */
    private Set<TopicPartition> partitions = Set.of();

    KafkaGroupOffsets(Map<String, Object> clientSettings, String group, Collection<String> topics) {
        this.group = group;
        this.topics = Set.copyOf(topics);
        this.admin = Admin.create(withClientId(clientSettings, group + "-lag-admin"));
        this.reader = new KafkaConsumer<>(
                readerSettings(clientSettings, group), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> withClientId(Map<String, Object> clientSettings, String clientId) {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        return settings;
    }

    private static Map<String, Object> readerSettings(Map<String, Object> clientSettings, String group) {
        Map<String, Object> settings = withClientId(clientSettings, group + "-lag-reader");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // What retention has removed cannot be read any more: the oldest unread record is then the log's first.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // One record of each partition is wanted; a broker sends at least a whole batch, whatever the limit.
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 128 * 1024);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return settings;
    }

    @Override
    public Map<TopicPartition, Position> positions() throws InterruptedException, ExecutionException, TimeoutException {
        if (partitions.isEmpty()) {
            partitions = partitionsOfTopics();
        }
        // In this order a value read later is never behind one read earlier: no lag and no open transaction comes out
        // negative.
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(REQUEST_SECONDS, TimeUnit.SECONDS);
        Map<TopicPartition, Long> first = offsets(OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> stable = offsets(OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, Long> end = offsets(OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Position> positions = new HashMap<>();
        for (TopicPartition partition : partitions) {
            long start = first.getOrDefault(partition, 0L);
            OffsetAndMetadata commit = committed.get(partition);
            long next = commit == null ? start : Math.max(start, commit.offset());
            positions.put(
                    partition,
                    new Position(next, stable.getOrDefault(partition, next), end.getOrDefault(partition, next)));
        }
        return positions;
    }

    private Set<TopicPartition> partitionsOfTopics() throws InterruptedException, ExecutionException, TimeoutException {
        return admin.describeTopics(topics).allTopicNames().get(REQUEST_SECONDS, TimeUnit.SECONDS).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Map<TopicPartition, Long> offsets(OffsetSpec spec, IsolationLevel isolation)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec));
        Map<TopicPartition, ListOffsetsResultInfo> answer = admin.listOffsets(asked, new ListOffsetsOptions(isolation))
                .all()
                .get(REQUEST_SECONDS, TimeUnit.SECONDS);
        return answer.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    @Override
    public Answer firstUnread(Map<TopicPartition, Position> behind, Duration atMost) {
        Map<TopicPartition, Unread> found = new HashMap<>();
        Map<TopicPartition, Position> open = new HashMap<>(behind);
        reader.assign(behind.keySet());
        behind.forEach((partition, position) -> reader.seek(partition, position.next()));
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!open.isEmpty() && System.nanoTime() - deadline < 0) {
            ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
            for (TopicPartition partition : records.partitions()) {
                ConsumerRecord<byte[], byte[]> oldest =
                        records.records(partition).getFirst();
                found.putIfAbsent(partition, new Unread(oldest.offset(), oldest.timestamp()));
            }
            open.entrySet()
                    .removeIf(entry -> found.containsKey(entry.getKey())
                            || reader.position(entry.getKey())
                                    >= entry.getValue().stable());
            reader.pause(behind.keySet().stream()
                    .filter(partition -> !open.containsKey(partition))
                    .toList());
        }
        // Nothing stays assigned, so that nothing is fetched between two measurements.
        reader.unsubscribe();
        return new Answer(found, Set.copyOf(open.keySet()));
    }

    @Override
    public void close() {
        reader.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        admin.close(Duration.ofSeconds(1));
    }
}
