package io.loanledger.streams.service;

import io.loanledger.events.approval.OperatorKeys;
import io.loanledger.events.service.ObservabilitySettings;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.settings.Setting;
import io.loanledger.events.settings.SettingValues;
import io.loanledger.events.settings.SettingsTable;
import io.loanledger.events.streams.StreamsInstance;
import io.loanledger.events.topic.TopicSettings;
import io.loanledger.streams.LedgerNames;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What an operator says about one instance of the ledger. Read once, in {@code main}.
 *
 * @param kafka brokers and registry
 * @param topics partitions, copies, whether missing topics are made
 * @param observability where meters and health are shown
 * @param instanceId names this instance for good: a restart under the same name takes its tasks back without a rebalance
 * @param stateDirectory keeps the stores; lost, they are restored from their changelogs
 * @param threads stream threads; one for each processor core is best
 * @param standbys copies of each task's stores on other instances
 * @param rocksDbMegabytes memory for all stores together, outside the heap
 * @param commitEvery longest time between two commits while there is something to commit
 * @param schemas whether missing schemas are registered
 * @param operatorKeys the operators of whom two together may have a record skipped
 */
public record LedgerSettings(
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
        OperatorKeys operatorKeys) {

    /** What to do about schemas at start-up. */
    public enum Schemas {
        /** Register those that are missing. */
        REGISTER,
        /** A missing schema is a problem. */
        CHECK
    }

    public static final Setting<String> INSTANCE_ID = Setting.text(
            "LEDGER_INSTANCE_ID", "ledger-1", "Lasting name of this instance; no two run under the same one.");
    public static final Setting<Path> STATE_DIRECTORY = Setting.path(
            "LEDGER_STATE_DIR", "data/ledger-streams", "Folder of the stores; it should outlive the process.");
    public static final Setting<Integer> THREADS = Setting.integer(
            "LEDGER_THREADS",
            "threads",
            Runtime.getRuntime().availableProcessors(),
            1,
            64,
            "Stream threads; one for each processor core is best.");
    public static final Setting<Integer> STANDBYS = Setting.integer(
            "LEDGER_STANDBYS", "copies", 0, 0, 3, "Copies of each task's stores on other instances; 1 in production.");
    public static final Setting<Integer> ROCKSDB_MEGABYTES = Setting.integer(
            "LEDGER_ROCKSDB_MB",
            "MiB",
            256,
            16,
            65_536,
            "Memory of all stores together, outside the heap: blocks, indexes and write buffers.");
    public static final Setting<Duration> COMMIT_EVERY = Setting.milliseconds(
            "LEDGER_COMMIT_MS",
            Duration.ofMillis(100),
            Duration.ofMillis(1),
            Duration.ofSeconds(2),
            "Longest time from one commit to the next; what is urgent asks for its own. Longer where brokers are slow.");
    public static final Setting<Schemas> SCHEMAS = Setting.choice(
            "LEDGER_SCHEMAS", Schemas.class, Schemas.REGISTER, "Whether missing schemas are registered at start-up.");

    public static final Setting<OperatorKeys> OPERATOR_KEYS = new Setting<>(
            "LEDGER_OPERATOR_KEYS",
            "file",
            "",
            false,
            "File with the public keys of the operators of whom two together may have a record skipped.",
            text -> text.isEmpty() ? OperatorKeys.NONE : OperatorKeys.read(Path.of(text)));

    public static final SettingsTable TABLE = KafkaConnectionSettings.TABLE
            .and(TopicSettings.TABLE)
            .and(SettingsTable.of(
                    INSTANCE_ID,
                    STATE_DIRECTORY,
                    THREADS,
                    STANDBYS,
                    ROCKSDB_MEGABYTES,
                    COMMIT_EVERY,
                    SCHEMAS,
                    OPERATOR_KEYS))
            .and(ObservabilitySettings.TABLE);

    /** Takes its rows from a table that was read and that holds {@link #TABLE}. */
    public static LedgerSettings from(SettingValues in) {
        return new LedgerSettings(
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
                in.get(OPERATOR_KEYS));
    }

    /** The part that Kafka Streams is set up from. */
    public StreamsInstance streamsInstance() {
        return new StreamsInstance(
                LedgerNames.APPLICATION_ID,
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
