package io.loanledger.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.Loan;
import io.loanledger.events.AssetDefinition;
import io.loanledger.events.ClockStopper;
import io.loanledger.events.CollateralLocked;
import io.loanledger.events.CollateralProof;
import io.loanledger.events.CollateralProofKind;
import io.loanledger.events.CollateralReleased;
import io.loanledger.events.CollateralTerms;
import io.loanledger.events.CustodialAttestation;
import io.loanledger.events.DayCount;
import io.loanledger.events.Disburse;
import io.loanledger.events.DisbursementConfirmed;
import io.loanledger.events.ExposureBasis;
import io.loanledger.events.Fraction;
import io.loanledger.events.IndexPrice;
import io.loanledger.events.IndexState;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.LiquidationTerms;
import io.loanledger.events.LoanRequested;
import io.loanledger.events.MarginCallTerms;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.ReleaseCollateral;
import io.loanledger.events.RepaymentReceived;
import io.loanledger.events.Threshold;
import io.loanledger.events.ThresholdComparator;
import io.loanledger.events.approval.OperatorKeys;
import io.loanledger.events.broadcast.BroadcastStream;
import io.loanledger.events.broadcast.PartitionBroadcast;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.service.ObservabilitySettings;
import io.loanledger.events.service.ServicePhase;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.events.topic.TopicProvisioner;
import io.loanledger.events.topic.TopicSettings;
import io.loanledger.local.kafka.EmbeddedKafka;
import io.loanledger.local.net.FreePorts;
import io.loanledger.local.testing.Await;
import io.loanledger.local.topic.TopicOutbox;
import io.loanledger.streams.service.LedgerService;
import io.loanledger.streams.service.LedgerSettings;
import io.loanledger.streams.wire.JournalCodec;
import io.loanledger.streams.wire.JournalEntry;
import io.loanledger.streams.wire.JournalFold;
import io.loanledger.streams.wire.JournalSchemas;
import io.loanledger.streams.wire.StateDigest;
import io.loanledger.streams.wire.StoredLoan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;

/**
 * A broker of its own, one instance of the ledger on it, and the world outside as a few methods. The registry is in process unless
 * the address of another is given.
 */
final class LedgerOnABroker implements AutoCloseable {
    static final String MARKET = "BTC-USD";
    static final String INSTANCE_ID = "test-1";
    static final String PRODUCT = "btc-24h";
    private static final String PRODUCER = "test";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final int partitions;
    private final EmbeddedKafka kafka;
    private final KafkaConnectionSettings connection;
    private final SchemaRegistry registry;
    private final SchemaIds ids;
    private final RecordReader reader;
    private @Nullable TopicOutbox outbox;
    private final Map<String, PartitionBroadcast> indexes = new HashMap<>();
    private @Nullable LedgerService service;
    private OperatorKeys operatorKeys = OperatorKeys.NONE;
    private Map<String, String> ofClients = Map.of();
    private int facts;

    LedgerOnABroker(Path folder, int partitions) {
        this(folder, partitions, "mock://" + folder.getFileName());
    }

    LedgerOnABroker(Path folder, int partitions, String registryUrl) {
        this.folder = folder;
        this.partitions = partitions;
        kafka = EmbeddedKafka.onFreePort(folder.resolve("kafka"));
        kafka.start();
        connection = KafkaConnectionSettings.plain(kafka.bootstrapServers(), registryUrl);
        registry = SchemaRegistry.open(connection.registryProperties());
        ids = new SchemaRegistrar(registry).registerAll();
        reader = new RecordReader(registry);
    }

    // --- the service -------------------------------------------------------------------------------------------------

    /** The operators of whom two together may have a record skipped; for instances that start from here on. */
    void knowOperators(OperatorKeys keys) {
        operatorKeys = keys;
    }

    /** Settings of the clients of instances that start from here on. */
    void configureClients(Map<String, String> settings) {
        ofClients = settings;
    }

    private KafkaConnectionSettings connectionOfTheService() {
        Map<String, Object> clients = new HashMap<>(connection.clientProperties());
        clients.putAll(ofClients);
        return new KafkaConnectionSettings(
                connection.bootstrapServers(), connection.registryUrls(), clients, connection.registryProperties());
    }

    /** Starts an instance that shows its meters on this port, and does not wait for it; the caller closes it. */
    LedgerService begin(int metricsPort) {
        return LedgerService.start(new LedgerSettings(
                connectionOfTheService(),
                new TopicSettings(partitions, (short) 1, TopicSettings.Startup.CREATE),
                new ObservabilitySettings("127.0.0.1", metricsPort, Duration.ofSeconds(5)),
                INSTANCE_ID,
                stateFolder(),
                2,
                0,
                32,
                Duration.ofMillis(20),
                LedgerSettings.Schemas.REGISTER,
                operatorKeys));
    }

    void startService() {
        LedgerService started = begin(FreePorts.one());
        service = started;
        Await.until(
                () -> started.phase() == ServicePhase.RUNNING,
                PATIENCE,
                () -> "the ledger is in phase " + started.phase());
        openWorld();
    }

    /** Makes the topics, so that the world may begin before the ledger does. */
    void openWorld() {
        if (outbox == null) {
            try (Admin admin = Admin.create(connection.clientProperties())) {
                new TopicProvisioner(
                                admin, new TopicSettings(partitions, (short) 1, TopicSettings.Startup.CREATE), PATIENCE)
                        .provision(TopicCatalogue.ALL);
            }
            outbox = new TopicOutbox(connection);
            openIndexOf(MARKET);
        }
    }

    /** From here on the index of this market has a writer. */
    void openIndexOf(String market) {
        indexes.put(
                market,
                PartitionBroadcast.open(
                        connection,
                        BroadcastStream.indexPrices(market),
                        new RecordReader(registry),
                        new RecordWriter(ids),
                        PartitionBroadcast.Start.AFTER_LAST));
    }

    void restartService() {
        service().close();
        startService();
    }

    KafkaConnectionSettings connection() {
        return connection;
    }

    /** Where the instance keeps its stores. */
    Path stateFolder() {
        return folder.resolve("state");
    }

    LedgerService service() {
        return Objects.requireNonNull(service, "not started");
    }

    Optional<Loan> loan(String loanId) {
        return fromTheStores(() -> service().loan(loanId).map(StoredLoan::loan));
    }

    StateDigest storeDigest() {
        return fromTheStores(() -> {
            List<StoredLoan> loans = new ArrayList<>();
            service().forEachLoan(loans::add);
            return StateDigest.of(loans);
        });
    }

    /** Waits while a task is closed: a slow machine may cost a thread its transaction, and the task opens again. */
    private static <T> T fromTheStores(Supplier<T> reading) {
        return Await.present(
                () -> {
                    try {
                        return Optional.of(reading.get());
                    } catch (InvalidStateStoreException closed) {
                        return Optional.empty();
                    }
                },
                PATIENCE,
                () -> "the stores stay closed");
    }

    JournalFold foldOfTheJournal() {
        JournalFold fold = new JournalFold();
        journal().forEach(fold::accept);
        return fold;
    }

    /**
     * The fold of a journal without findings that gives what the stores hold. It is waited for: the stores show what is
     * not committed yet, and the journal is read as far as it is.
     */
    JournalFold foldThatGivesTheStores(Duration patience) {
        return Await.present(
                () -> {
                    JournalFold fold = foldOfTheJournal();
                    assertThat(fold.findings()).isEmpty();
                    return Optional.of(fold).filter(told -> told.digest().equals(storeDigest()));
                },
                patience,
                () -> "the journal gives " + foldOfTheJournal().digest() + ", the stores " + storeDigest());
    }

    /** Each partition in its order. */
    List<JournalEntry> journal() {
        JournalCodec codec = new JournalCodec(JournalSchemas.of(ids, registry));
        return records(
                        TopicCatalogue.JOURNAL,
                        IntStream.range(0, partitions).boxed().toList())
                .stream()
                .map(record -> codec.decode(record.value()))
                .toList();
    }

    // --- what is written to it ---------------------------------------------------------------------------------------

    /** The demo's product: open 50 %, call 70 % cured at 60 % within 24 h, liquidate at 80 % to 60 %, dust 500, fee 0.99 %. */
    void terms(int version, String annualRate) {
        AssetDefinition dollar = new AssetDefinition("USD", 2, "swift/iso4217:USD");
        AssetDefinition bitcoin = new AssetDefinition("BTC", 8, "bip122:000000000019d6689c085ae165831e93/slip44:0");
        send(
                TopicCatalogue.TERMS,
                PRODUCT,
                new ProductTerms(
                        "terms-" + version,
                        Instant.EPOCH,
                        PRODUCER,
                        PRODUCT,
                        version,
                        dollar,
                        List.of(new CollateralTerms(bitcoin, MARKET, "0", "0.00010000", List.of(), null)),
                        percent(50),
                        new MarginCallTerms(reaches(70), percent(60), 86_400L, 3_600L, ClockStopper.DETECTED),
                        new LiquidationTerms(reaches(80), percent(60), "500.00", "0.0099", "0.02", null),
                        annualRate,
                        DayCount.ACT_365F,
                        ExposureBasis.OUTSTANDING,
                        365,
                        null,
                        null,
                        null,
                        false));
    }

    private static Fraction percent(int percent) {
        return new Fraction(Integer.toString(percent), "100");
    }

    private static Threshold reaches(int percent) {
        return new Threshold(percent(percent), ThresholdComparator.REACHES);
    }

    void price(Instant priceTime, String price, IndexState state) {
        price(MARKET, priceTime, price, state);
    }

    void price(String market, Instant priceTime, String price, IndexState state) {
        Objects.requireNonNull(indexes.get(market), market)
                .publish(
                        market,
                        (epoch, sequence) ->
                                new IndexPrice(market, epoch, sequence, priceTime, price, state, "", 3, List.of()));
    }

    void requested(String loanId, Instant at, String principal) {
        send(
                TopicCatalogue.LOANS,
                loanId,
                new LoanRequested(nextId(), at, PRODUCER, loanId, "alice", PRODUCT, principal, "USD", "BTC", null));
    }

    void locked(String loanId, Instant at, String proof, String quantity) {
        locked(loanId, at, proof, "BTC", quantity);
    }

    void locked(String loanId, Instant at, String proof, String asset, String quantity) {
        CollateralProof attested = new CollateralProof(
                CollateralProofKind.CUSTODIAL_ATTESTATION, null, null, null, new CustodialAttestation("vault", proof));
        send(
                TopicCatalogue.COLLATERAL,
                loanId,
                new CollateralLocked(nextId(), at, PRODUCER, loanId, asset, quantity, attested, 6));
    }

    void disbursed(Disburse instruction, Instant at) {
        send(
                TopicCatalogue.MOVEMENTS,
                instruction.getLoanId(),
                new DisbursementConfirmed(
                        nextId(),
                        at,
                        PRODUCER,
                        instruction.getLoanId(),
                        instruction.getInstructionId(),
                        instruction.getAmount(),
                        instruction.getAsset()));
    }

    void repaid(String loanId, Instant at, String amount) {
        String eventId = nextId();
        send(
                TopicCatalogue.MOVEMENTS,
                loanId,
                new RepaymentReceived(eventId, at, PRODUCER, loanId, "pay-" + eventId, amount, "USD"));
    }

    void released(ReleaseCollateral instruction, Instant at) {
        send(
                TopicCatalogue.COLLATERAL,
                instruction.getLoanId(),
                new CollateralReleased(
                        nextId(),
                        at,
                        PRODUCER,
                        instruction.getLoanId(),
                        instruction.getInstructionId(),
                        instruction.getAsset(),
                        instruction.getQuantity(),
                        "tx"));
    }

    void settled(LiquidationSettled settlement) {
        send(TopicCatalogue.LIQUIDATION_REPLIES, settlement.getLoanId(), settlement);
    }

    void send(Topic topic, String key, SpecificRecord value) {
        TopicOutbox out = Objects.requireNonNull(outbox);
        out.send(topic, key, value);
        out.flush();
    }

    /** The value as it stands on the wire. */
    byte[] bytes(Topic topic, SpecificRecord value) {
        return new RecordWriter(ids).bytes(topic, value);
    }

    private String nextId() {
        return "fact-" + ++facts;
    }

    // --- what it wrote -----------------------------------------------------------------------------------------------

    List<SpecificRecord> read(Topic topic) {
        return values(topic, IntStream.range(0, partitions).boxed().toList());
    }

    <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type) {
        return read(topic).stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits for so many: a transaction ends in each topic at a moment of its own. */
    <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type, int atLeast, Duration patience) {
        return Await.present(
                () -> Optional.of(read(topic, type)).filter(found -> found.size() >= atLeast),
                patience,
                () -> topic.name() + " has " + read(topic, type).size() + " of " + atLeast + " "
                        + type.getSimpleName());
    }

    /** The records of the journal that no careful reader sees, or not yet. */
    int hiddenInTheJournal() {
        List<Integer> all = IntStream.range(0, partitions).boxed().toList();
        return records(TopicCatalogue.JOURNAL, all, "read_uncommitted").size()
                - records(TopicCatalogue.JOURNAL, all).size();
    }

    /** Up to where a group has committed its reading of a partition. */
    long readUpTo(String group, Topic topic, int partition) {
        TopicPartition read = new TopicPartition(topic.name(), partition);
        Map<String, Object> settings = new HashMap<>(connection.clientProperties());
        settings.put("group.id", group);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            OffsetAndMetadata committed = consumer.committed(Set.of(read)).get(read);
            return committed == null ? 0 : committed.offset();
        }
    }

    /** The place behind the last committed record of a partition. */
    long endOf(Topic topic, int partition) {
        return records(topic, List.of(partition)).stream()
                .mapToLong(record -> record.offset() + 1)
                .max()
                .orElse(0);
    }

    /** Under {@code read_uncommitted} with what was aborted, too. */
    <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type, String isolation) {
        List<Integer> all = IntStream.range(0, partitions).boxed().toList();
        return decoded(topic, records(topic, all, isolation)).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    <T extends SpecificRecord> List<T> readPartition(Topic topic, int partition, Class<T> type) {
        return values(topic, List.of(partition)).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private List<SpecificRecord> values(Topic topic, List<Integer> numbers) {
        return decoded(topic, records(topic, numbers));
    }

    private List<SpecificRecord> decoded(Topic topic, List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> ((Decoded.Readable) reader.read(topic, record.value())).value())
                .toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> records(Topic topic, List<Integer> numbers) {
        return records(topic, numbers, "read_committed");
    }

    private List<ConsumerRecord<byte[], byte[]>> records(Topic topic, List<Integer> numbers, String isolation) {
        Map<String, Object> properties = new HashMap<>(connection.clientProperties());
        properties.put("isolation.level", isolation);
        List<TopicPartition> read = numbers.stream()
                .map(number -> new TopicPartition(topic.name(), number))
                .toList();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(read);
            consumer.seekToBeginning(read);
            Map<TopicPartition, Long> ends = consumer.endOffsets(read);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(50)).forEach(records::add);
            }
        }
        return records;
    }

    @Override
    public void close() {
        if (service != null) {
            service.close();
        }
        indexes.values().forEach(PartitionBroadcast::close);
        if (outbox != null) {
            outbox.close();
        }
        registry.close();
        kafka.close();
    }
}
