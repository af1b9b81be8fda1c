package io.loanledger.liquidation;

import io.loanledger.core.liquidation.MarketRules;
import io.loanledger.events.service.ObservabilitySettings;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.settings.Setting;
import io.loanledger.events.settings.SettingValues;
import io.loanledger.events.settings.SettingsTable;
import io.loanledger.events.streams.StreamsInstance;
import io.loanledger.events.topic.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an operator says about one instance of the liquidation processor. Read once, in {@code main}.
 *
 * @param kafka brokers and registry
 * @param topics partitions, copies, whether missing topics are made
 * @param observability where meters and health are shown
 * @param instanceId names this instance for good: a restart under the same name takes its tasks back without a rebalance
 * @param stateDirectory keeps the store; lost, it is restored from its changelog
 * @param threads stream threads
 * @param standbys copies of each task's store on other instances
 * @param rocksDbMegabytes memory for all stores together, outside the heap
 * @param commitEvery longest time between two commits while there is something to commit
 * @param schemas whether missing schemas are registered
 * @param clock what tells the time
 * @param markets what may be sold, and how
 */
public record LiquidationSettings(
        KafkaConnectionSettings kafka,
        TopicSettings topics,
        ObservabilitySettings observability,
        String instanceId,
        Path stateDirectory,
        int threads,
        int standbys,
        int rocksDbMegabytes,
        Duration commitEvery,
        Schemas schemas,
        LedgerClock clock,
        List<MarketRules> markets) {

    /** What to do about schemas at start-up. */
    public enum Schemas {
        /** Register those that are missing. */
        REGISTER,
        /** A missing schema is a problem. */
        CHECK
    }

    /** What tells the time against which prices age and orders expire. */
    public enum LedgerClock {
        /** The process's own clock: always, in production. */
        WALL,
        /** The newest price time that has been read: for replays and scenarios, whose prices are old by the clock on the wall. */
        INDEX
    }

    public static final Setting<String> INSTANCE_ID = Setting.text(
            "LIQUIDATION_INSTANCE_ID",
            "liquidation-1",
            "Lasting name of this instance; no two run under the same one.");
    public static final Setting<Path> STATE_DIRECTORY = Setting.path(
            "LIQUIDATION_STATE_DIR",
            "data/liquidation-processor",
            "Folder of the store; it should outlive the process.");
    public static final Setting<Integer> THREADS = Setting.integer(
            "LIQUIDATION_THREADS", "threads", 1, 1, 64, "Stream threads; a market is always served by one of them.");
    public static final Setting<Integer> STANDBYS = Setting.integer(
            "LIQUIDATION_STANDBYS",
            "copies",
            0,
            0,
            3,
            "Copies of each task's store on other instances; 1 in production.");
    public static final Setting<Integer> ROCKSDB_MEGABYTES = Setting.integer(
            "LIQUIDATION_ROCKSDB_MB",
            "MiB",
            64,
            16,
            65_536,
            "Memory of all stores together, outside the heap: blocks, indexes and write buffers.");
    public static final Setting<Duration> COMMIT_EVERY = Setting.milliseconds(
            "LIQUIDATION_COMMIT_MS",
            Duration.ofMillis(100),
            Duration.ofMillis(1),
            Duration.ofSeconds(2),
            "Longest time from one commit to the next; what is urgent asks for its own. Longer where brokers are slow.");
    public static final Setting<Schemas> SCHEMAS = Setting.choice(
            "LEDGER_SCHEMAS", Schemas.class, Schemas.REGISTER, "Whether missing schemas are registered at start-up.");
    public static final Setting<LedgerClock> CLOCK = Setting.choice(
            "LEDGER_CLOCK",
            LedgerClock.class,
            LedgerClock.WALL,
            "What tells the time: WALL in production, INDEX (newest price time) for replays and scenarios.");
    public static final Setting<List<MarketList.Line>> MARKETS = new Setting<>(
            "LIQUIDATION_MARKETS",
            "list",
            "BTC-USD:BTC/8:USD/2:0.01:50:20000000, ETH-USD:ETH/18:USD/2:0.01:1000:10000000",
            false,
            "Markets that may be sold into, each market:base/scale:quote/scale:tick:largest order:notional in flight.",
            text -> MarketList.read(List.of(text.split("\\s*,\\s*", -1))));
    public static final Setting<Integer> OPEN_BLOCKS = Setting.integer(
            "LIQUIDATION_OPEN_BLOCKS", "blocks", 8, 1, 1_000, "Blocks of a market that may be open at a time.");
    public static final Setting<Integer> BLOCK_MEMBERS =
            Setting.integer("LIQUIDATION_BLOCK_MEMBERS", "cases", 100, 1, 2_000, "Cases that one block may hold.");
    public static final Setting<Duration> ORDER_LIFE = Setting.milliseconds(
            "LIQUIDATION_ORDER_LIFE_MS",
            Duration.ofSeconds(30),
            Duration.ofMillis(100),
            Duration.ofHours(24),
            "Time from a sell order to its expiry.");
    public static final Setting<Duration> PRICE_MAX_AGE = Setting.milliseconds(
            "LIQUIDATION_PRICE_MAX_AGE_MS",
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofHours(1),
            "Oldest index price, by the clock, that an order may be formed at.");
    public static final Setting<Duration> REQUEST_MAX_AGE = Setting.milliseconds(
            "LIQUIDATION_REQUEST_MAX_AGE_MS",
            Duration.ofSeconds(30),
            Duration.ofMillis(100),
            Duration.ofDays(1),
            "Oldest evidence with which a request may arrive; later ones are declined, and the ledger asks anew.");
    public static final Setting<Duration> REJECT_DELAY = Setting.milliseconds(
            "LIQUIDATION_REJECT_DELAY_MS",
            Duration.ofSeconds(1),
            Duration.ofMillis(1),
            Duration.ofHours(1),
            "Pause before the next attempt after a desk rejected an order.");
    public static final Setting<Duration> OVERDUE_AFTER = Setting.milliseconds(
            "LIQUIDATION_OVERDUE_AFTER_MS",
            Duration.ofMinutes(1),
            Duration.ofMillis(1),
            Duration.ofHours(24),
            "Time after its expiry at which an order without an answer is alarmed.");
    public static final Setting<Duration> RETENTION = Setting.milliseconds(
            "LIQUIDATION_RETENTION_MS",
            Duration.ofDays(7),
            Duration.ofMinutes(1),
            Duration.ofDays(90),
            "Time for which ended cases are kept to answer repeats, late fills and busts.");

    public static final SettingsTable TABLE = KafkaConnectionSettings.TABLE
            .and(TopicSettings.TABLE)
            .and(SettingsTable.of(
                    INSTANCE_ID, STATE_DIRECTORY, THREADS, STANDBYS, ROCKSDB_MEGABYTES, COMMIT_EVERY, SCHEMAS, CLOCK))
            .and(SettingsTable.of(
                    MARKETS,
                    OPEN_BLOCKS,
                    BLOCK_MEMBERS,
                    ORDER_LIFE,
                    PRICE_MAX_AGE,
                    REQUEST_MAX_AGE,
                    REJECT_DELAY,
                    OVERDUE_AFTER,
                    RETENTION))
            .and(ObservabilitySettings.TABLE)
            .check(LiquidationSettings::marketsDiffer);

    public LiquidationSettings {
        markets = List.copyOf(markets);
    }

    /** Takes its rows from a table that was read and that holds {@link #TABLE}. */
    public static LiquidationSettings from(SettingValues in) {
        return new LiquidationSettings(
                KafkaConnectionSettings.from(in),
                TopicSettings.from(in),
                ObservabilitySettings.from(in),
                in.get(INSTANCE_ID),
                in.get(STATE_DIRECTORY),
                in.get(THREADS),
                in.get(STANDBYS),
                in.get(ROCKSDB_MEGABYTES),
                in.get(COMMIT_EVERY),
                in.get(SCHEMAS),
                in.get(CLOCK),
                in.get(MARKETS).stream().map(line -> rules(line, in)).toList());
    }

    private static MarketRules rules(MarketList.Line line, SettingValues in) {
        return new MarketRules(
                line.market(),
                line.base(),
                line.quote(),
                line.tickSize(),
                line.maxOrder(),
                line.maxNotional(),
                in.get(OPEN_BLOCKS),
                in.get(BLOCK_MEMBERS),
                in.get(ORDER_LIFE),
                in.get(PRICE_MAX_AGE),
                in.get(REQUEST_MAX_AGE),
                in.get(REJECT_DELAY),
                in.get(OVERDUE_AFTER),
                in.get(RETENTION));
    }

    private static Optional<String> marketsDiffer(SettingValues in) {
        List<MarketList.Line> lines = in.get(MARKETS);
        long different = lines.stream().map(MarketList.Line::market).distinct().count();
        return different == lines.size() ? Optional.empty() : Optional.of(MARKETS.name() + " names a market twice");
    }

    /** The part that Kafka Streams is set up from. */
    public StreamsInstance streamsInstance() {
        return new StreamsInstance(
                LiquidationNames.APPLICATION_ID,
                instanceId,
                kafka,
                stateDirectory,
                threads,
                standbys,
                topics.replicationFactor(),
                rocksDbMegabytes,
                commitEvery);
    }
}
