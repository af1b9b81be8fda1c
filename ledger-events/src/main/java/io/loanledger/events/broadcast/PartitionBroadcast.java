package io.loanledger.events.broadcast;

import io.loanledger.events.broadcast.BroadcastEndedException.Reason;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.settings.KafkaConnectionSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes one value to every partition of a topic in one transaction: either every task gets it or none does.
 *
 * <p>There is one writer for each stream. Opening a second one fences the first, whose next {@link #publish} ends with
 * {@link BroadcastEndedException}. Positions rise strictly over restarts: the new writer takes an epoch above the last one that was
 * committed. Readers must read committed records only.
 *
 * <p>For one thread. Waits for the brokers; the producer's own time-outs bound the wait.
 */
public final class PartitionBroadcast implements AutoCloseable {

    private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(30);

    /** Nothing is under way between two records: whatever takes longer is a broker that does not answer. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final BroadcastStream stream;
    private final Producer<byte[], byte[]> producer;
    private final RecordWriter writer;
    private final int partitions;
    private final long epoch;
    private long sequence;

    /** Makes the record for a position. */
    @FunctionalInterface
    public interface Entry {
        SpecificRecord at(long epoch, long sequence);
    }

    /**
     * Where a writer begins.
     *
     * @param leastEpoch the epoch is not below this. Whoever writes to a topic with a limited retention passes the seconds since 1970,
     *     so that positions rise even after a pause so long that the last record was deleted; otherwise 1
     * @param lookBack how many offsets of each partition to search for the last record of the stream
     * @param patience how long the search may take; longer than the transaction time-out of the topic's other writers
     */
    public record Start(long leastEpoch, long lookBack, Duration patience) {

        /** For a topic that keeps everything: last epoch plus one, from 1. */
        public static final Start AFTER_LAST = new Start(1, 1_000_000, Duration.ofMinutes(1));
    }

    private PartitionBroadcast(
            BroadcastStream stream,
            Producer<byte[], byte[]> producer,
            RecordWriter writer,
            int partitions,
            long epoch) {
        this.stream = stream;
        this.producer = producer;
        this.writer = writer;
        this.partitions = partitions;
        this.epoch = epoch;
    }

    /**
     * Fences the stream's former writer, if there is one, and takes the next epoch.
     *
     * @param reader for this writer alone
     * @param writer for this writer alone
     * @throws KafkaException if the brokers or the registry do not answer
     */
    public static PartitionBroadcast open(
            KafkaConnectionSettings kafka,
            BroadcastStream stream,
            RecordReader reader,
            RecordWriter writer,
            Start start) {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(producerProperties(kafka, stream));
        try {
            producer.initTransactions();
            List<TopicPartition> partitions = producer
                    .partitionsFor(stream.topic().name())
                    .stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            long last = lastEpoch(kafka, stream, reader, partitions, start);
            long epoch = Math.max(last + 1, start.leastEpoch());
            return new PartitionBroadcast(stream, producer, writer, partitions.size(), epoch);
        } catch (RuntimeException failed) {
            producer.close(Duration.ZERO);
            throw failed;
        }
    }

    /** The epoch of every record of this writer. */
    public long epoch() {
        return epoch;
    }

    /**
     * Writes the entry at the next position to every partition, and returns when that is committed.
     *
     * @param key the record's key, the same in every partition
     * @return the position written
     * @throws BroadcastAbortedException if nothing was written; the position will be used again
     * @throws BroadcastEndedException if this writer is of no more use
     */
    public Position publish(String key, Entry entry) {
        return publish(key, List.of(), entry);
    }

    /**
     * Writes the entry with headers; otherwise as {@link #publish(String, Entry)}.
     *
     * @param headers stand beside the value in every partition
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what a send reports to its future, the commit throws as well
    public Position publish(String key, Iterable<Header> headers, Entry entry) {
        Position position = new Position(epoch, sequence + 1);
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        byte[] value = writer.bytes(stream.topic(), entry.at(position.epoch(), position.sequence()));
        try {
            producer.beginTransaction();
            for (int partition = 0; partition < partitions; partition++) {
                producer.send(new ProducerRecord<>(stream.topic().name(), partition, keyBytes, value, headers));
            }
            producer.flush();
        } catch (KafkaException failed) {
            throw abandoned(failed);
        }
        commit();
        sequence = position.sequence();
        return position;
    }

    @Override
    public void close() {
        producer.close(CLOSE_PATIENCE);
    }

    private void commit() {
        long start = System.nanoTime();
        while (true) {
            try {
                producer.commitTransaction();
                return;
            } catch (TimeoutException noAnswer) {
                if (System.nanoTime() - start > COMMIT_PATIENCE.toNanos()) {
                    throw ended(Reason.OUTCOME_UNKNOWN, noAnswer);
                }
            } catch (KafkaException failed) {
                throw abandoned(failed);
            }
        }
    }

    /** Takes the open transaction back, if this writer still may, and says what became of it. */
    private KafkaException abandoned(KafkaException failed) {
        if (isFenced(failed)) {
            return ended(Reason.FENCED, failed);
        }
        if (failed instanceof ApplicationRecoverableException || failed instanceof AuthorizationException) {
            return ended(Reason.REFUSED, failed);
        }
        try {
            producer.abortTransaction();
        } catch (KafkaException notEvenThat) {
            notEvenThat.addSuppressed(failed);
            return ended(isFenced(notEvenThat) ? Reason.FENCED : Reason.OUTCOME_UNKNOWN, notEvenThat);
        }
        return new BroadcastAbortedException(stream.transactionalId() + " wrote nothing", failed);
    }

    /** Kafka reports it as such, or as the cause of "an error state". */
    private static boolean isFenced(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    private BroadcastEndedException ended(Reason reason, KafkaException cause) {
        producer.close(Duration.ZERO);
        return new BroadcastEndedException(reason, stream.transactionalId() + " ended: " + reason, cause);
    }

    private static long lastEpoch(
            KafkaConnectionSettings kafka,
            BroadcastStream stream,
            RecordReader reader,
            List<TopicPartition> partitions,
            Start start) {
        Map<TopicPartition, Long> ends;
        try (KafkaConsumer<byte[], byte[]> all = consumer(kafka, "read_uncommitted")) {
            ends = all.endOffsets(partitions);
        }
        try (KafkaConsumer<byte[], byte[]> committed = consumer(kafka, "read_committed")) {
            return new LastPosition(stream, committed, reader, start.patience())
                    .find(ends, start.lookBack())
                    .map(Position::epoch)
                    .orElse(0L);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaConnectionSettings kafka, String isolation) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> producerProperties(KafkaConnectionSettings kafka, BroadcastStream stream) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, stream.transactionalId());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, stream.transactionalId());
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        return properties;
    }
}
