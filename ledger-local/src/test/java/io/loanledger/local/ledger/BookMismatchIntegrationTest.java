package io.loanledger.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.Disburse;
import io.loanledger.events.ExecutionRecord;
import io.loanledger.events.FannedTerms;
import io.loanledger.events.FannedTermsKind;
import io.loanledger.events.IndexState;
import io.loanledger.events.KillSwitch;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.SellOrder;
import io.loanledger.events.approval.OperatorKeys;
import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.service.ObservabilitySettings;
import io.loanledger.events.streams.StreamsProperties;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.events.topic.TopicSettings;
import io.loanledger.liquidation.LiquidationNames;
import io.loanledger.liquidation.LiquidationService;
import io.loanledger.liquidation.LiquidationSettings;
import io.loanledger.local.net.FreePorts;
import io.loanledger.local.testing.Await;
import io.loanledger.streams.LedgerMeters;
import io.loanledger.streams.LedgerNames;
import io.loanledger.streams.LedgerTopology;
import io.loanledger.streams.service.LedgerSettings;
import io.loanledger.streams.task.OperatorSkips;
import io.loanledger.streams.task.TaskParts;
import io.loanledger.streams.terms.TermsFanOut;
import io.loanledger.streams.wire.JournalSchemas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invariant BookEqualsSum on a broker, all the way: a stored loan is lost behind the ledger's back, the ledger's own kill switch goes
 * through the terms to the liquidation processor, a breach leads to a case but to no order, money is still taken, and people let
 * orders go out again.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class BookMismatchIntegrationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LOST = "lost";
    private static final String BREACHED = "breached";

    @TempDir
    private Path folder;

    private LedgerOnABroker ledger;
    private LiquidationService liquidation;
    private SchemaRegistry registry;
    private KafkaStreams streams;
    private TermsFanOut fanOut;
    private Instant time = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private String price = "20000.00";

    @BeforeEach
    void start() {
        ledger = new LedgerOnABroker(folder, 1);
        ledger.openWorld();
        registry = SchemaRegistry.open(ledger.connection().registryProperties());
        SchemaIds ids = new SchemaRegistrar(registry).registerAll();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        TaskParts parts = new TaskParts(
                1,
                registry,
                ids,
                JournalSchemas.of(ids, registry),
                new LedgerMeters(meters, InstantSource.system()),
                new OperatorSkips(OperatorKeys.NONE));
        StreamsConfig config = StreamsProperties.of(settings().streamsInstance());
        streams = new KafkaStreams(withTamperer(LedgerTopology.build(parts, config)), config);
        streams.start();
        fanOut = TermsFanOut.start(ledger.connection(), registry, ids, meters, OperatorKeys.NONE, () -> {});
        liquidation = LiquidationService.start(LiquidationSettings.from(LiquidationSettings.TABLE.read(selling())));
    }

    private LedgerSettings settings() {
        return new LedgerSettings(
                ledger.connection(),
                new TopicSettings(1, (short) 1, TopicSettings.Startup.CREATE),
                new ObservabilitySettings("127.0.0.1", FreePorts.one(), Duration.ofSeconds(5)),
                LedgerOnABroker.INSTANCE_ID,
                ledger.stateFolder(),
                1,
                0,
                32,
                Duration.ofMillis(20),
                LedgerSettings.Schemas.REGISTER,
                OperatorKeys.NONE);
    }

    private Map<String, String> selling() {
        Map<String, String> selling = new HashMap<>();
        selling.put("KAFKA_BOOTSTRAP_SERVERS", ledger.connection().bootstrapServers());
        selling.put("SCHEMA_REGISTRY_URL", String.join(",", ledger.connection().registryUrls()));
        selling.put("LEDGER_PARTITIONS", "1");
        selling.put("LEDGER_REPLICATION_FACTOR", "1");
        selling.put("METRICS_PORT", Integer.toString(FreePorts.one()));
        selling.put("LIQUIDATION_STATE_DIR", folder.resolve("liquidation").toString());
        selling.put("LIQUIDATION_MARKETS", "BTC-USD:BTC/8:USD/2:0.01:10:1000000");
        selling.put("LIQUIDATION_PRICE_MAX_AGE_MS", "60000");
        selling.put("LIQUIDATION_REQUEST_MAX_AGE_MS", "60000");
        return selling;
    }

    /** One that drops the record of a loan when a withdrawal of its request comes, beside the task that refuses it. */
    private static Topology withTamperer(Topology ledger) {
        ledger.addProcessor("tamperer", Tamperer::new, LedgerNames.sourceOf(TopicCatalogue.LOANS));
        ledger.connectProcessorAndStateStores("tamperer", LedgerNames.LOANS_STORE);
        return ledger;
    }

    private static final class Tamperer extends ContextualProcessor<byte[], byte[], Void, Void> {
        @Override
        public void process(Record<byte[], byte[]> record) {
            KeyValueStore<String, byte[]> loans = context().getStateStore(LedgerNames.LOANS_STORE);
            if (new String(record.key(), StandardCharsets.UTF_8).equals("tamper")) {
                loans.delete(LOST);
            }
        }
    }

    @AfterEach
    void stop() {
        liquidation.close();
        fanOut.close();
        streams.close(Duration.ofSeconds(20));
        registry.close();
        ledger.close();
    }

    @Test
    void sendsNoOrderUntilPeopleHaveExplainedTheDifference() {
        ledger.terms(1, "0");
        borrow(LOST);
        borrow(BREACHED);
        until(() -> disbursements().size() == 2, "never issued");
        disbursements().forEach(instruction -> ledger.disbursed(instruction, time));
        until(() -> events("DisbursementConfirmed") == 2, "never disbursed");

        ledger.requested("tamper", time, "1.00");
        until(() -> switches().size() == 1, "the mismatch was not found");
        assertThat(switches().getFirst().getEngaged()).isTrue();
        assertThat(switches().getFirst().getReason()).startsWith("BookEqualsSum: ACTIVE loans off by -1; ");
        until(() -> fanned() == 1, "the kill switch was not fanned out");
        until(
                () -> ledger.readUpTo(LiquidationNames.APPLICATION_ID, TopicCatalogue.TERMS_FANNED, 0)
                        >= ledger.endOf(TopicCatalogue.TERMS_FANNED, 0),
                "the processor did not read the kill switch");

        price = "11200.00"; // 9,000 / 11,200 = 80 %
        until(
                () -> !ledger.read(TopicCatalogue.LIQUIDATION_REQUESTS, LiquidationRequested.class)
                        .isEmpty(),
                "no case");
        until(
                () -> !ledger.read(TopicCatalogue.EXECUTION_RECORDS, ExecutionRecord.class)
                        .isEmpty(),
                "the processor did not take the case");
        ledger.repaid(BREACHED, time, "100.00");
        until(() -> events("RepaymentApplied") == 1, "the repayment was not taken");
        assertThat(ledger.read(TopicCatalogue.ORDERS, SellOrder.class)).isEmpty();
        assertThat(switches()).as("said once").hasSize(1);

        ledger.send(
                TopicCatalogue.TERMS,
                "kill-switch",
                new KillSwitch("release-1", time, "risk-team", false, "the store was damaged, the loan is known"));
        price = "11000.00"; // 8,900 / 11,000 = 80.9 %
        until(
                () -> !ledger.read(TopicCatalogue.ORDERS, SellOrder.class).isEmpty(),
                "no order after the switch was released");
        assertThat(switches()).as("an explained difference does not come back").hasSize(2);
    }

    private void borrow(String loanId) {
        ledger.requested(loanId, time, "9000.00");
        ledger.locked(loanId, time, "coin-of-" + loanId, "1.00000000");
    }

    private List<Disburse> disbursements() {
        return ledger.read(TopicCatalogue.PAYMENT_INSTRUCTIONS, Disburse.class);
    }

    private long events(String name) {
        return ledger.journal().stream()
                .filter(entry -> entry.event().getClass().getSimpleName().equals(name))
                .count();
    }

    private List<KillSwitch> switches() {
        return ledger.read(TopicCatalogue.TERMS, KillSwitch.class);
    }

    private long fanned() {
        return ledger.read(TopicCatalogue.TERMS_FANNED, FannedTerms.class).stream()
                .filter(terms -> terms.getKind() == FannedTermsKind.KILL_SWITCH)
                .count();
    }

    /** Prices go on meanwhile. */
    private void until(BooleanSupplier done, String otherwise) {
        Await.until(
                () -> {
                    time = Instant.now().truncatedTo(ChronoUnit.MICROS);
                    ledger.price(time, price, IndexState.LIVE);
                    return done.getAsBoolean();
                },
                PATIENCE,
                () -> otherwise + "; terms " + ledger.read(TopicCatalogue.TERMS) + "; execution records "
                        + ledger.read(TopicCatalogue.EXECUTION_RECORDS) + "; replies "
                        + ledger.read(TopicCatalogue.LIQUIDATION_REPLIES) + "; rejections "
                        + ledger.read(TopicCatalogue.REJECTIONS));
    }
}
