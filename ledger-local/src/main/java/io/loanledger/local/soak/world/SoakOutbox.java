package io.loanledger.local.soak.world;

import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.topic.RecordSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * How the simulated parties write: patient producers that outlast a lost majority of brokers, and, when a fault asks for it, what real
 * producers do: the same record twice, records late and out of order, records in a partition that is not their key's.
 *
 * <p>Only facts keyed by loan are delayed: the ledger takes those in any order. Nothing given to it is lost. Safe for any thread.
 */
public final class SoakOutbox implements RecordSink, AutoCloseable {

    /** Out of a thousand facts, how many a fault touches, and in which way. */
    public record Disorder(int twice, int late, int astray) {
        public static final Disorder NONE = new Disorder(0, 0, 0);
    }

    private static final Set<Topic> FACTS =
            Set.of(TopicCatalogue.LOANS, TopicCatalogue.COLLATERAL, TopicCatalogue.MOVEMENTS);
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int LATEST_MILLIS = 2_500;
    private static final int THOUSAND = 1_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final RecordWriter writer;
    private final int partitions;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final ScheduledThreadPoolExecutor later;
    private final AtomicLong disturbed = new AtomicLong();
    private final SplittableRandom random;
    private volatile Disorder disorder = Disorder.NONE;

    public SoakOutbox(KafkaConnectionSettings connection, SchemaIds ids, int partitions, long seed) {
        var settings = new HashMap<>(connection.clientProperties());
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        settings.put("linger.ms", 2);
        settings.put("compression.type", "lz4");
        settings.put("delivery.timeout.ms", Math.toIntExact(PATIENCE.toMillis()));
        settings.put("request.timeout.ms", 10_000);
        settings.put("max.block.ms", PATIENCE.toMillis());
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.writer = new RecordWriter(ids);
        this.partitions = partitions;
        this.random = new SplittableRandom(seed);
        this.later = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "late-records");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** From now on, until the next call. */
    public void disturb(Disorder next) {
        disorder = next;
    }

    /** How many records were sent twice, late or astray so far. */
    public long disturbed() {
        return disturbed.get();
    }

    @Override
    public void send(Topic topic, String key, SpecificRecord record) {
        byte[] bytes;
        synchronized (writer) {
            bytes = writer.bytes(topic, record);
        }
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        Disorder now = disorder;
        if (now.equals(Disorder.NONE) || !FACTS.contains(topic)) {
            send(topic, null, keyBytes, bytes);
            return;
        }
        int draw = draw(THOUSAND);
        if (draw < now.twice()) {
            disturbed.incrementAndGet();
            send(topic, null, keyBytes, bytes);
            sendLater(topic, null, keyBytes, bytes);
        } else if (draw < now.twice() + now.late()) {
            disturbed.incrementAndGet();
            sendLater(topic, null, keyBytes, bytes);
        } else if (draw < now.twice() + now.late() + now.astray()) {
            disturbed.incrementAndGet();
            int home = partitionOf(keyBytes);
            send(topic, (home + 1 + draw(partitions - 1)) % partitions, keyBytes, bytes);
        } else {
            send(topic, null, keyBytes, bytes);
        }
    }

    /** Bytes as they are, to where the key belongs. */
    public void sendBytes(Topic topic, byte @Nullable [] key, byte @Nullable [] value) {
        send(topic, null, key, value);
    }

    /** The partition in which the ledger looks for a loan. */
    public int partitionOf(String key) {
        return partitionOf(key.getBytes(StandardCharsets.UTF_8));
    }

    /** What could not be written in spite of all patience, if anything. */
    public @Nullable Exception failure() {
        return failure.get();
    }

    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        later.shutdownNow();
        producer.close(Duration.ofSeconds(5));
    }

    private int partitionOf(byte[] key) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    private void sendLater(Topic topic, @Nullable Integer partition, byte[] key, byte[] value) {
        var unused = later.schedule(
                () -> send(topic, partition, key, value), 1 + draw(LATEST_MILLIS), TimeUnit.MILLISECONDS);
    }

    private void send(Topic topic, @Nullable Integer partition, byte @Nullable [] key, byte @Nullable [] value) {
        // The callback sees every outcome; the future would show the same.
        var unused = producer.send(new ProducerRecord<>(topic.name(), partition, key, value), (metadata, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        });
    }

    private int draw(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }
}
