package io.loanledger.events.topic;

import io.loanledger.events.settings.Setting;
import io.loanledger.events.settings.SettingValues;
import io.loanledger.events.settings.SettingsTable;

/**
 * What a deployment says about the topics; every service that checks or creates them puts {@link #TABLE} into its own.
 *
 * @param sharedPartitions the count that all loan-keyed and market-keyed topics share
 * @param replicationFactor copies of each partition
 * @param startup what to do about missing topics at start-up
 */
public record TopicSettings(int sharedPartitions, short replicationFactor, Startup startup) {

    /** What to do about missing topics at start-up. */
    public enum Startup {
        /** Create them, then check all. */
        CREATE,
        /** Check only; a missing topic is a problem. */
        CHECK
    }

    public static final Setting<Integer> PARTITIONS = Setting.integer(
            "LEDGER_PARTITIONS",
            "partitions",
            TopicCatalogue.PRODUCTION_PARTITIONS,
            1,
            1000,
            "Partitions that the ledger's topics share; it can never change once there are records.");
    public static final Setting<Integer> REPLICATION_FACTOR = Setting.integer(
            "LEDGER_REPLICATION_FACTOR", "copies", 3, 1, 9, "Copies of each partition on different brokers.");
    public static final Setting<Startup> STARTUP = Setting.choice(
            "LEDGER_TOPICS", Startup.class, Startup.CREATE, "Whether missing topics are created at start-up.");

    public static final SettingsTable TABLE = SettingsTable.of(PARTITIONS, REPLICATION_FACTOR, STARTUP);

    /** Takes its rows from a table that was read and that holds {@link #TABLE}. */
    public static TopicSettings from(SettingValues in) {
        return new TopicSettings(in.get(PARTITIONS), in.get(REPLICATION_FACTOR).shortValue(), in.get(STARTUP));
    }
}
