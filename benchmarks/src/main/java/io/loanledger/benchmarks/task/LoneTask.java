package io.loanledger.benchmarks.task;

import io.loanledger.benchmarks.world.BenchBook;
import io.loanledger.benchmarks.world.IndexFeed;
import io.loanledger.events.ClaimGranted;
import io.loanledger.events.CollateralLocked;
import io.loanledger.events.CollateralProof;
import io.loanledger.events.CollateralProofKind;
import io.loanledger.events.CustodialAttestation;
import io.loanledger.events.Disburse;
import io.loanledger.events.DisbursementConfirmed;
import io.loanledger.events.FannedTerms;
import io.loanledger.events.FannedTermsKind;
import io.loanledger.events.LoanRequested;
import io.loanledger.events.approval.OperatorKeys;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.sim.DemoProducts;
import io.loanledger.streams.LedgerMeters;
import io.loanledger.streams.LedgerNames;
import io.loanledger.streams.task.LoanTask;
import io.loanledger.streams.task.OperatorSkips;
import io.loanledger.streams.task.TaskParts;
import io.loanledger.streams.wire.JournalSchemas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The ledger's real task over stores of its own, without broker, consumer and producer: what is left is the ledger's own work. It takes and gives
 * the bytes of the wire. For one thread.
 */
public final class LoneTask implements AutoCloseable {

    private static final Instant START = Instant.parse("2026-01-05T12:00:00Z");
    private static final String PRODUCER = "bench";

    private final SchemaRegistry registry;
    private final RecordWriter writer;
    private final RecordReader reader;
    private final MockProcessorContext<Object, byte[]> context;
    private final KeyValueStore<String, byte[]> loans;
    private final LoanTask task;
    private Instant now = START;
    private long offset;
    private long sequence;

    private LoneTask(KeyValueStore<String, byte[]> loans, String scope) {
        this.loans = loans;
        registry = SchemaRegistry.open(Map.of("schema.registry.url", SchemaRegistry.IN_PROCESS_PREFIX + scope));
        SchemaIds ids = new SchemaRegistrar(registry).registerAll();
        writer = new RecordWriter(ids);
        reader = new RecordReader(registry);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, LedgerNames.APPLICATION_ID);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1"); // never asked
        context = new MockProcessorContext<>(
                properties, new TaskId(0, 0), new File(System.getProperty("java.io.tmpdir"), "bench-" + scope));
        KeyValueStore<String, byte[]> state = inMemory(LedgerNames.TASK_STATE_STORE);
        state.init(context.getStateStoreContext(), state);
        context.addStateStore(state);
        loans.init(context.getStateStoreContext(), loans);
        context.addStateStore(loans);
        task = new LoanTask(new TaskParts(
                1,
                registry,
                ids,
                JournalSchemas.of(ids, registry),
                new LedgerMeters(new SimpleMeterRegistry(), InstantSource.system()),
                new OperatorSkips(OperatorKeys.NONE)));
        // Stored loans name their terms, so a task without terms could not read them: once without loans, then with all
        // of them.
        if (loans instanceof SyntheticLoans synthetic) {
            synthetic.hide(true);
            begin();
            synthetic.hide(false);
            task.init(context);
        } else {
            begin();
        }
    }

    private void begin() {
        task.init(context);
        take(
                TopicCatalogue.TERMS_FANNED,
                DemoProducts.PATIENT,
                FannedTerms.newBuilder()
                        .setEpoch(1)
                        .setSequence(1)
                        .setKind(FannedTermsKind.PRODUCT_TERMS)
                        .setProductTerms(DemoProducts.terms(
                                DemoProducts.PATIENT, Duration.ofHours(24), Duration.ofMinutes(10), START, PRODUCER))
                        .build());
        price(BenchBook.OPENING_PRICE);
    }

    /** A task over so many loans, sold at prices from 2,500 to 5,000; its index is built when this returns. */
    public static LoneTask over(int count) {
        return new LoneTask(new SyntheticLoans(LedgerNames.LOANS_STORE, count, templates()), "task-" + count);
    }

    private static final int TEMPLATES = 100;

    private static List<byte[]> templates() {
        try (LoneTask first = new LoneTask(inMemory(LedgerNames.LOANS_STORE), "templates")) {
            var stored = new ArrayList<byte[]>();
            for (int number = 0; number < TEMPLATES; number++) {
                BigDecimal salePrice = BigDecimal.valueOf(2_500 + 25L * number);
                stored.add(first.open(BenchBook.idOf(number), salePrice));
            }
            return stored;
        }
    }

    /** Opens one loan by the facts that open one, and says how it is stored. */
    private byte[] open(String loanId, BigDecimal salePrice) {
        String proof = "coin-of-" + loanId;
        take(
                TopicCatalogue.LOANS,
                loanId,
                LoanRequested.newBuilder()
                        .setEventId("request-" + loanId)
                        .setOccurredAt(now)
                        .setProducer(PRODUCER)
                        .setLoanId(loanId)
                        .setBorrowerId("borrower")
                        .setProductId(DemoProducts.PATIENT)
                        .setPrincipal(BenchBook.PRINCIPAL.toPlainString())
                        .setDebtAsset(DemoProducts.DEBT_ASSET)
                        .setCollateralAsset(DemoProducts.COLLATERAL_ASSET)
                        .build());
        BigDecimal coin = new BigDecimal("500").divide(salePrice, 8, RoundingMode.DOWN);
        take(
                TopicCatalogue.COLLATERAL,
                loanId,
                CollateralLocked.newBuilder()
                        .setEventId("lock-" + loanId)
                        .setOccurredAt(now)
                        .setProducer(PRODUCER)
                        .setLoanId(loanId)
                        .setAsset(DemoProducts.COLLATERAL_ASSET)
                        .setQuantity(coin.toPlainString())
                        .setProof(CollateralProof.newBuilder()
                                .setKind(CollateralProofKind.CUSTODIAL_ATTESTATION)
                                .setCustodialAttestation(new CustodialAttestation("vault", proof))
                                .build())
                        .setConfirmations(6)
                        .build());
        var claim = (io.loanledger.events.ClaimRequested) onlyOne(TopicCatalogue.CLAIM_REQUESTS);
        take(
                TopicCatalogue.CLAIM_RESULTS,
                loanId,
                ClaimGranted.newBuilder()
                        .setOutpoint(claim.getOutpoint())
                        .setLoanId(loanId)
                        .setGrantedAt(now)
                        .build());
        var payout = (Disburse) onlyOne(TopicCatalogue.PAYMENT_INSTRUCTIONS);
        take(
                TopicCatalogue.MOVEMENTS,
                loanId,
                DisbursementConfirmed.newBuilder()
                        .setEventId("disbursed-" + loanId)
                        .setOccurredAt(now)
                        .setProducer(PRODUCER)
                        .setLoanId(loanId)
                        .setInstructionId(payout.getInstructionId())
                        .setAmount(payout.getAmount())
                        .setAsset(payout.getAsset())
                        .build());
        return loans.get(loanId);
    }

    /** Takes one index price. */
    public void price(BigDecimal price) {
        ticks(List.of(tick(price)));
    }

    /**
     * Takes a price and works off all that comes of it, one continuation after the other, as the task's own topic would bring them. What it sent
     * before is forgotten.
     *
     * @return how many sales it asked for
     */
    public int sweep(BigDecimal price) {
        context.resetForwards();
        price(price);
        int sold = 0;
        while (true) {
            sold += sent(TopicCatalogue.LIQUIDATION_REQUESTS);
            var later = context.forwarded(LedgerNames.sinkOf(TopicCatalogue.CONTINUATIONS));
            context.resetForwards();
            if (later.isEmpty()) {
                return sold;
            }
            context.setRecordMetadata(TopicCatalogue.CONTINUATIONS.name(), 0, offset++);
            task.process(new Record<>(
                    IndexFeed.MARKET.getBytes(StandardCharsets.UTF_8),
                    later.getFirst().record().value(),
                    now.toEpochMilli()));
        }
    }

    /** The next index price as it stands on the wire, five venues with it. */
    public byte[] tick(BigDecimal price) {
        now = now.plusMillis(20);
        return writer.bytes(TopicCatalogue.INDEX_PRICES, IndexFeed.record(1, ++sequence, now, price));
    }

    /** Takes prices that were made by {@link #tick}, in their order. */
    public void ticks(List<byte[]> values) {
        byte[] key = IndexFeed.MARKET.getBytes(StandardCharsets.UTF_8);
        long appended = now.toEpochMilli();
        context.setCurrentSystemTimeMs(appended);
        for (byte[] value : values) {
            context.setRecordMetadata(TopicCatalogue.INDEX_PRICES.name(), 0, offset++);
            task.process(new Record<>(key, value, appended));
        }
    }

    private void take(Topic topic, String key, SpecificRecord value) {
        context.setCurrentSystemTimeMs(now.toEpochMilli());
        context.setRecordMetadata(topic.name(), 0, offset++);
        context.resetForwards();
        task.process(
                new Record<>(key.getBytes(StandardCharsets.UTF_8), writer.bytes(topic, value), now.toEpochMilli()));
    }

    /** How many records the last input, or the ticks since, sent anywhere. */
    public int sent() {
        return context.forwarded().size();
    }

    /** How many of them went to a topic. */
    int sent(Topic topic) {
        return context.forwarded(LedgerNames.sinkOf(topic)).size();
    }

    /** The one record that the last input sent to a topic. */
    private SpecificRecord onlyOne(Topic topic) {
        var forwarded = context.forwarded(LedgerNames.sinkOf(topic));
        if (forwarded.size() != 1) {
            throw new IllegalStateException(forwarded.size() + " records to " + topic.name() + ", not one");
        }
        byte[] value = forwarded.getFirst().record().value();
        return switch (reader.read(topic, value)) {
            case Decoded.Readable readable -> readable.value();
            case Decoded.Unreadable unreadable -> throw new IllegalStateException(unreadable.detail());
            case Decoded.Unavailable unavailable -> throw unavailable.cause();
        };
    }

    private static KeyValueStore<String, byte[]> inMemory(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
    }

    @Override
    public void close() {
        task.close();
        registry.close();
    }
}
