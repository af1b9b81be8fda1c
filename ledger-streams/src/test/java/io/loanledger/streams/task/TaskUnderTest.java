package io.loanledger.streams.task;

import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.model.LoanWith;
import io.loanledger.events.FannedTerms;
import io.loanledger.events.IndexState;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.approval.OperatorKeys;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.InProcessSchemaRegistry;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.Facts;
import io.loanledger.streams.LedgerMeters;
import io.loanledger.streams.LedgerNames;
import io.loanledger.streams.wire.ChainHash;
import io.loanledger.streams.wire.JournalCodec;
import io.loanledger.streams.wire.JournalEntry;
import io.loanledger.streams.wire.JournalSchemas;
import io.loanledger.streams.wire.LoanCodec;
import io.loanledger.streams.wire.StoredLoan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** One loan task by itself, with stores in memory that a test may fill before the task starts, and start it over again. */
final class TaskUnderTest implements AutoCloseable {
    static final Instant START = Instant.parse("2020-03-01T00:00:00Z");

    /** How many different depths {@link #fillWithDepths} gives. */
    static final int DEPTHS = 10;

    /** Dollars from one depth to the next: more than the interest by which the horizons of two loans' keys can differ. */
    private static final int STEP = 20;

    private static final AtomicLong SCOPES = new AtomicLong();

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final LoanTask task;
    final InProcessSchemaRegistry registry;
    private final MockProcessorContext<Object, byte[]> context;
    private final RecordWriter writer;
    private final RecordReader reader;
    private final JournalCodec journalCodec;
    private final KeyValueStore<String, byte[]> loans;
    private final CountedStore counted = new CountedStore();
    private final KeyValueStore<String, byte[]> state;
    private long offset;

    /** With a first chunk as large as any. */
    TaskUnderTest(Path folder) {
        this(folder, Sweep.CHUNK);
    }

    TaskUnderTest(Path folder, int firstChunk) {
        registry = InProcessSchemaRegistry.ofScope("task-" + SCOPES.incrementAndGet());
        SchemaIds ids = new SchemaRegistrar(registry).registerAll();
        JournalSchemas schemas = JournalSchemas.of(ids, registry);
        writer = new RecordWriter(ids);
        reader = new RecordReader(registry);
        journalCodec = new JournalCodec(schemas);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, LedgerNames.APPLICATION_ID);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        context = new MockProcessorContext<>(properties, new TaskId(0, 0), folder.toFile());
        loans = store(LedgerNames.LOANS_STORE);
        state = store(LedgerNames.TASK_STATE_STORE);
        task = new LoanTask(new TaskParts(
                1,
                registry,
                ids,
                schemas,
                new LedgerMeters(meters, InstantSource.fixed(START)),
                new OperatorSkips(OperatorKeys.NONE),
                firstChunk,
                Sweep.CHUNK));
        TaskState known = new TaskState(state);
        FannedTerms terms = Facts.fanned(1, Facts.product(1, "0.12"));
        if (io.loanledger.streams.wire.BroadcastMapping.terms(terms)
                        instanceof io.loanledger.streams.wire.MappedBroadcast.Terms mapped
                && mapped.change() instanceof io.loanledger.streams.wire.MappedBroadcast.ProductChanged product) {
            known.putTerms(product.terms());
        }
    }

    private KeyValueStore<String, byte[]> store(String name) {
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(counted.around(store));
        return store;
    }

    /** So many loans of 1 BTC against 5,000 USD at 10,000, disbursed at the start, straight into the store. */
    void fill(int count) {
        Loan template = LoansForTests.active("template", START, new TaskCircumstances(new TaskState(state)));
        LoanCodec codec = codec();
        IntStream.range(0, count).forEach(number -> {
            Loan loan = LoanWith.id(template, loanId(number));
            loans.put(loan.loanId(), codec.encode(new StoredLoan(loan, number + 1L, ChainHash.GENESIS)));
        });
    }

    /** So many loans of 5,000 USD less 20 for each step of {@link #depthOf}: the higher the debt, the deeper at any price. */
    void fillWithDepths(int count) {
        TaskCircumstances circumstances = new TaskCircumstances(new TaskState(state));
        List<Loan> templates = IntStream.range(0, DEPTHS)
                .mapToObj(
                        depth -> LoansForTests.active("template", START, (5_000 - depth * STEP) + ".00", circumstances))
                .toList();
        LoanCodec codec = codec();
        IntStream.range(0, count).forEach(number -> {
            Loan loan = LoanWith.id(templates.get(depthOf(loanId(number))), loanId(number));
            loans.put(loan.loanId(), codec.encode(new StoredLoan(loan, number + 1L, ChainHash.GENESIS)));
        });
    }

    /** 0 for the deepest; spread over the ids, so that their order says nothing about it. */
    static int depthOf(String loanId) {
        return Math.floorMod(Integer.parseInt(loanId.substring(1)) * 31, DEPTHS);
    }

    /** The loan as it is stored. */
    Loan loan(String loanId) {
        return codec().decode(loans.get(loanId)).loan();
    }

    /** Breaks a stored loan, as a failing disk would. */
    void corrupt(String loanId) {
        loans.put(loanId, new byte[] {99});
    }

    /** Changes the stored bytes of a loan, as a stranger would. */
    void tamper(String loanId, UnaryOperator<byte[]> change) {
        loans.put(loanId, change.apply(loans.get(loanId)));
    }

    static String loanId(int number) {
        return "L%06d".formatted(number);
    }

    /** Takes both stores back to what they hold now, once it is run. */
    Runnable savepoint() {
        Map<String, byte[]> loansNow = contentOf(loans);
        Map<String, byte[]> stateNow = contentOf(state);
        return () -> {
            restore(loans, loansNow);
            restore(state, stateNow);
        };
    }

    /** What is kept beside the loans. */
    List<String> stateKeys() {
        return contentOf(state).keySet().stream().sorted().toList();
    }

    private static Map<String, byte[]> contentOf(KeyValueStore<String, byte[]> store) {
        Map<String, byte[]> content = new HashMap<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> content.put(entry.key, entry.value));
        }
        return content;
    }

    private static void restore(KeyValueStore<String, byte[]> store, Map<String, byte[]> content) {
        contentOf(store).keySet().forEach(store::delete);
        content.forEach(store::put);
    }

    void start() {
        task.init(context);
    }

    /** What the wall clock made an idle task do. */
    record Idle(int punctuations, long read, long written, int sent, double rounds) {}

    /**
     * Lets the wall clock run, without any record. As in Streams, each punctuation that fires is a commit of the task, whatever it
     * did.
     */
    Idle pass(Duration time) {
        long read = counted.read();
        long written = counted.written();
        int sent = context.forwarded().size();
        double rounds = meters.get("ledger_book_recounts").gauge().value();
        int fired = 0;
        IdentityHashMap<CapturedPunctuator, Long> due = new IdentityHashMap<>();
        CapturedPunctuator next = next(due, 0);
        while (due.get(next) <= time.toMillis()) {
            long now = due.get(next);
            due.put(next, now + next.getInterval().toMillis());
            next.getPunctuator().punctuate(START.toEpochMilli() + now);
            fired++;
            next = next(due, now);
        }
        return new Idle(
                fired,
                counted.read() - read,
                counted.written() - written,
                context.forwarded().size() - sent,
                meters.get("ledger_book_recounts").gauge().value() - rounds);
    }

    private CapturedPunctuator next(Map<CapturedPunctuator, Long> due, long now) {
        context.scheduledPunctuators()
                .forEach(each -> due.putIfAbsent(each, now + each.getInterval().toMillis()));
        return context.scheduledPunctuators().stream()
                .filter(each -> !each.cancelled())
                .min(Comparator.comparing(due::get))
                .orElseThrow();
    }

    void price(long sequence, Instant priceTime, String price) {
        price(sequence, priceTime, price, IndexState.LIVE);
    }

    void price(long sequence, Instant priceTime, String price, IndexState indexState) {
        process(
                TopicCatalogue.INDEX_PRICES,
                Facts.MARKET,
                Facts.price(sequence, priceTime, price, indexState),
                priceTime);
    }

    /** The same price as a later version writes it, which says more of it. */
    void priceOfLaterVersion(long sequence, Instant priceTime, String price) {
        String known = io.loanledger.events.IndexPrice.getClassSchema().toString();
        String field = ",{\"name\":\"note\",\"type\":\"string\",\"default\":\"\"}]}";
        Schema later = new Schema.Parser().parse(known.substring(0, known.lastIndexOf("]}")) + field);
        int id = registry.register(TopicCatalogue.INDEX_PRICES.name() + "-later", later);
        byte[] note = {8, 'n', 'o', 't', 'e'};
        byte[] value =
                writer.bytes(TopicCatalogue.INDEX_PRICES, Facts.price(sequence, priceTime, price, IndexState.LIVE));
        ByteBuffer written = ByteBuffer.allocate(value.length + note.length)
                .put(value)
                .put(note)
                .putInt(1, id);
        process(TopicCatalogue.INDEX_PRICES, Facts.MARKET, written.array(), priceTime);
    }

    void process(Topic topic, String key, SpecificRecord value, Instant appendedAt) {
        process(topic, key, writer.bytes(topic, value), appendedAt);
    }

    private void process(Topic topic, String key, byte[] value, Instant appendedAt) {
        context.setCurrentSystemTimeMs(appendedAt.toEpochMilli());
        context.setRecordMetadata(topic.name(), 0, offset++);
        task.process(new Record<>(key.getBytes(StandardCharsets.UTF_8), value, appendedAt.toEpochMilli()));
    }

    /** What left through a sink since the last {@link #forget}. */
    List<Record<?, byte[]>> sent(Topic topic) {
        List<Record<?, byte[]>> sent = new ArrayList<>();
        for (CapturedForward<?, ? extends byte[]> forward : context.forwarded(LedgerNames.sinkOf(topic))) {
            Record<?, ? extends byte[]> record = forward.record();
            sent.add(new Record<>(record.key(), (byte[]) record.value(), record.timestamp()));
        }
        return sent;
    }

    void forget() {
        context.resetForwards();
    }

    SpecificRecord read(Topic topic, Record<?, byte[]> record) {
        return ((Decoded.Readable) reader.read(topic, record.value())).value();
    }

    List<JournalEntry> journal() {
        return sent(TopicCatalogue.JOURNAL).stream()
                .map(record -> journalCodec.decode(record.value()))
                .toList();
    }

    List<String> loansOf(Class<? extends LoanEvent> type) {
        return journal().stream()
                .filter(entry -> type.isInstance(entry.event()))
                .map(entry -> entry.header().loanId())
                .toList();
    }

    List<LiquidationRequested> requests() {
        return sent(TopicCatalogue.LIQUIDATION_REQUESTS).stream()
                .map(record -> read(TopicCatalogue.LIQUIDATION_REQUESTS, record))
                .filter(LiquidationRequested.class::isInstance)
                .map(LiquidationRequested.class::cast)
                .toList();
    }

    double visits() {
        return meters.get("ledger_tick_visits").counter().count();
    }

    List<String> index(int count) {
        return task.describeIndex(
                IntStream.range(0, count).mapToObj(TaskUnderTest::loanId).toList());
    }

    private LoanCodec codec() {
        return new LoanCodec(new StoredTerms(state));
    }

    @Override
    public void close() {
        task.close();
        loans.close();
        state.close();
        registry.close();
    }
}
