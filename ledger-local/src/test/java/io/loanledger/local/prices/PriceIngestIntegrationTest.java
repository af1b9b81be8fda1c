package io.loanledger.local.prices;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.IndexPrice;
import io.loanledger.events.IndexState;
import io.loanledger.events.PriceTick;
import io.loanledger.events.TickKind;
import io.loanledger.events.broadcast.BroadcastEndedException;
import io.loanledger.events.header.DeadLetter;
import io.loanledger.events.serde.InProcessSchemaRegistry;
import io.loanledger.events.serde.LedgerAvroDeserializer;
import io.loanledger.events.service.LedgerMeter;
import io.loanledger.events.service.ServicePhase;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.ingest.PriceIngestService;
import io.loanledger.ingest.PriceIngestSettings;
import io.loanledger.ingest.feed.TickPublisher;
import io.loanledger.local.kafka.EmbeddedKafka;
import io.loanledger.local.testing.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** price-ingest on a real broker. Each test has a market of its own; the topics are those of the catalogue. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class PriceIngestIntegrationTest {
    private static final int PARTITIONS = 3;
    private static final String REGISTRY = "mock://price-ingest-test";
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final List<String> VENUES = List.of("alpha", "bravo", "charlie");
    private static final Instant HISTORY = Instant.parse("2020-03-12T00:00:00Z");

    @TempDir
    private static Path folder;

    private static EmbeddedKafka broker;
    private static KafkaConnectionSettings kafka;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.onFreePort(folder.resolve("kafka"));
        broker.start();
        kafka = KafkaConnectionSettings.plain(broker.bootstrapServers(), REGISTRY);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void writesEachIndexToEveryPartitionInATransactionOfItsOwn() throws InterruptedException {
        try (PriceIngestService service = started("AAA-USD", "TICKS")) {
            replay("AAA-USD", 0, 20);
            awaitIndex("AAA-USD", at(HISTORY.plusSeconds(20)));
            assertThat(service.phase()).isEqualTo(ServicePhase.RUNNING);
        }

        Map<Integer, List<ConsumerRecord<byte[], IndexPrice>>> all = indices("AAA-USD");
        assertThat(all).hasSize(PARTITIONS);
        List<IndexPrice> first = valuesOf(all.get(0));
        assertThat(first).extracting(IndexPrice::getSequence).startsWith(1L, 2L, 3L);
        assertThat(first.getLast().getState()).isEqualTo(IndexState.LIVE);
        for (List<ConsumerRecord<byte[], IndexPrice>> partition : all.values()) {
            assertThat(valuesOf(partition)).isEqualTo(first);
            assertThat(partition)
                    .allMatch(record -> new String(record.key(), StandardCharsets.UTF_8).equals("AAA-USD"));
            // Between two records stands the marker that ends a transaction.
            for (int i = 1; i < partition.size(); i++) {
                assertThat(partition.get(i).offset() - partition.get(i - 1).offset())
                        .isGreaterThanOrEqualTo(2);
            }
        }
    }

    @Test
    void goesOnInAHigherEpochAfterARestartWithoutAGap() throws InterruptedException {
        try (PriceIngestService service = started("BBB-USD", "TICKS")) {
            replay("BBB-USD", 0, 20);
            awaitIndex("BBB-USD", at(HISTORY.plusSeconds(20)));
            assertThat(service.phase()).isEqualTo(ServicePhase.RUNNING);
        }
        long before = valuesOf(indices("BBB-USD").get(1)).getLast().getEpoch();
        try (PriceIngestService service = started("BBB-USD", "TICKS")) {
            replay("BBB-USD", 21, 25);
            awaitIndex("BBB-USD", at(HISTORY.plusSeconds(25)));
            assertThat(service.phase()).isEqualTo(ServicePhase.RUNNING);
        }

        List<IndexPrice> all = valuesOf(indices("BBB-USD").get(1));
        IndexPrice next = all.stream()
                .filter(index -> index.getEpoch() > before)
                .findFirst()
                .orElseThrow();
        assertThat(next.getSequence()).isOne();
        // The venues' last quotes were read back, so that the first index after the restart is as good as any.
        assertThat(next.getState()).isEqualTo(IndexState.LIVE);
        for (int i = 1; i < all.size(); i++) {
            IndexPrice former = all.get(i - 1);
            IndexPrice latter = all.get(i);
            boolean newEpoch = latter.getEpoch() > former.getEpoch();
            boolean nextOfEpoch =
                    latter.getEpoch() == former.getEpoch() && latter.getSequence() == former.getSequence() + 1;
            assertThat(newEpoch || nextOfEpoch)
                    .as(
                            "%s/%s after %s/%s",
                            latter.getEpoch(), latter.getSequence(), former.getEpoch(), former.getSequence())
                    .isTrue();
            assertThat(latter.getPriceTime()).isAfterOrEqualTo(former.getPriceTime());
        }
    }

    @Test
    void stopsForGoodWhenASecondOneTakesOver() throws InterruptedException {
        try (PriceIngestService first = started("CCC-USD", "WALL")) {
            awaitIndex("CCC-USD", index -> true);
            try (PriceIngestService second = started("CCC-USD", "WALL")) {
                Optional<Throwable> why = first.awaitEnd();
                assertThat(why).get().isInstanceOf(BroadcastEndedException.class);
                assertThat(((BroadcastEndedException) why.orElseThrow()).reason())
                        .isEqualTo(BroadcastEndedException.Reason.FENCED);
                assertThat(first.phase()).isEqualTo(ServicePhase.FAILED);

                int seen = valuesOf(indices("CCC-USD").get(0)).size();
                Await.until(
                        () -> valuesOf(indices("CCC-USD").get(0)).size() > seen + 1,
                        DEADLINE,
                        () -> "the second one wrote nothing more");
                assertThat(second.phase()).isEqualTo(ServicePhase.RUNNING);
            }
        }
    }

    @Test
    void waitsForARegistryThatIsAwayAtTheStartAndThenTakesOver() throws InterruptedException {
        InProcessSchemaRegistry registry = InProcessSchemaRegistry.ofScope("price-ingest-waits");
        registry.setAvailable(false);
        PriceIngestSettings settings = settings("FFF-USD", "TICKS", "mock://price-ingest-waits");
        try (PriceIngestService standBy = new PriceIngestService(settings, new SimpleMeterRegistry(), null)) {
            standBy.start();
            Await.until(() -> registry.unanswered() >= 3, DEADLINE, () -> "asked " + registry.unanswered() + " times");
            assertThat(standBy.phase()).isEqualTo(ServicePhase.STARTING);

            registry.setAvailable(true);
            assertThat(standBy.awaitRunning()).as("runs").isTrue();
        }
    }

    @Test
    @SuppressWarnings("try") // told to end while it waits, which is what is tested
    void endsAsToldWhileItWaitsForTheRegistry() throws InterruptedException {
        InProcessSchemaRegistry registry = InProcessSchemaRegistry.ofScope("price-ingest-gives-up");
        registry.setAvailable(false);
        PriceIngestSettings settings = settings("GGG-USD", "TICKS", "mock://price-ingest-gives-up");
        try (PriceIngestService standBy = new PriceIngestService(settings, new SimpleMeterRegistry(), null)) {
            standBy.start();
            Await.until(() -> registry.unanswered() >= 1, DEADLINE, () -> "never asked");
            standBy.close();

            assertThat(standBy.awaitEnd()).as("a fault").isEmpty();
            assertThat(standBy.phase()).isEqualTo(ServicePhase.STOPPING);
        }
    }

    @Test
    void writesThatTheIndexIsStaleWhenTicksCease() throws InterruptedException {
        try (PriceIngestService service = started("DDD-USD", "WALL");
                TickPublisher publisher = new TickPublisher(kafka)) {
            Await.until(
                    () -> {
                        publisher.publish(ticks("DDD-USD", Instant.now()));
                        publisher.flush();
                        return valuesOf(indices("DDD-USD").get(0)).stream()
                                .anyMatch(index -> index.getState() == IndexState.LIVE);
                    },
                    DEADLINE,
                    () -> "never LIVE: " + valuesOf(indices("DDD-USD").get(0)));
            Instant ceased = Instant.now();

            IndexPrice stale = awaitIndex(
                    "DDD-USD",
                    index -> index.getState() == IndexState.STALE
                            && index.getPriceTime().isAfter(ceased));
            assertThat(stale.getPrice()).isEqualTo("100.00");
            assertThat(stale.getStateReason()).isEqualTo("0 of 3 venues fresh, quorum 3");
            assertThat(Duration.between(ceased, stale.getPriceTime())).isLessThan(Duration.ofSeconds(30));
            assertThat(service.phase()).isEqualTo(ServicePhase.RUNNING);
        }
    }

    @Test
    void setsUnreadableTicksAsideAndGoesOn() throws InterruptedException {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (PriceIngestService service = started("EEE-USD", "TICKS", meters)) {
            byte[] poison = {9, 9, 9};
            try (var producer = new KafkaProducer<>(
                    kafka.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
                var unused = producer.send(new ProducerRecord<>(
                        TopicCatalogue.TICKS_OF_VENUES.name(), "EEE-USD".getBytes(StandardCharsets.UTF_8), poison));
            }
            replay("EEE-USD", 0, 2);
            replay("ZZZ-USD", 0, 0);
            awaitIndex("EEE-USD", at(HISTORY.plusSeconds(2)));

            Await.until(
                    () -> readAll(TopicCatalogue.DEAD_LETTERS, new ByteArrayDeserializer()).stream()
                            .anyMatch(record -> DeadLetter.readFrom(record.headers())
                                    .filter(letter -> letter.reason().equals("WRONG_MAGIC")
                                            && letter.origin().topic().equals(TopicCatalogue.TICKS_OF_VENUES.name())
                                            && letter.service().equals("price-ingest"))
                                    .isPresent()),
                    DEADLINE,
                    () -> "no dead letter");
            assertThat(LedgerMeter.DEAD_LETTERS
                            .counter(meters, TopicCatalogue.TICKS_OF_VENUES.name(), "WRONG_MAGIC")
                            .count())
                    .isEqualTo(1);
            Await.until(
                    () -> LedgerMeter.TICKS_REFUSED
                                    .counter(meters, "UNKNOWN_MARKET")
                                    .count()
                            >= 3,
                    DEADLINE,
                    () -> "the market of nobody was not refused");
            assertThat(service.phase()).isEqualTo(ServicePhase.RUNNING);
        }
    }

    private static PriceIngestService started(String market, String clock) throws InterruptedException {
        return started(market, clock, new SimpleMeterRegistry());
    }

    private static PriceIngestService started(String market, String clock, SimpleMeterRegistry meters)
            throws InterruptedException {
        PriceIngestService service = new PriceIngestService(settings(market, clock, REGISTRY), meters, null);
        service.start();
        assertThat(service.awaitRunning()).as("service of %s runs", market).isTrue();
        return service;
    }

    private static PriceIngestSettings settings(String market, String clock, String registry) {
        return PriceIngestSettings.from(PriceIngestSettings.TABLE.read(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                broker.bootstrapServers(),
                "SCHEMA_REGISTRY_URL",
                registry,
                "LEDGER_PARTITIONS",
                Integer.toString(PARTITIONS),
                "LEDGER_REPLICATION_FACTOR",
                "1",
                "INDEX_MARKETS",
                market + ":2",
                "INDEX_VENUES",
                "alpha:USD,bravo:USD,charlie:USD",
                "INDEX_MAX_AGE_MS",
                "3000",
                "INDEX_CLOCK",
                clock)));
    }

    private static void replay(String market, int fromSecond, int toSecond) {
        try (TickPublisher publisher = new TickPublisher(kafka)) {
            for (int second = fromSecond; second <= toSecond; second++) {
                publisher.publish(ticks(market, HISTORY.plusSeconds(second)));
            }
            publisher.flush();
        }
    }

    private static List<PriceTick> ticks(String market, Instant at) {
        return VENUES.stream()
                .map(venue -> PriceTick.newBuilder()
                        .setEventId(market + venue + at)
                        .setOccurredAt(at)
                        .setProducer("test")
                        .setMarket(market)
                        .setVenue(venue)
                        .setKind(TickKind.TRADE)
                        .setPrice("100")
                        .setQuoteCurrency("USD")
                        .build())
                .toList();
    }

    private static Predicate<IndexPrice> at(Instant priceTime) {
        return index -> index.getPriceTime().equals(priceTime);
    }

    /** In every partition: a transaction ends in each of them at a moment of its own. */
    private static IndexPrice awaitIndex(String market, Predicate<IndexPrice> wanted) {
        return Await.present(
                () -> {
                    List<Optional<IndexPrice>> found = indices(market).values().stream()
                            .map(partition ->
                                    valuesOf(partition).stream().filter(wanted).findFirst())
                            .toList();
                    return found.stream().allMatch(Optional::isPresent) ? found.getFirst() : Optional.empty();
                },
                DEADLINE,
                () -> "saw only " + valuesOf(indices(market).get(0)));
    }

    private static List<IndexPrice> valuesOf(List<ConsumerRecord<byte[], IndexPrice>> records) {
        return records.stream().map(ConsumerRecord::value).toList();
    }

    /** The committed records of a market by partition. */
    private static Map<Integer, List<ConsumerRecord<byte[], IndexPrice>>> indices(String market) {
        LedgerAvroDeserializer values = new LedgerAvroDeserializer();
        values.configure(kafka.registryProperties(), false);
        Map<Integer, List<ConsumerRecord<byte[], IndexPrice>>> byPartition = new TreeMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            byPartition.put(partition, new ArrayList<>());
        }
        Deserializer<IndexPrice> prices = (topic, bytes) -> (IndexPrice) values.deserialize(topic, bytes);
        for (ConsumerRecord<byte[], IndexPrice> record : readAll(TopicCatalogue.INDEX_PRICES, prices)) {
            if (record.value().getMarket().equals(market)) {
                byPartition.get(record.partition()).add(record);
            }
        }
        return byPartition;
    }

    private static <V> List<ConsumerRecord<byte[], V>> readAll(Topic topic, Deserializer<V> values) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", false);
        List<ConsumerRecord<byte[], V>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), values)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(50)).forEach(records::add);
            }
        }
        return records;
    }
}
