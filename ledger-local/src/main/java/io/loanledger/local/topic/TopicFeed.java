package io.loanledger.local.topic;

import io.loanledger.events.serde.LedgerAvroDeserializer;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The thread of one {@link TopicReader}: reads its topics from the beginning, committed records only, and calls it.
 *
 * <p>Whatever its reader throws ends the thread and is kept for {@link #failure}: a simulated party that dies silently would
 * look like a ledger that hangs.
 */
public final class TopicFeed implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    private final TopicReader reader;
    private final KafkaConsumer<String, SpecificRecord> consumer;
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable Throwable failure;

    public TopicFeed(TopicReader reader, KafkaConnectionSettings connection) {
        this.reader = reader;
        var settings = new HashMap<>(connection.clientProperties());
        settings.putAll(connection.registryProperties());
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("fetch.max.wait.ms", 100);
        settings.put("key.deserializer", StringDeserializer.class);
        settings.put("value.deserializer", LedgerAvroDeserializer.class);
        this.consumer = new KafkaConsumer<>(settings);
        this.thread = new Thread(this::run, reader.name());
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** What ended the thread too early, if anything did. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            consumer.assign(partitions());
            consumer.seekToBeginning(consumer.assignment());
            while (!closing) {
                for (ConsumerRecord<String, SpecificRecord> record : consumer.poll(POLL)) {
                    reader.received(record);
                }
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
