package io.loanledger.local.checker;

import io.loanledger.core.model.LoanWith;
import io.loanledger.events.CollateralLockReverted;
import io.loanledger.events.CollateralLocked;
import io.loanledger.events.CollateralProof;
import io.loanledger.events.CollateralProofKind;
import io.loanledger.events.CollateralReleased;
import io.loanledger.events.CustodialAttestation;
import io.loanledger.events.CustodyStatement;
import io.loanledger.events.DayCount;
import io.loanledger.events.DisbursementConfirmed;
import io.loanledger.events.ExposureBasis;
import io.loanledger.events.FannedTerms;
import io.loanledger.events.FannedTermsKind;
import io.loanledger.events.IndexPrice;
import io.loanledger.events.IndexState;
import io.loanledger.events.KillSwitch;
import io.loanledger.events.LoanRequested;
import io.loanledger.events.MarketPause;
import io.loanledger.events.OperatorSkip;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.RepaymentReceived;
import io.loanledger.events.RepaymentReversed;
import io.loanledger.events.approval.OperatorKeys;
import io.loanledger.events.header.Origin;
import io.loanledger.events.serde.InProcessSchemaRegistry;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.LedgerMeters;
import io.loanledger.streams.LedgerNames;
import io.loanledger.streams.task.OperatorSkips;
import io.loanledger.streams.task.StoredTerms;
import io.loanledger.streams.task.TaskParts;
import io.loanledger.streams.wire.JournalCodec;
import io.loanledger.streams.wire.JournalSchemas;
import io.loanledger.streams.wire.LoanCodec;
import io.loanledger.streams.wire.StoredLoan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's real topology in Kafka's test driver, with everything that goes in and comes out written to a history. The test plays the
 * world outside, the liquidation processor and the desk.
 */
final class RecordedLedger implements AutoCloseable {
    static final Instant START = Instant.parse("2020-03-01T00:00:00Z");
    static final String MARKET = "BTC-USD";
    static final String PRODUCT = "btc-24h";
    static final String PRODUCER = "test";
    private static final AtomicLong SCOPES = new AtomicLong();
    private static final List<Topic> OUT = List.of(
            TopicCatalogue.JOURNAL,
            TopicCatalogue.MARGIN_CALLS,
            TopicCatalogue.REJECTIONS,
            TopicCatalogue.CUSTODY_INSTRUCTIONS,
            TopicCatalogue.PAYMENT_INSTRUCTIONS,
            TopicCatalogue.LIQUIDATION_REQUESTS,
            TopicCatalogue.STRAYED,
            TopicCatalogue.CLAIM_REQUESTS,
            TopicCatalogue.CLAIM_RESULTS,
            TopicCatalogue.CONTINUATIONS,
            TopicCatalogue.DEAD_LETTERS);

    final TestOperators operators = new TestOperators("ada", "grace");
    final RecordedHistory history;
    private final InProcessSchemaRegistry registry;
    private final SchemaIds ids;
    private final RecordWriter writer;
    private final Driven driver;
    Instant now = START;
    private long indexSequence;
    private final Map<String, Long> newest = new HashMap<>();
    private long fanned;
    private int facts;

    /** What records are put through: the ledger's topology, or one of its tasks. */
    interface Driven extends AutoCloseable {
        void take(Topic topic, TestRecord<byte[], byte[]> record);

        /** What was written to a topic since the last call. */
        List<TestRecord<byte[], byte[]>> written(Topic topic);

        KeyValueStore<String, byte[]> store(String name);

        @Override
        void close();
    }

    RecordedLedger(Path folder) {
        this(2_000, (parts, scope) -> TopologyDriven.of(parts, scope, folder));
    }

    /** @param chunk the most loans that one record visits */
    RecordedLedger(int chunk, BiFunction<TaskParts, String, Driven> driven) {
        String scope = "checked-" + SCOPES.incrementAndGet();
        registry = InProcessSchemaRegistry.ofScope(scope);
        ids = new SchemaRegistrar(registry).registerAll();
        writer = new RecordWriter(ids);
        history = new RecordedHistory(id -> registry.schema(id).orElse(null));
        driver = driven.apply(
                new TaskParts(
                        1,
                        registry,
                        ids,
                        JournalSchemas.of(ids, registry),
                        new LedgerMeters(new SimpleMeterRegistry(), InstantSource.fixed(START)),
                        new OperatorSkips(OperatorKeys.parse(operators.lines())),
                        chunk,
                        chunk),
                scope);
    }

    /** With terms and an open market at 10,000. */
    static RecordedLedger open(Path folder) {
        RecordedLedger ledger = new RecordedLedger(folder);
        ledger.terms("0.12");
        ledger.price(START, "10000");
        return ledger;
    }

    String nextId() {
        return "e" + ++facts;
    }

    /** To the ledger, and into the history. */
    void send(Topic topic, String key, SpecificRecord value) {
        send(topic, key.getBytes(StandardCharsets.UTF_8), writer.bytes(topic, value));
    }

    void send(Topic topic, byte[] key, byte[] value) {
        send(topic, key, value, new RecordHeaders());
    }

    private void send(Topic topic, byte[] key, byte[] value, Headers headers) {
        history.append(topic.name(), now.toEpochMilli(), key, value, map(headers));
        through(topic, key, value, headers);
    }

    /** To the ledger what it wrote to itself, and what stands in the history already. */
    void giveBack(Topic topic, Message message) {
        through(topic, message.key(), message.value(), new RecordHeaders());
    }

    private void through(Topic topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        driver.take(topic, new TestRecord<>(key, value, headers, now));
        for (Topic out : OUT) {
            for (TestRecord<byte[], byte[]> record : driver.written(out)) {
                history.append(out.name(), now.toEpochMilli(), record.key(), record.value(), map(record.headers()));
            }
        }
    }

    /** Into the history only: what others write and the ledger does not read. */
    void tell(Topic topic, String key, SpecificRecord value) {
        history.append(
                topic.name(),
                now.toEpochMilli(),
                key.getBytes(StandardCharsets.UTF_8),
                writer.bytes(topic, value),
                Map.of());
    }

    private static Map<String, byte[]> map(Headers headers) {
        Map<String, byte[]> map = new HashMap<>();
        headers.forEach(header -> map.put(header.key(), header.value()));
        return map;
    }

    /** Reads the journal as its own readers do. */
    JournalCodec journal() {
        return new JournalCodec(JournalSchemas.of(ids, registry));
    }

    /** Reads every other topic likewise. */
    RecordReader reader() {
        return new RecordReader(registry);
    }

    /** What the ledger last wrote to a topic. */
    Message last(Topic topic) {
        return history.of(topic.name()).getLast();
    }

    // --- the world
    // ---------------------------------------------------------------------------------------------------------

    void terms(String annualRate) {
        terms(annualRate, DayCount.ACT_365F, ExposureBasis.OUTSTANDING, 365);
    }

    void terms(String annualRate, DayCount dayCount, ExposureBasis basis, int termDays) {
        terms(SceneTerms.plain(annualRate, dayCount, basis, termDays));
    }

    void terms(ProductTerms terms) {
        fan(FannedTermsKind.PRODUCT_TERMS, fanned -> fanned.setProductTerms(terms));
    }

    /** What all tasks are told next. */
    void fan(FannedTermsKind kind, UnaryOperator<FannedTerms.Builder> content) {
        FannedTerms.Builder next =
                FannedTerms.newBuilder().setEpoch(1L).setSequence(++fanned).setKind(kind);
        send(TopicCatalogue.TERMS_FANNED, PRODUCT, content.apply(next).build());
    }

    void price(Instant priceTime, String price) {
        price(MARKET, priceTime, price);
    }

    void price(String market, Instant priceTime, String price) {
        if (priceTime.isAfter(now)) {
            now = priceTime;
        }
        newest.put(market, ++indexSequence);
        send(
                TopicCatalogue.INDEX_PRICES,
                market,
                new IndexPrice(market, 1L, indexSequence, priceTime, price, IndexState.LIVE, "", 3, List.of()));
    }

    /** The next price, so many seconds later. */
    void priceAfter(long seconds, String price) {
        price(now.plusSeconds(seconds), price);
    }

    /** Of a market. */
    long indexSequence(String market) {
        return newest.get(market);
    }

    long indexSequence() {
        return indexSequence;
    }

    void requested(String loanId, String principal) {
        send(
                TopicCatalogue.LOANS,
                loanId,
                new LoanRequested(nextId(), now, PRODUCER, loanId, "alice", PRODUCT, principal, "USD", "BTC", null));
    }

    static CollateralProof proof(String id) {
        return new CollateralProof(
                CollateralProofKind.CUSTODIAL_ATTESTATION, null, null, null, new CustodialAttestation("vault", id));
    }

    void locked(String loanId, String proof, String quantity) {
        locked(loanId, proof, "BTC", quantity);
    }

    void locked(String loanId, String proof, String asset, String quantity) {
        send(
                TopicCatalogue.COLLATERAL,
                loanId,
                new CollateralLocked(nextId(), now, PRODUCER, loanId, asset, quantity, proof(proof), 6));
    }

    void reverted(String loanId, String proof) {
        send(
                TopicCatalogue.COLLATERAL,
                loanId,
                new CollateralLockReverted(nextId(), now, PRODUCER, loanId, proof(proof), "reorganised"));
    }

    void stated(String loanId, String quantity, Instant cut) {
        send(TopicCatalogue.COLLATERAL, loanId, new CustodyStatement(nextId(), cut, PRODUCER, loanId, "BTC", quantity));
    }

    void disbursed(String loanId, String amount) {
        send(
                TopicCatalogue.MOVEMENTS,
                loanId,
                new DisbursementConfirmed(nextId(), now, PRODUCER, loanId, loanId + "/disbursement", amount, "USD"));
    }

    void repaid(String eventId, String loanId, String amount) {
        repaid(eventId, loanId, amount, now);
    }

    void repaid(String eventId, String loanId, String amount, Instant occurredAt) {
        send(TopicCatalogue.MOVEMENTS, loanId, repayment(eventId, loanId, amount, occurredAt));
    }

    private static RepaymentReceived repayment(String eventId, String loanId, String amount, Instant occurredAt) {
        return new RepaymentReceived(
                eventId, occurredAt, PRODUCER, loanId, "pay-" + eventId + "-" + amount, amount, "USD");
    }

    /** A payment written to partition 1, and what the task of that partition sends here for it. */
    void repaidAstray(String loanId, String amount) {
        byte[] key = loanId.getBytes(StandardCharsets.UTF_8);
        byte[] value = writer.bytes(TopicCatalogue.MOVEMENTS, repayment(nextId(), loanId, amount, now));
        Message astray = history.append(TopicCatalogue.MOVEMENTS.name(), 1, now.toEpochMilli(), key, value, Map.of());
        Headers origin = new RecordHeaders();
        new Origin(astray.topic(), astray.partition(), astray.offset(), astray.timestampMillis()).writeTo(origin);
        send(TopicCatalogue.STRAYED, key, value, origin);
    }

    /** Takes back what {@link #repaid} told. */
    void reversed(String eventId, String loanId, String amount) {
        send(
                TopicCatalogue.MOVEMENTS,
                loanId,
                new RepaymentReversed(
                        nextId(), now, PRODUCER, loanId, "pay-" + eventId + "-" + amount, amount, "USD", "recalled"));
    }

    void released(String loanId, int number, String quantity) {
        send(
                TopicCatalogue.COLLATERAL,
                loanId,
                new CollateralReleased(
                        nextId(), now, PRODUCER, loanId, loanId + "/release/" + number, "BTC", quantity, "tx"));
    }

    /** Where the next record of a partition will stand. */
    long nextOffset(Topic topic, int partition) {
        return history.of(topic.name()).stream()
                .filter(message -> message.partition() == partition)
                .count();
    }

    /** What operators ordered, as the lender's terms and as they are fanned out. */
    void order(String eventId, Topic topic, int partition, long offset) {
        OperatorSkip order = operators.order(eventId, topic.name(), partition, offset);
        tell(TopicCatalogue.TERMS, topic.name(), order);
        fan(FannedTermsKind.OPERATOR_SKIP, content -> content.setOperatorSkip(order));
    }

    void kill(boolean engaged) {
        KillSwitch kill = new KillSwitch(nextId(), now, PRODUCER, engaged, "a test");
        fan(FannedTermsKind.KILL_SWITCH, content -> content.setKillSwitch(kill));
    }

    void pause(boolean paused) {
        MarketPause pause = new MarketPause(nextId(), now, PRODUCER, MARKET, paused, "a test");
        fan(FannedTermsKind.MARKET_PAUSE, content -> content.setMarketPause(pause));
    }

    /** Behind the ledger's back its store gets an instruction to release coin that the loan does not have. */
    void breakRelease(String loanId, String instructionId, String quantity) {
        store(loanId, loan -> LoanWith.unknownRelease(loan, instructionId, quantity));
    }

    /** The store as it was before it was broken. */
    void mend(String loanId, String instructionId) {
        store(loanId, loan -> LoanWith.noInstruction(loan, instructionId));
    }

    private void store(String loanId, UnaryOperator<io.loanledger.core.loan.Loan> change) {
        KeyValueStore<String, byte[]> loans = driver.store(LedgerNames.LOANS_STORE);
        LoanCodec codec = new LoanCodec(new StoredTerms(driver.store(LedgerNames.TASK_STATE_STORE)));
        StoredLoan stored = codec.decode(loans.get(loanId));
        loans.put(
                loanId,
                codec.encode(
                        new StoredLoan(change.apply(stored.loan()), stored.journalSequence(), stored.journalHash())));
    }

    /** 1 BTC against 5,000 USD at 10,000: loan-to-value 50 %. */
    void active(String loanId) {
        requested(loanId, "5000.00");
        locked(loanId, "coin-of-" + loanId, "1.00000000");
        disbursed(loanId, "5000.00");
    }

    @Override
    public void close() {
        driver.close();
        registry.close();
    }
}
