package io.loanledger.benchmarks.world;

import io.loanledger.events.RepaymentReceived;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.sim.DemoProducts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Repayments of one cent to the steady loans of a book, in turn. A batch is written in one transaction: until it is committed nobody can read
 * it, and then all of it at once, so that writing it costs nothing of what is measured. For one thread.
 */
public final class Backlog implements AutoCloseable {

    private static final String PRODUCER = "bench";
    private static final String AMOUNT = "0.01";
    private static final String EVENT = "repaid-";

    /** With a fixed number of digits: what stands behind it in a record may be a digit too. */
    private static final int DIGITS = 10;

    private static final Pattern EVENT_ID = Pattern.compile(EVENT + "(\\d{" + DIGITS + "})");

    private final BenchBook book;
    private final RecordWriter writer;
    private final KafkaProducer<byte[], byte[]> producer;
    private long payments;

    public Backlog(BenchCluster cluster, BenchBook book) {
        this.book = book;
        this.writer = new RecordWriter(cluster.ids());
        Map<String, Object> settings = new HashMap<>(cluster.connection().clientProperties());
        settings.put("transactional.id", "bench-backlog");
        settings.put("linger.ms", 5);
        settings.put("batch.size", 131_072);
        settings.put("compression.type", "lz4");
        settings.put("key.serializer", ByteArraySerializer.class);
        settings.put("value.serializer", ByteArraySerializer.class);
        this.producer = new KafkaProducer<>(settings);
        producer.initTransactions();
    }

    /**
     * Writes so many payments to the topic, which nobody can read yet.
     *
     * @return the offset behind the last of each partition
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what a send reports to its future, the commit throws as well
    public Map<TopicPartition, Long> write(String topic, int count) {
        Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
        producer.beginTransaction();
        for (int i = 0; i < count; i++) {
            int number = book.steady((int) (payments++ % book.steadyLoans()));
            String loanId = BenchBook.idOf(number);
            byte[] value = writer.bytes(TopicCatalogue.MOVEMENTS, payment(loanId, payments));
            producer.send(
                    new ProducerRecord<>(topic, loanId.getBytes(StandardCharsets.UTF_8), value), (place, problem) -> {
                        if (problem == null) {
                            ends.merge(
                                    new TopicPartition(place.topic(), place.partition()),
                                    place.offset() + 1,
                                    Math::max);
                        }
                    });
        }
        producer.flush();
        return ends;
    }

    /** Writes one payment that can be read at once. */
    public void sendAtOnce() {
        write(TopicCatalogue.MOVEMENTS.name(), 1);
        commit();
    }

    /** How many payments were written so far; the last has this number. */
    public long payments() {
        return payments;
    }

    /** The number of the payment that a record names in its bytes. */
    public static OptionalLong paymentIn(String text) {
        Matcher found = EVENT_ID.matcher(text);
        return found.find() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
    }

    /** Lets everybody read it. */
    public void commit() {
        producer.commitTransaction();
    }

    static String idOf(long number) {
        return String.format(Locale.ROOT, EVENT + "%0" + DIGITS + "d", number);
    }

    private static RepaymentReceived payment(String loanId, long number) {
        return RepaymentReceived.newBuilder()
                .setEventId(idOf(number))
                .setOccurredAt(Instant.now())
                .setProducer(PRODUCER)
                .setLoanId(loanId)
                .setPaymentReference("payment-" + number)
                .setAmount(AMOUNT)
                .setAsset(DemoProducts.DEBT_ASSET)
                .build();
    }

    @Override
    public void close() {
        producer.close();
    }
}
