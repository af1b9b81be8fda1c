package io.loanledger.local.liquidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.events.ExecutionReport;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.SellOrder;
import io.loanledger.events.header.DeadLetter;
import io.loanledger.events.serde.LedgerAvroDeserializer;
import io.loanledger.events.service.ServicePhase;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.events.topic.TopicsRefused;
import io.loanledger.liquidation.LiquidationService;
import io.loanledger.liquidation.LiquidationSettings;
import io.loanledger.local.kafka.EmbeddedKafka;
import io.loanledger.local.net.FreePorts;
import io.loanledger.local.testing.Await;
import io.loanledger.local.testing.CommittedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The liquidation processor on a real broker, exactly once. Each test has markets of its own. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class LiquidationProcessorIntegrationTest {
    private static final int PARTITIONS = 4;
    private static final String REGISTRY = "mock://liquidation-processor-test";
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String MARKETS = String.join(
            ",",
            List.of("AAA-USD", "BBB-USD", "CCC-USD", "DDD-USD", "EEE-USD", "FFF-USD").stream()
                    .map(market -> market + ":BTC/8:USD/2:0.01:10:1000000")
                    .toList());

    @TempDir
    private static Path folder;

    private static EmbeddedKafka broker;
    private static LedgerAvroDeserializer values;
    private static Counterparties others;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.onFreePort(folder.resolve("kafka"));
        broker.start();
        KafkaConnectionSettings kafka = KafkaConnectionSettings.plain(broker.bootstrapServers(), REGISTRY);
        values = new LedgerAvroDeserializer();
        values.configure(kafka.registryProperties(), false);
        // The first start makes the topics and registers the schemas; only then may a producer begin.
        LiquidationService.start(settings(PARTITIONS)).close();
        others = new Counterparties(kafka, PARTITIONS);
    }

    @AfterAll
    static void stopBroker() {
        others.close();
        values.close();
        broker.close();
    }

    @Test
    void sellsInEveryPartitionOnceWhateverIsRepeatedOrUnreadable() {
        List<String> markets = List.of("AAA-USD", "BBB-USD", "CCC-USD", "DDD-USD");
        try (LiquidationService service = LiquidationService.start(settings(PARTITIONS))) {
            for (String market : markets) {
                others.index(market, "74000.00");
                LiquidationRequested request = others.request(market, "case-" + market);
                others.send(TopicCatalogue.LIQUIDATION_REQUESTS, market, request);
                others.sendBytes(TopicCatalogue.LIQUIDATION_REQUESTS, market, new byte[] {9, 9, 9});
                others.send(TopicCatalogue.LIQUIDATION_REQUESTS, market, request);
            }
            for (String market : markets) {
                SellOrder order = awaitOrder(market);
                ExecutionReport first = others.fill(order, "E1", "0.2", "0.2", "0.3");
                ExecutionReport second = others.fill(order, "E2", "0.3", "0.5", "0");
                // The last fill overtakes the first, and both come twice.
                List.of(second, first, second, first)
                        .forEach(report -> others.send(TopicCatalogue.EXECUTIONS, market, report));
            }
            for (String market : markets) {
                LiquidationSettled settled = awaitFinal("case-" + market);
                assertThat(settled.getCumQuantity()).isEqualTo("0.50000000");
                assertThat(settled.getCumGross()).isEqualTo("37000.00");
                assertThat(settled.getCumFees()).isEqualTo("2.00");
            }
            assertThat(service.phase()).isEqualTo(ServicePhase.RUNNING);
        }

        for (String market : markets) {
            assertThat(orders(market)).hasSize(1);
            assertThat(settlements("case-" + market))
                    .last()
                    .satisfies(last -> assertThat(last.getFinalSettlement()).isTrue());
        }
        Await.until(() -> deadLetters().size() >= markets.size(), DEADLINE, () -> deadLetters() + " set aside");
        assertThat(deadLetters())
                .hasSize(markets.size())
                .allSatisfy(letter -> assertThat(DeadLetter.readFrom(letter.headers())
                                .orElseThrow()
                                .reason())
                        .isEqualTo("WRONG_MAGIC"));
        assertThat(CommittedReader.everything(broker.bootstrapServers(), TopicCatalogue.LIQUIDATION_REPLIES))
                .isNotEmpty()
                .allMatch(reply -> reply.partition() == home(reply.key()));
    }

    @Test
    void goesOnFromItsChangelogAfterItLostItsFolder() throws IOException {
        SellOrder order;
        try (LiquidationService service = LiquidationService.start(settings(PARTITIONS))) {
            others.index("EEE-USD", "74000.00");
            others.send(TopicCatalogue.LIQUIDATION_REQUESTS, "EEE-USD", others.request("EEE-USD", "case-EEE"));
            order = awaitOrder("EEE-USD");
            others.send(TopicCatalogue.EXECUTIONS, "EEE-USD", others.fill(order, "E1", "0.2", "0.2", "0.3"));
            Await.until(() -> !settlements("case-EEE").isEmpty(), DEADLINE, () -> "no settlement, " + service.phase());
        }
        delete(folder.resolve("state"));

        try (LiquidationService service = LiquidationService.start(settings(PARTITIONS))) {
            others.send(TopicCatalogue.EXECUTIONS, "EEE-USD", others.fill(order, "E1", "0.2", "0.2", "0.3"));
            others.send(TopicCatalogue.EXECUTIONS, "EEE-USD", others.fill(order, "E2", "0.3", "0.5", "0"));
            assertThat(awaitFinal("case-EEE").getCumQuantity()).isEqualTo("0.50000000");
            assertThat(service.phase()).isEqualTo(ServicePhase.RUNNING);
        }

        assertThat(settlements("case-EEE"))
                .extracting(LiquidationSettled::getCumQuantity)
                .containsExactly("0.20000000", "0.50000000");
        assertThat(orders("EEE-USD")).hasSize(1);
    }

    @Test
    void takesTheReportsOfADeskWithAnotherPartitioner() {
        int elsewhere = (Utils.toPositive(Utils.murmur2("FFF-USD".getBytes(StandardCharsets.UTF_8))) + 1) % PARTITIONS;
        try (LiquidationService service = LiquidationService.start(settings(PARTITIONS))) {
            others.index("FFF-USD", "74000.00");
            others.sendTo(
                    elsewhere, TopicCatalogue.LIQUIDATION_REQUESTS, "FFF-USD", others.request("FFF-USD", "case-FFF"));
            SellOrder order = awaitOrder("FFF-USD");
            ExecutionReport all = others.fill(order, "E1", "0.5", "0.5", "0");
            others.sendTo(elsewhere, TopicCatalogue.EXECUTIONS, "FFF-USD", all);
            others.sendTo(elsewhere, TopicCatalogue.EXECUTIONS, "FFF-USD", all);
            assertThat(awaitFinal("case-FFF").getCumQuantity()).isEqualTo("0.50000000");
            assertThat(service.phase()).isEqualTo(ServicePhase.RUNNING);
        }

        assertThat(orders("FFF-USD")).hasSize(1);
        assertThat(settlements("case-FFF")).hasSize(1);
    }

    @Test
    void leavesNothingRunningWhenItsPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(FreePorts.one(), 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> changed = new HashMap<>(environment(PARTITIONS));
            changed.put("METRICS_PORT", Integer.toString(taken.getLocalPort()));
            changed.put("LIQUIDATION_INSTANCE_ID", "refused-instance");
            changed.put("LIQUIDATION_STATE_DIR", folder.resolve("refused").toString());
            LiquidationSettings settings = LiquidationSettings.from(LiquidationSettings.TABLE.read(changed));

            assertThatThrownBy(() -> LiquidationService.start(settings)).isInstanceOf(UncheckedIOException.class);
        }

        Await.until(
                () -> threadsOf("refused-instance").isEmpty(), DEADLINE, () -> "left " + threadsOf("refused-instance"));
    }

    private static List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return CommittedReader.everything(broker.bootstrapServers(), TopicCatalogue.DEAD_LETTERS);
    }

    private static List<String> threadsOf(String instance) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains(instance))
                .toList();
    }

    @Test
    void refusesTopicsOfAnotherPartitionCount() {
        assertThatThrownBy(() -> LiquidationService.start(settings(PARTITIONS + 1)))
                .isInstanceOf(TopicsRefused.class)
                .hasMessageContaining("liquidation.orders.v1");
    }

    private static LiquidationSettings settings(int partitions) {
        return LiquidationSettings.from(LiquidationSettings.TABLE.read(environment(partitions)));
    }

    private static Map<String, String> environment(int partitions) {
        return Map.ofEntries(
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers()),
                Map.entry("SCHEMA_REGISTRY_URL", REGISTRY),
                Map.entry("LEDGER_PARTITIONS", Integer.toString(partitions)),
                Map.entry("LEDGER_REPLICATION_FACTOR", "1"),
                Map.entry("LIQUIDATION_STATE_DIR", folder.resolve("state").toString()),
                Map.entry("LIQUIDATION_MARKETS", MARKETS),
                // A busy machine may take its time between a price and its order; how old a price may be is tested
                // elsewhere.
                Map.entry("LIQUIDATION_PRICE_MAX_AGE_MS", "60000"),
                Map.entry("LIQUIDATION_REQUEST_MAX_AGE_MS", "60000"),
                Map.entry("METRICS_PORT", Integer.toString(FreePorts.one())));
    }

    private static SellOrder awaitOrder(String market) {
        return Await.present(() -> orders(market).stream().findFirst(), DEADLINE, () -> "no order in " + market);
    }

    private static LiquidationSettled awaitFinal(String caseId) {
        return Await.present(
                () -> settlements(caseId).stream()
                        .filter(LiquidationSettled::getFinalSettlement)
                        .findFirst(),
                DEADLINE,
                () -> "only " + settlements(caseId));
    }

    private static List<SellOrder> orders(String market) {
        return read(TopicCatalogue.ORDERS, SellOrder.class).stream()
                .filter(order -> order.getSymbol().equals(market))
                .toList();
    }

    private static List<LiquidationSettled> settlements(String caseId) {
        return read(TopicCatalogue.LIQUIDATION_REPLIES, LiquidationSettled.class).stream()
                .filter(settled -> settled.getCaseId().equals(caseId))
                .toList();
    }

    private static <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type) {
        return CommittedReader.everything(broker.bootstrapServers(), topic).stream()
                .map(ConsumerRecord::value)
                .map(bytes -> values.deserialize(topic.name(), bytes))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static int home(byte[] key) {
        assertThat(new String(key, StandardCharsets.UTF_8)).startsWith("loan-");
        return Utils.toPositive(Utils.murmur2(key)) % PARTITIONS;
    }

    private static void delete(Path state) throws IOException {
        try (var files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
