package io.loanledger.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.FannedTerms;
import io.loanledger.events.FannedTermsKind;
import io.loanledger.events.KillSwitch;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.approval.OperatorKeys;
import io.loanledger.events.broadcast.BroadcastStream;
import io.loanledger.events.broadcast.PartitionBroadcast;
import io.loanledger.events.broadcast.Position;
import io.loanledger.events.header.DeadLetter;
import io.loanledger.events.header.Origin;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.serde.RegistryUnavailableException;
import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.service.ServicePhase;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.testing.Await;
import io.loanledger.local.testing.CommittedReader;
import io.loanledger.streams.terms.TermsFanOut;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The terms on their way to every partition, on a real broker: one writer at a time, each record once, over every change of hands. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class TermsFanOutIntegrationTest {
    private static final int PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private LedgerOnABroker world;
    private SchemaRegistry registry;
    private SchemaIds ids;
    private final AtomicBoolean failed = new AtomicBoolean();

    @BeforeEach
    void start() {
        world = new LedgerOnABroker(folder, PARTITIONS);
        world.openWorld();
        registry = SchemaRegistry.open(world.connection().registryProperties());
        ids = new SchemaRegistrar(registry).registerAll();
    }

    @AfterEach
    void stop() {
        registry.close();
        world.close();
    }

    @Test
    void handsOverBetweenTwoInstancesWithoutLossOrRepetition() {
        TermsFanOut first = fanOut(registry);
        try (TermsFanOut second = fanOut(registry)) {
            world.terms(1, "0.10");
            world.terms(2, "0.11");
            awaitFanned("terms-1", "terms-2");
            first.close();
            world.terms(3, "0.12");
            awaitFanned("terms-1", "terms-2", "terms-3");
            assertThat(second.phase()).isEqualTo(ServicePhase.RUNNING);
        }
        try (TermsFanOut third = fanOut(registry)) {
            world.send(TopicCatalogue.TERMS, "all", new KillSwitch("kill", Instant.EPOCH, "test", true, "a drill"));
            awaitFanned("terms-1", "terms-2", "terms-3", "kill");
            assertThat(third.phase()).isEqualTo(ServicePhase.RUNNING);
        }
        assertThat(failed).isFalse();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertThat(places(partition)).containsExactly(0L, 1L, 2L, 3L);
        }
        assertThat(positions()).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void setsAsideOnceWhatItCannotReadOverEveryChangeOfHands() throws Exception {
        world.terms(1, "0.10");
        sendBytesOfNoMeaning();
        for (int instance = 0; instance < 3; instance++) {
            try (TermsFanOut running = fanOut(registry)) {
                awaitFanned("terms-1");
                Await.until(
                        () -> running.phase() == ServicePhase.RUNNING
                                && !deadLetters().isEmpty(),
                        PATIENCE,
                        () -> "set aside: " + deadLetters());
            }
        }
        world.terms(2, "0.11");
        try (TermsFanOut last = fanOut(registry)) {
            awaitFanned("terms-1", "terms-2");
            assertThat(last.phase()).isEqualTo(ServicePhase.RUNNING);
        }
        assertThat(deadLetters()).containsExactly(1L);
        assertThat(failed).isFalse();
    }

    @Test
    void goesOnByThePlaceOfTheLastRecordWhateverSchemaItWasWrittenUnder() {
        world.terms(1, "0.10");
        world.terms(2, "0.11");
        world.terms(3, "0.12");
        ProductTerms source =
                world.readPartition(TopicCatalogue.TERMS, 0, ProductTerms.class).getFirst();
        try (PartitionBroadcast former = writer()) {
            // From before there were places, and by a version that did not know all of the record.
            former.publish("x", fanned(ProductTerms.newBuilder(source).setTermDays(1)));
            former.publish(
                    "x",
                    place(1),
                    fanned(ProductTerms.newBuilder(source).setEventId("terms-2").setTermDays(2)));
        }
        try (TermsFanOut fanOut = fanOut(registry)) {
            awaitFanned("terms-1", "terms-2", "terms-3");
            assertThat(fanOut.phase()).isEqualTo(ServicePhase.RUNNING);
        }
        assertThat(places(0)).containsExactly(-1L, 1L, 2L);
    }

    @Test
    void readsBackWhatARivalWroteAfterItWasFenced() {
        try (TermsFanOut fanOut = fanOut(registry)) {
            world.terms(1, "0.10");
            awaitFanned("terms-1");
            ProductTerms source = world.readPartition(TopicCatalogue.TERMS, 0, ProductTerms.class)
                    .getFirst();
            try (PartitionBroadcast rival = writer()) {
                rival.publish(
                        "x", place(1), fanned(ProductTerms.newBuilder(source).setEventId("terms-2")));
            }
            world.terms(2, "0.11"); // as the rival has fanned out
            world.terms(3, "0.12");
            awaitFanned("terms-1", "terms-2", "terms-3");
            assertThat(fanOut.phase()).isEqualTo(ServicePhase.RUNNING);
        }
        assertThat(failed).isFalse();
        assertThat(places(1)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void waitsForARegistryThatIsAwayWhenItStarts() {
        world.terms(1, "0.10");
        try (TermsFanOut fanOut = fanOut(registry)) {
            awaitFanned("terms-1");
            assertThat(fanOut.phase()).isEqualTo(ServicePhase.RUNNING);
        }
        AwayRegistry away = new AwayRegistry(registry);
        try (TermsFanOut fanOut = fanOut(away)) {
            world.terms(2, "0.11");
            Await.until(() -> away.asked.get() >= 2, PATIENCE, () -> "asked " + away.asked + " times");
            assertThat(fanOut.phase()).isEqualTo(ServicePhase.RUNNING);
            away.back.set(true);
            awaitFanned("terms-1", "terms-2");
        }
        assertThat(failed).isFalse();
    }

    // --- parts -------------------------------------------------------------------------------------------------------

    private TermsFanOut fanOut(SchemaRegistry schemas) {
        return TermsFanOut.start(
                world.connection(), schemas, ids, new SimpleMeterRegistry(), OperatorKeys.NONE, () -> failed.set(true));
    }

    private PartitionBroadcast writer() {
        return PartitionBroadcast.open(
                world.connection(),
                BroadcastStream.terms(),
                new RecordReader(registry),
                new RecordWriter(ids),
                PartitionBroadcast.Start.AFTER_LAST);
    }

    private static PartitionBroadcast.Entry fanned(ProductTerms.Builder terms) {
        ProductTerms built = terms.build();
        return (epoch, sequence) -> FannedTerms.newBuilder()
                .setEpoch(epoch)
                .setSequence(sequence)
                .setKind(FannedTermsKind.PRODUCT_TERMS)
                .setProductTerms(built)
                .build();
    }

    private static Headers place(long offset) {
        Headers headers = new RecordHeaders();
        new Origin(TopicCatalogue.TERMS.name(), 0, offset, 0).writeTo(headers);
        return headers;
    }

    private void awaitFanned(String... eventIds) {
        Await.until(
                () -> {
                    for (int partition = 0; partition < PARTITIONS; partition++) {
                        if (!eventIds(partition).equals(List.of(eventIds))) {
                            return false;
                        }
                    }
                    return true;
                },
                PATIENCE,
                () -> "partition 0 has " + eventIds(0) + ", partition 1 " + eventIds(1));
    }

    private void sendBytesOfNoMeaning() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                world.connection().clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TopicCatalogue.TERMS.name(), 0, null, new byte[] {7, 7, 7}))
                    .get(30, TimeUnit.SECONDS);
        }
    }

    /** The offsets in the source of what was set aside. */
    private List<Long> deadLetters() {
        return CommittedReader.everything(world.connection().bootstrapServers(), TopicCatalogue.DEAD_LETTERS).stream()
                .map(record -> DeadLetter.readFrom(record.headers())
                        .orElseThrow()
                        .origin()
                        .offset())
                .toList();
    }

    private List<String> eventIds(int partition) {
        return world.readPartition(TopicCatalogue.TERMS_FANNED, partition, FannedTerms.class).stream()
                .map(fanned -> fanned.getKind() == FannedTermsKind.KILL_SWITCH
                        ? fanned.getKillSwitch().getEventId()
                        : fanned.getProductTerms().getEventId())
                .toList();
    }

    private List<Position> positions() {
        return world.readPartition(TopicCatalogue.TERMS_FANNED, 0, FannedTerms.class).stream()
                .map(fanned -> new Position(fanned.getEpoch(), fanned.getSequence()))
                .toList();
    }

    /** The places in the source that a partition's records name; -1 for none. */
    private List<Long> places(int partition) {
        List<Long> places = new ArrayList<>();
        CommittedReader.everything(world.connection().bootstrapServers(), TopicCatalogue.TERMS_FANNED).stream()
                .filter(record -> record.partition() == partition)
                .map(record -> Origin.readFrom(record.headers()))
                .forEach(origin -> places.add(origin.map(Origin::offset).orElse(-1L)));
        return places;
    }

    /** Knows no schema by its id until it is back. */
    private static final class AwayRegistry implements SchemaRegistry {
        private final SchemaRegistry behind;
        private final AtomicBoolean back = new AtomicBoolean();
        private final AtomicInteger asked = new AtomicInteger();

        AwayRegistry(SchemaRegistry behind) {
            this.behind = behind;
        }

        @Override
        public Optional<Schema> schema(int id) {
            asked.incrementAndGet();
            if (!back.get()) {
                throw new RegistryUnavailableException("away");
            }
            return behind.schema(id);
        }

        @Override
        public int register(String subject, Schema schema) {
            return behind.register(subject, schema);
        }

        @Override
        public Optional<Integer> find(String subject, Schema schema) {
            return behind.find(subject, schema);
        }

        @Override
        public Optional<Integer> latest(String subject) {
            return behind.latest(subject);
        }

        @Override
        public void setCompatibility(String subject, Compatibility compatibility) {
            behind.setCompatibility(subject, compatibility);
        }

        @Override
        public void close() {}
    }
}
