package io.loanledger.streams.terms;

import io.loanledger.events.ConcentrationAddOn;
import io.loanledger.events.FannedTerms;
import io.loanledger.events.FannedTermsKind;
import io.loanledger.events.KillSwitch;
import io.loanledger.events.MarketPause;
import io.loanledger.events.OperatorSkip;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.RateFixing;
import io.loanledger.events.approval.OperatorKeys;
import io.loanledger.events.broadcast.BroadcastStream;
import io.loanledger.events.broadcast.PartitionBroadcast;
import io.loanledger.events.header.DeadLetter;
import io.loanledger.events.header.Origin;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.service.LedgerMeter;
import io.loanledger.events.service.ServicePhase;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.LedgerNames;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the lender's terms, fixings, pauses and kill switch to every partition, in their one order: each record of
 * {@code lending.terms.v1} becomes one {@link FannedTerms} in every partition of {@code lending.terms-fanned.v1}, in one
 * transaction.
 *
 * <p>Exactly once over restarts, without offsets of its own but for what was set aside: each fanned record carries its place in the
 * source, in the same transaction, and the next one is the one behind the last that is read back ({@link FannedSoFar}). Offsets of a
 * consumer group would be forgotten after a week without new terms. Only what was set aside has no copy that could be read back: the
 * group's offset says that it was, and should that be forgotten, what follows the last fanned record is judged once more.
 *
 * <p>Every instance of the ledger runs one. A consumer group chooses the one that works, the others stand by. Should two think that
 * they were chosen, one transactional id has one writer: the later fences the earlier before it reads back how far that one came, so
 * that neither repeats nor skips a record.
 *
 * <p>Brokers or a registry that do not answer are waited for, however long. What no waiting mends (a right that is missing, a source
 * that lacks what was fanned out) ends the instance.
 *
 * <p>One thread of its own; {@link #close} may be called from any.
 */
public final class TermsFanOut implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TermsFanOut.class);
    private static final String SERVICE = "terms-fan-out";

    /** Chooses the instance that works; its offset says behind which unreadable record it went on. */
    private static final String GROUP = LedgerNames.APPLICATION_ID + "-terms-fan-out";

    private static final TopicPartition SOURCE = new TopicPartition(TopicCatalogue.TERMS.name(), 0);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(15);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final KafkaConnectionSettings kafka;
    private final RecordReader reader;
    private final Runnable onFailure;
    private final SchemaIds ids;
    private final MeterRegistry meters;
    private final OperatorKeys operatorKeys;
    private final KafkaConsumer<byte[], byte[]> input;
    private final Thread thread;
    private volatile ServicePhase phase = ServicePhase.STARTING;
    private final CountDownLatch closing = new CountDownLatch(1);
    private boolean chosen;
    private @Nullable PartitionBroadcast broadcast;

    private TermsFanOut(
            KafkaConnectionSettings kafka,
            SchemaRegistry registry,
            SchemaIds ids,
            MeterRegistry meters,
            OperatorKeys operatorKeys,
            Runnable onFailure) {
        this.kafka = kafka;
        this.operatorKeys = operatorKeys;
        this.reader = new RecordReader(registry);
        this.onFailure = onFailure;
        this.ids = ids;
        this.meters = meters;
        this.input = CommittedReading.memberOf(GROUP, kafka);
        this.thread = new Thread(this::run, SERVICE);
    }

    /**
     * Starts the thread. The topics exist.
     *
     * @param operatorKeys whose orders to skip a record are fanned out; others are set aside
     * @param onFailure called once, on the thread, when it ends by itself
     */
    public static TermsFanOut start(
            KafkaConnectionSettings kafka,
            SchemaRegistry registry,
            SchemaIds ids,
            MeterRegistry meters,
            OperatorKeys operatorKeys,
            Runnable onFailure) {
        TermsFanOut started = new TermsFanOut(kafka, registry, ids, meters, operatorKeys, onFailure);
        started.thread.start();
        return started;
    }

    public ServicePhase phase() {
        return phase;
    }

    /** Finishes the record in hand; what does not answer is not waited for long. */
    @Override
    public void close() {
        closing.countDown();
        input.wakeup();
        try {
            if (!thread.join(CLOSE_PATIENCE)) {
                LOG.warn("the fan-out of the terms did not end within {}; interrupting it", CLOSE_PATIENCE);
                thread.interrupt();
                thread.join(CLOSE_PATIENCE.toMillis());
            }
        } catch (InterruptedException interrupted) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        try (input) {
            input.subscribe(List.of(SOURCE.topic()), new Chosen());
            phase = ServicePhase.RUNNING;
            while (!isClosing()) {
                try {
                    work();
                    pause = FIRST_PAUSE;
                } catch (WakeupException | InterruptException stopped) {
                    break;
                } catch (KafkaException | RegistryAway failed) {
                    leave();
                    if (!Passing.passes(failed)) {
                        throw failed;
                    }
                    LOG.warn("the terms are fanned out again in {}, from where they stand then", pause, failed);
                    pause = rest(pause);
                }
            }
            phase = ServicePhase.STOPPING;
        } catch (WakeupException | InterruptException stopped) {
            phase = ServicePhase.STOPPING;
        } catch (RuntimeException failure) {
            phase = ServicePhase.FAILED;
            LOG.error("the fan-out of the terms stops", failure);
            onFailure.run();
        } finally {
            leave();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void work() {
        ConsumerRecords<byte[], byte[]> records = input.poll(POLL);
        if (!chosen) {
            return;
        }
        PartitionBroadcast writer = broadcast;
        if (writer == null) {
            open(); // What was polled before is read again from where it goes on.
            return;
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
            take(writer, record);
        }
    }

    private void open() {
        PartitionBroadcast opened = PartitionBroadcast.open(
                kafka, BroadcastStream.terms(), reader, new RecordWriter(ids), PartitionBroadcast.Start.AFTER_LAST);
        broadcast = opened;
        // Only now, with a former writer fenced, is what was fanned out a fact.
        long next = Math.max(FannedSoFar.nextOffset(kafka, SOURCE, reader), behindSetAside());
        input.seek(SOURCE, next);
        LOG.info("fanning out terms from offset {} in epoch {}", next, opened.epoch());
    }

    /** What was set aside leaves no trace in the terms that were fanned out: without this a successor would do it again. */
    private long behindSetAside() {
        OffsetAndMetadata committed = input.committed(Set.of(SOURCE)).get(SOURCE);
        return committed == null ? 0 : committed.offset();
    }

    private void leave() {
        PartitionBroadcast writer = broadcast;
        broadcast = null;
        if (writer != null) {
            writer.close();
        }
    }

    /** Called from inside of {@code poll}, on the same thread. */
    private final class Chosen implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (partitions.contains(SOURCE)) {
                chosen = true;
                input.seekToBeginning(List.of(SOURCE)); // until open() says better
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (partitions.contains(SOURCE)) {
                chosen = false;
                leave();
            }
        }
    }

    private void take(PartitionBroadcast writer, ConsumerRecord<byte[], byte[]> record) {
        switch (reader.read(TopicCatalogue.TERMS, record.value())) {
            case Decoded.Readable readable -> {
                OperatorKeys.Verdict verdict = readable.value() instanceof OperatorSkip order
                        ? operatorKeys.verdict(order)
                        : OperatorKeys.Verdict.APPROVED;
                if (verdict == OperatorKeys.Verdict.APPROVED) {
                    publish(writer, record, readable.value());
                } else {
                    setAside(record, verdict.name(), "an order to skip a record that two operators did not approve");
                }
            }
            case Decoded.Unreadable unreadable ->
                setAside(record, unreadable.reason().name(), unreadable.detail());
            case Decoded.Unavailable unavailable -> throw new RegistryAway(unavailable.cause());
        }
    }

    private static void publish(
            PartitionBroadcast writer, ConsumerRecord<byte[], byte[]> record, SpecificRecord terms) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        Headers place = new RecordHeaders();
        origin(record).writeTo(place);
        writer.publish(key, place, (epoch, sequence) -> fanned(epoch, sequence, terms));
    }

    private static Origin origin(ConsumerRecord<byte[], byte[]> record) {
        return new Origin(record.topic(), record.partition(), record.offset(), record.timestamp());
    }

    static FannedTerms fanned(long epoch, long sequence, SpecificRecord terms) {
        return switch (terms) {
            case ProductTerms product ->
                new FannedTerms(epoch, sequence, FannedTermsKind.PRODUCT_TERMS, product, null, null, null, null, null);
            case MarketPause pause ->
                new FannedTerms(epoch, sequence, FannedTermsKind.MARKET_PAUSE, null, pause, null, null, null, null);
            case KillSwitch kill ->
                new FannedTerms(epoch, sequence, FannedTermsKind.KILL_SWITCH, null, null, kill, null, null, null);
            case OperatorSkip skip ->
                new FannedTerms(epoch, sequence, FannedTermsKind.OPERATOR_SKIP, null, null, null, skip, null, null);
            case RateFixing fixing ->
                new FannedTerms(epoch, sequence, FannedTermsKind.RATE_FIXING, null, null, null, null, fixing, null);
            case ConcentrationAddOn addOn ->
                new FannedTerms(
                        epoch, sequence, FannedTermsKind.CONCENTRATION_ADD_ON, null, null, null, null, null, addOn);
            default ->
                throw new IllegalStateException(
                        "no such terms: " + terms.getSchema().getName());
        };
    }

    /** Rare enough for a producer of its own; after a crash in between the same bytes may be set aside twice. */
    private void setAside(ConsumerRecord<byte[], byte[]> record, String reason, String detail) {
        ProducerRecord<byte[], byte[]> letter = new DeadLetter(origin(record), reason, detail, SERVICE)
                .record(record.key(), record.value(), record.headers());
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(letter).get();
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        } catch (ExecutionException failed) {
            throw new KafkaException("terms could not be set aside", failed.getCause());
        }
        input.commitSync(Map.of(SOURCE, new OffsetAndMetadata(record.offset() + 1)));
        LedgerMeter.DEAD_LETTERS.counter(meters, record.topic(), reason).increment();
        LOG.error("terms at offset {} are set aside: {}, {}", record.offset(), reason, detail);
    }

    private Duration rest(Duration pause) {
        try {
            if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return pause;
            }
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}
