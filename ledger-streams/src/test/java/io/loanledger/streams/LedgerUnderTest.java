package io.loanledger.streams;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.events.IndexState;
import io.loanledger.events.approval.OperatorKeys;
import io.loanledger.events.header.DeadLetter;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.InProcessSchemaRegistry;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.service.ObservabilitySettings;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.streams.StreamsProperties;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.events.topic.TopicSettings;
import io.loanledger.streams.service.LedgerSettings;
import io.loanledger.streams.task.OperatorSkips;
import io.loanledger.streams.task.StoredTerms;
import io.loanledger.streams.task.TaskParts;
import io.loanledger.streams.wire.JournalCodec;
import io.loanledger.streams.wire.JournalEntry;
import io.loanledger.streams.wire.JournalFold;
import io.loanledger.streams.wire.JournalSchemas;
import io.loanledger.streams.wire.LoanCodec;
import io.loanledger.streams.wire.StateDigest;
import io.loanledger.streams.wire.StoredLoan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The real topology over RocksDB in Kafka's test driver: one partition, one thread, a commit after each record. It shows what
 * tasks decide; what transactions do is shown on a broker.
 *
 * <p>The broker's clock stands at {@link #appendedAt} and moves with each price.
 */
final class LedgerUnderTest implements AutoCloseable {
    static final Instant START = Instant.parse("2020-03-01T00:00:00Z");

    private static final AtomicLong SCOPES = new AtomicLong();

    final InProcessSchemaRegistry registry;
    final SchemaIds ids;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Topology topology;
    final TopologyTestDriver driver;
    final List<JournalEntry> journal = new ArrayList<>();
    private final JournalCodec journalCodec;
    private final RecordWriter writer;
    private final RecordReader reader;
    Instant appendedAt = START;
    private long indexSequence;
    private int facts;

    LedgerUnderTest(Path folder) {
        this(folder, 1);
    }

    /** The driver knows partition 0 only; with more of them, keys of the others are strays. */
    LedgerUnderTest(Path folder, int partitions) {
        this(folder, partitions, new OperatorSkips(OperatorKeys.NONE));
    }

    LedgerUnderTest(Path folder, int partitions, OperatorSkips skips) {
        String scope = "ledger-" + SCOPES.incrementAndGet();
        registry = InProcessSchemaRegistry.ofScope(scope);
        ids = new SchemaRegistrar(registry).registerAll();
        writer = new RecordWriter(ids);
        reader = new RecordReader(registry);
        JournalSchemas schemas = JournalSchemas.of(ids, registry);
        journalCodec = new JournalCodec(schemas);
        TaskParts parts = new TaskParts(
                partitions, registry, ids, schemas, new LedgerMeters(meters, InstantSource.fixed(START)), skips);
        StreamsConfig config = StreamsProperties.of(new LedgerSettings(
                        KafkaConnectionSettings.plain("127.0.0.1:1", "mock://" + scope),
                        new TopicSettings(partitions, (short) 1, TopicSettings.Startup.CHECK),
                        new ObservabilitySettings("127.0.0.1", 1, Duration.ofSeconds(5)),
                        "test",
                        folder,
                        1,
                        0,
                        16,
                        Duration.ofMillis(20),
                        LedgerSettings.Schemas.CHECK,
                        OperatorKeys.NONE)
                .streamsInstance());
        Properties properties = new Properties();
        properties.putAll(config.originals());
        topology = LedgerTopology.build(parts, config);
        driver = new TopologyTestDriver(topology, properties, START);
    }

    /** With terms and an open market at 10,000. */
    static LedgerUnderTest open(Path folder) {
        LedgerUnderTest ledger = new LedgerUnderTest(folder);
        ledger.terms(1, Facts.product(1, "0.12"));
        ledger.price(START, "10000");
        return ledger;
    }

    // --- in ----------------------------------------------------------------------------------------------------------

    String nextId() {
        return "e" + ++facts;
    }

    void terms(long sequence, io.loanledger.events.ProductTerms terms) {
        send(TopicCatalogue.TERMS_FANNED, terms.getProductId(), Facts.fanned(sequence, terms));
    }

    void price(Instant priceTime, String price) {
        price(priceTime, price, IndexState.LIVE);
    }

    void price(Instant priceTime, String price, IndexState state) {
        if (priceTime.isAfter(appendedAt)) {
            appendedAt = priceTime;
        }
        send(TopicCatalogue.INDEX_PRICES, Facts.MARKET, Facts.price(++indexSequence, priceTime, price, state));
    }

    void send(Topic topic, String key, SpecificRecord value) {
        send(topic, key.getBytes(StandardCharsets.UTF_8), writer.bytes(topic, value), new RecordHeaders());
    }

    void send(Topic topic, byte[] key, byte[] value, Headers headers) {
        TestInputTopic<byte[], byte[]> input =
                driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
        input.pipeInput(new TestRecord<>(key, value, headers, appendedAt));
        for (TestRecord<byte[], byte[]> entry : drain(TopicCatalogue.JOURNAL)) {
            journal.add(journalCodec.decode(entry.value()));
        }
    }

    byte[] bytes(Topic topic, SpecificRecord value) {
        return writer.bytes(topic, value);
    }

    void requested(String loanId, String principal) {
        send(TopicCatalogue.LOANS, loanId, Facts.requested(nextId(), appendedAt, loanId, principal));
    }

    void locked(String loanId, String proof, String quantity) {
        send(TopicCatalogue.COLLATERAL, loanId, Facts.locked(nextId(), appendedAt, loanId, proof, quantity));
    }

    void disbursed(String loanId, String amount) {
        send(
                TopicCatalogue.MOVEMENTS,
                loanId,
                Facts.disbursed(
                        nextId(),
                        appendedAt,
                        loanId,
                        loan(loanId).disbursement().disbursementId(),
                        amount));
    }

    void repaid(String loanId, String amount) {
        send(TopicCatalogue.MOVEMENTS, loanId, Facts.repaid(nextId(), appendedAt, loanId, amount));
    }

    /** 1 BTC against 5,000 USD at 10,000: loan-to-value 50 %. */
    void active(String loanId) {
        requested(loanId, "5000.00");
        locked(loanId, "coin-of-" + loanId, "1.00000000");
        disbursed(loanId, "5000.00");
    }

    // --- out ---------------------------------------------------------------------------------------------------------

    List<SpecificRecord> read(Topic topic) {
        return drain(topic).stream().map(record -> value(topic, record.value())).toList();
    }

    <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type) {
        return read(topic).stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<TestRecord<byte[], byte[]>> drain(Topic topic) {
        return driver.createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    List<DeadLetter> deadLetters() {
        return drain(TopicCatalogue.DEAD_LETTERS).stream()
                .map(record -> DeadLetter.readFrom(record.headers()).orElseThrow())
                .toList();
    }

    List<String> journalOf(String loanId) {
        return journal.stream()
                .filter(entry -> entry.header().loanId().equals(loanId))
                .map(entry -> entry.event().getClass().getSimpleName())
                .toList();
    }

    <T extends LoanEvent> List<T> events(Class<T> type) {
        return journal.stream()
                .map(JournalEntry::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    io.loanledger.core.loan.Loan loan(String loanId) {
        return codec().decode(store(LedgerNames.LOANS_STORE).get(loanId)).loan();
    }

    /** Puts a loan's record where another one's was, as a failing disk might. */
    void tamper(String loanId, String with) {
        store(LedgerNames.LOANS_STORE)
                .put(loanId, store(LedgerNames.LOANS_STORE).get(with));
    }

    /** Drops a loan's record. */
    void lose(String loanId) {
        store(LedgerNames.LOANS_STORE).delete(loanId);
    }

    /** Changes the stored bytes of a loan behind the ledger's back, as a failing disk or a stranger would. */
    void tamper(String loanId, UnaryOperator<byte[]> change) {
        KeyValueStore<String, byte[]> store = store(LedgerNames.LOANS_STORE);
        store.put(loanId, change.apply(store.get(loanId)));
    }

    /** As {@link #tamper}, with a loan that can be written but that no journal leads to. */
    void tamperLoan(String loanId, UnaryOperator<io.loanledger.core.loan.Loan> change) {
        tamper(loanId, bytes -> {
            StoredLoan stored = codec().decode(bytes);
            return codec().encode(new StoredLoan(
                    change.apply(stored.loan()), stored.journalSequence(), stored.journalHash()));
        });
    }

    byte[] stored(String loanId) {
        return store(LedgerNames.LOANS_STORE).get(loanId);
    }

    boolean knows(String loanId) {
        return store(LedgerNames.LOANS_STORE).get(loanId) != null;
    }

    StateDigest stores() {
        List<StoredLoan> loans = new ArrayList<>();
        LoanCodec codec = codec();
        try (KeyValueIterator<String, byte[]> all =
                store(LedgerNames.LOANS_STORE).all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> next = all.next();
                loans.add(codec.decode(next.value));
            }
        }
        return StateDigest.of(loans);
    }

    JournalFold fold() {
        JournalFold fold = new JournalFold();
        journal.forEach(fold::accept);
        return fold;
    }

    double shown(String meter) {
        return meters.get(meter).gauge().value();
    }

    double counted(String meter, String... labels) {
        return meters.get(meter).tags(labels).counter().count();
    }

    private SpecificRecord value(Topic topic, byte[] bytes) {
        return ((Decoded.Readable) reader.read(topic, bytes)).value();
    }

    private LoanCodec codec() {
        return new LoanCodec(new StoredTerms(store(LedgerNames.TASK_STATE_STORE)));
    }

    private KeyValueStore<String, byte[]> store(String name) {
        return driver.getKeyValueStore(name);
    }

    @Override
    public void close() {
        driver.close();
        registry.close();
    }
}
