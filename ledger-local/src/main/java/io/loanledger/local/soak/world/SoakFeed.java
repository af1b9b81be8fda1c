package io.loanledger.local.soak.world;

import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.topic.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a simulated party that lives through everything a soak does to its surroundings: committed records from the beginning,
 * bytes that cannot be read are passed over, and while the registry is away it waits where it is.
 *
 * <p>What its reader throws ends the thread and is kept for {@link #failure}.
 */
final class SoakFeed implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration REGISTRY_PAUSE = Duration.ofMillis(200);

    private final TopicReader reader;
    private final RecordReader records;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable Throwable failure;

    SoakFeed(TopicReader reader, KafkaConnectionSettings connection, SchemaRegistry registry) {
        this.reader = reader;
        this.records = new RecordReader(registry);
        var settings = new HashMap<>(connection.clientProperties());
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("fetch.max.wait.ms", 100);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.thread = new Thread(this::run, reader.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** What ended the thread too early, if anything did. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            consumer.assign(partitions());
            consumer.seekToBeginning(consumer.assignment());
            while (!closing) {
                hand(consumer.poll(POLL));
                reader.attend();
            }
        } catch (WakeupException e) {
            if (!closing) {
                failure = e;
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private void hand(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
                Optional<Topic> topic = TopicCatalogue.byName(record.topic());
                Decoded decoded = records.read(topic.orElseThrow(), record.value());
                if (decoded instanceof Decoded.Readable readable) {
                    reader.received(withValue(record, readable.value()));
                } else if (decoded instanceof Decoded.Unavailable) {
                    consumer.seek(partition, record.offset());
                    pause();
                    break;
                }
            }
        }
    }

    private static ConsumerRecord<String, SpecificRecord> withValue(
            ConsumerRecord<byte[], byte[]> record, SpecificRecord value) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        return new ConsumerRecord<>(record.topic(), record.partition(), record.offset(), key, value);
    }

    private static void pause() {
        try {
            Thread.sleep(REGISTRY_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<TopicPartition> partitions() {
        var partitions = new ArrayList<TopicPartition>();
        for (Topic topic : reader.reads()) {
            for (PartitionInfo partition : consumer.partitionsFor(topic.name())) {
                partitions.add(new TopicPartition(partition.topic(), partition.partition()));
            }
        }
        return partitions;
    }
}
