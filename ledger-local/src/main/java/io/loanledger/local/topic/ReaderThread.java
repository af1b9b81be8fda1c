package io.loanledger.local.topic;

import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * The thread of one {@link TopicReader}: reads its topics from the beginning, committed records only, and calls it.
 *
 * <p>Whatever its reader throws ends the thread and is kept for {@link #failure}: a simulated party that dies silently would
 * look like a ledger that hangs.
 */
public abstract class ReaderThread<K, V> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    private final TopicReader reader;
    private final KafkaConsumer<K, V> consumer;
    private @Nullable Thread thread;
    private volatile boolean closing;
    private volatile @Nullable Throwable failure;

    protected ReaderThread(
            TopicReader reader, KafkaConnectionSettings connection, Deserializer<K> keys, Deserializer<V> values) {
        this.reader = reader;
        this.consumer = new KafkaConsumer<>(settings(connection), keys, values);
    }

    private static Map<String, Object> settings(KafkaConnectionSettings connection) {
        Map<String, Object> settings = new HashMap<>(connection.clientProperties());
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("fetch.max.wait.ms", 100);
        return settings;
    }

    /** Gives the reader what was polled; may seek back to what it could not give yet. */
    protected abstract void hand(ConsumerRecords<K, V> polled, TopicReader reader, KafkaConsumer<K, V> consumer);

    /** Begins to read; once. */
    public final synchronized void start() {
        thread = new Thread(this::run, reader.name());
        thread.setDaemon(true);
        thread.start();
    }

    /** What ended the thread too early, if anything did. */
    public final Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public final synchronized void close() {
        closing = true;
        if (thread == null) {
            consumer.close();
            return;
        }
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
                hand(consumer.poll(POLL), reader, consumer);
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
