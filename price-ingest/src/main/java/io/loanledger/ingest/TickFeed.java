package io.loanledger.ingest;

import io.loanledger.events.PriceTick;
import io.loanledger.events.header.DeadLetter;
import io.loanledger.events.header.Origin;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.TopicCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the ticks of all venues, committed ones only, each at least once: a tick says what a venue quotes, so reading it again changes
 * nothing. Unreadable bytes go to the dead letters, which are written before the offset behind them is committed. Bytes whose schema
 * the registry does not tell at the moment are read again until it does.
 *
 * <p>Partitions are assigned, not subscribed to: the writers of the index are fenced already, and one process reads all. The group only
 * keeps the offsets and shows the lag. One thread.
 */
final class TickFeed implements AutoCloseable {
    /** Under this name the offsets are kept; it outlives the code. */
    static final String GROUP = "loan-ledger-price-ingest";

    private static final Logger LOG = LoggerFactory.getLogger(TickFeed.class);

    private static final String SERVICE = "price-ingest";
    private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);
    private static final Duration RETRY_REGISTRY_AFTER = Duration.ofMillis(500);

    /** How long the ticks before the committed offsets may take to come. */
    private static final Duration RECALL_PATIENCE = Duration.ofMinutes(1);

    /** For each of the two clients at the end. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    /** A tick and when the broker took it. */
    record Appended(PriceTick tick, Instant at) {}

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> deadLetters;
    private final RecordReader reader;
    private final IngestMeters meters;
    private final Set<TopicPartition> waiting = new HashSet<>();
    private final AtomicReference<KafkaException> failedDeadLetter = new AtomicReference<>();
    private long committedAtNanos = System.nanoTime();
    private long retryAtNanos;

    TickFeed(KafkaConnectionSettings kafka, RecordReader reader, IngestMeters meters) {
        this.reader = reader;
        this.meters = meters;
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, GROUP);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Map<String, Object> writing = new HashMap<>(kafka.clientProperties());
        writing.put(ProducerConfig.CLIENT_ID_CONFIG, GROUP + "-dead-letters");
        this.deadLetters = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
    }

    Map<MetricName, ? extends Metric> metrics() {
        return consumer.metrics();
    }

    /**
     * Takes all partitions, reads the last ticks before each committed offset again, and stands at the committed offsets then.
     *
     * @param most how many records of each partition to go back
     * @param notBefore ticks appended before this are passed over, whatever was committed; empty to read all
     * @throws TimeoutException if they do not come in a minute
     */
    void begin(int most, Optional<Instant> notBefore, Consumer<Appended> recalled) {
        List<TopicPartition> partitions = consumer.partitionsFor(TopicCatalogue.TICKS_OF_VENUES.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> resume = new HashMap<>();
        partitions.forEach(partition -> resume.put(partition, consumer.position(partition)));
        notBefore.ifPresent(instant -> passOver(instant, resume));
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        resume.forEach((partition, offset) ->
                consumer.seek(partition, Math.max(beginnings.getOrDefault(partition, 0L), offset - most)));
        long start = System.nanoTime();
        while (resume.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() - start > RECALL_PATIENCE.toNanos()) {
                throw new TimeoutException("the last ticks could not be read again in " + RECALL_PATIENCE
                        + "; an open transaction of a venue may hide them");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                Long end = resume.get(new TopicPartition(record.topic(), record.partition()));
                if (end != null && record.offset() < end) {
                    recall(record, recalled);
                }
            }
        }
        resume.forEach(consumer::seek);
    }

    private void passOver(Instant notBefore, Map<TopicPartition, Long> resume) {
        Map<TopicPartition, Long> times = new HashMap<>();
        resume.keySet().forEach(partition -> times.put(partition, notBefore.toEpochMilli()));
        Map<TopicPartition, Long> ends = consumer.endOffsets(resume.keySet());
        // No answer for a partition means that nothing in it is as young as that.
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            long first = found == null ? ends.getOrDefault(partition, 0L) : found.offset();
            resume.merge(partition, first, Math::max);
        });
    }

    /**
     * Waits for ticks and hands them on.
     *
     * @return whether there was nothing to read
     */
    boolean poll(Duration patience, Consumer<Appended> taken) {
        KafkaException failed = failedDeadLetter.get();
        if (failed != null) {
            throw failed;
        }
        resumeWaiting();
        ConsumerRecords<byte[], byte[]> records = consumer.poll(patience);
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                if (!handOn(record, taken)) {
                    consumer.seek(partition, record.offset());
                    consumer.pause(List.of(partition));
                    waiting.add(partition);
                    break;
                }
            }
        }
        commitNowAndThen();
        return records.isEmpty();
    }

    /** Commits what was handed on, if the brokers answer soon; otherwise some ticks are read again at the next start. */
    @Override
    public void close() {
        try {
            deadLetters.close(CLOSE_PATIENCE); // a letter that is not written by then has failed
            commitOffsets();
        } catch (KafkaException unreachable) {
            LOG.warn("offsets were not committed at the end; some ticks will be read again", unreachable);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_PATIENCE));
        }
    }

    /** False when the registry must be asked again later. What the reader answers in this topic is a tick. */
    private boolean handOn(ConsumerRecord<byte[], byte[]> record, Consumer<Appended> taken) {
        return switch (reader.read(TopicCatalogue.TICKS_OF_VENUES, record.value())) {
            case Decoded.Readable readable -> {
                taken.accept(new Appended((PriceTick) readable.value(), Instant.ofEpochMilli(record.timestamp())));
                yield true;
            }
            case Decoded.Unreadable unreadable -> {
                setAside(record, unreadable);
                yield true;
            }
            case Decoded.Unavailable unavailable -> {
                LOG.warn("ticks wait for the schema registry", unavailable.cause());
                retryAtNanos = System.nanoTime() + RETRY_REGISTRY_AFTER.toNanos();
                yield false;
            }
        };
    }

    private void recall(ConsumerRecord<byte[], byte[]> record, Consumer<Appended> recalled) {
        // What cannot be read now was set aside when it was first read.
        if (reader.read(TopicCatalogue.TICKS_OF_VENUES, record.value()) instanceof Decoded.Readable readable) {
            recalled.accept(new Appended((PriceTick) readable.value(), Instant.ofEpochMilli(record.timestamp())));
        }
    }

    private void setAside(ConsumerRecord<byte[], byte[]> record, Decoded.Unreadable unreadable) {
        Origin origin = new Origin(record.topic(), record.partition(), record.offset(), record.timestamp());
        DeadLetter letter = new DeadLetter(origin, unreadable.reason().name(), unreadable.detail(), SERVICE);
        // The outcome is looked at by the callback; the answer itself adds nothing.
        var unused =
                deadLetters.send(letter.record(record.key(), record.value(), record.headers()), (written, failed) -> {
                    if (failed != null) {
                        failedDeadLetter.set(new KafkaException("a dead letter could not be written", failed));
                    }
                });
        meters.deadLettered(unreadable.reason().name());
        LOG.warn(
                "unreadable tick at {}-{} offset {}: {}, {}",
                record.topic(),
                record.partition(),
                record.offset(),
                unreadable.reason(),
                unreadable.detail());
    }

    private void resumeWaiting() {
        if (!waiting.isEmpty() && System.nanoTime() - retryAtNanos >= 0) {
            consumer.resume(waiting);
            waiting.clear();
        }
    }

    private void commitNowAndThen() {
        if (System.nanoTime() - committedAtNanos >= COMMIT_EVERY.toNanos()) {
            commit();
        }
    }

    private void commit() {
        deadLetters.flush();
        commitOffsets();
    }

    private void commitOffsets() {
        KafkaException failed = failedDeadLetter.get();
        if (failed != null) {
            throw failed;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        consumer.assignment()
                .forEach(partition -> offsets.put(partition, new OffsetAndMetadata(consumer.position(partition))));
        consumer.commitAsync(offsets, (committed, refused) -> {
            if (refused != null) {
                LOG.warn("offsets of ticks were not committed", refused);
            }
        });
        committedAtNanos = System.nanoTime();
    }
}
