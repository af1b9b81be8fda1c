package io.loanledger.liquidation;

import io.loanledger.core.liquidation.MarketRules;
import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.events.header.Origin;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.streams.StreamsProperties;
import io.loanledger.events.topic.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * The real topology over RocksDB in Streams' test driver, with a registry inside the process and a clock that the test moves. It has one
 * partition and commits after each record: it proves how records are carried, nothing about transactions.
 */
final class ProcessorDriver implements AutoCloseable {
    static final Instant T0 = Instant.parse("2020-03-12T20:00:00Z");
    static final Asset BTC = new Asset("BTC", 8);
    static final Asset USD = new Asset("USD", 2);
    static final MarketRules RULES = new MarketRules(
            "BTC-USD",
            BTC,
            USD,
            new BigDecimal("0.01"),
            Quantity.of("10", BTC),
            Money.of("1000000.00", USD),
            4,
            100,
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofDays(7));

    private final Path folder;
    private final SchemaRegistry registry;
    private final RecordReader reader;
    private final RecordWriter writer;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Topology topology;
    private final TaskParts parts;
    private @Nullable Swappable initialised;
    private final TopologyTestDriver driver;
    Instant now = T0;

    ProcessorDriver() {
        this(1);
    }

    /** With this many partitions as the task believes; it always is that of partition 0. */
    ProcessorDriver(int partitions) {
        try {
            folder = Files.createTempDirectory("liquidation-test");
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        Map<String, Object> registryProperties = Map.of("schema.registry.url", "mock://" + folder.getFileName());
        registry = SchemaRegistry.open(registryProperties);
        SchemaIds ids = new SchemaRegistrar(registry).registerAll();
        reader = new RecordReader(registry);
        writer = new RecordWriter(ids);
        LiquidationSettings settings = LiquidationSettings.from(LiquidationSettings.TABLE.read(Map.of(
                KafkaConnectionSettings.BOOTSTRAP_SERVERS.name(),
                "127.0.0.1:1",
                LiquidationSettings.STATE_DIRECTORY.name(),
                folder.toString())));
        StreamsConfig config = StreamsProperties.of(settings.streamsInstance());
        parts = new TaskParts(
                partitions,
                registry,
                ids,
                new LiquidationMeters(meters),
                LiquidationSettings.LedgerClock.WALL,
                () -> now,
                Map.of(RULES.market(), RULES));
        topology = LiquidationTopology.build(() -> new Swappable(), config);
        Properties properties = new Properties();
        config.originals().forEach((name, value) -> properties.put(name, value));
        driver = new TopologyTestDriver(topology, properties, T0);
    }

    Topology topology() {
        return topology;
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    /** Everything in the store. */
    Map<String, byte[]> stored() {
        Map<String, byte[]> all = new HashMap<>();
        KeyValueStore<String, byte[]> store = driver.getKeyValueStore(LiquidationNames.BOOK_STORE);
        try (var entries = store.all()) {
            entries.forEachRemaining(entry -> all.put(entry.key, entry.value));
        }
        return all;
    }

    void put(String key, byte[] value) {
        KeyValueStore<String, byte[]> store = driver.getKeyValueStore(LiquidationNames.BOOK_STORE);
        store.put(key, value);
    }

    void delete(String key) {
        KeyValueStore<String, byte[]> store = driver.getKeyValueStore(LiquidationNames.BOOK_STORE);
        store.delete(key);
    }

    /** What Streams does to the same object after a revive: init again, over the store as it is, before the next record. */
    void initAgain() {
        before(Swappable::initAgain);
    }

    /** What a restarted process does: a new object over the restored store, before the next record. */
    void restart() {
        before(task -> {
            task.delegate = new LiquidationTask(parts);
            task.initAgain();
        });
    }

    /** Stores can be reached only while Streams hands a record on. */
    private void before(Consumer<Swappable> next) {
        Objects.requireNonNull(initialised).before = next;
    }

    /** Lets a test swap the task under the running driver. */
    private final class Swappable implements Processor<byte[], byte[], byte[], byte[]> {
        private LiquidationTask delegate = new LiquidationTask(parts);
        private @Nullable ProcessorContext<byte[], byte[]> context;
        private Consumer<Swappable> before = task -> {};

        @Override
        public void init(ProcessorContext<byte[], byte[]> given) {
            initialised = this;
            context = given;
            delegate.init(given);
        }

        void initAgain() {
            delegate.init(Objects.requireNonNull(context));
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            Consumer<Swappable> first = before;
            before = task -> {};
            first.accept(this);
            delegate.process(record);
        }

        @Override
        public void close() {
            delegate.close();
        }
    }

    void pipe(Topic topic, String key, SpecificRecord value) {
        pipe(topic, key.getBytes(StandardCharsets.UTF_8), writer.bytes(topic, value));
    }

    void pipe(Topic topic, byte[] key, byte[] value) {
        TestInputTopic<byte[], byte[]> input =
                driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
        input.pipeInput(new TestRecord<>(key, value, now));
    }

    /** A record that was sent home from where it stood at first. */
    void pipe(Topic topic, String key, byte[] value, Origin origin) {
        RecordHeaders headers = new RecordHeaders();
        origin.writeTo(headers);
        driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, headers, now));
    }

    byte[] bytes(Topic topic, SpecificRecord value) {
        return writer.bytes(topic, value);
    }

    /** What was written to a topic since the last call. */
    List<TestRecord<byte[], byte[]>> drain(Topic topic) {
        return driver.createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    List<SpecificRecord> read(Topic topic) {
        List<SpecificRecord> records = new ArrayList<>();
        for (TestRecord<byte[], byte[]> record : drain(topic)) {
            if (!(reader.read(topic, record.value()) instanceof Decoded.Readable readable)) {
                throw new AssertionError("unreadable in " + topic.name());
            }
            records.add(readable.value());
        }
        return records;
    }

    /** The only record of this type among them. */
    static <T> T only(List<SpecificRecord> records, Class<T> type) {
        List<T> found =
                records.stream().filter(type::isInstance).map(type::cast).toList();
        if (found.size() != 1) {
            throw new AssertionError("expected one " + type.getSimpleName() + " among " + records);
        }
        return found.getFirst();
    }

    @Override
    public void close() {
        driver.close();
        registry.close();
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
