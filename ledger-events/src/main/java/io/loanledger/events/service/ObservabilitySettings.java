package io.loanledger.events.service;

import io.loanledger.events.settings.Setting;
import io.loanledger.events.settings.SettingValues;
import io.loanledger.events.settings.SettingsTable;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Where a service shows its meters and health, and how often it measures its lag. Every service adds {@link #TABLE} to its own.
 *
 * @param host address to listen on; a name is resolved when listening starts
 * @param port TCP port to listen on
 * @param lagEvery pause between two measurements of the lag
 */
public record ObservabilitySettings(String host, int port, Duration lagEvery) {

    public static final Setting<String> HOST = Setting.text(
            "METRICS_HOST", "127.0.0.1", "Address for /metrics and /health; they are open to whoever reaches it.");
    public static final Setting<Integer> PORT =
            Setting.integer("METRICS_PORT", "TCP port", 9464, 1, 65535, "Port for /metrics and /health.");
    public static final Setting<Duration> LAG_EVERY = Setting.milliseconds(
            "METRICS_LAG_EVERY_MS",
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofMinutes(10),
            "Pause between two measurements of the own lag.");

    public static final SettingsTable TABLE = SettingsTable.of(HOST, PORT, LAG_EVERY);

    /** Takes its rows from a table that was read and that holds {@link #TABLE}. */
    public static ObservabilitySettings from(SettingValues in) {
        return new ObservabilitySettings(in.get(HOST), in.get(PORT), in.get(LAG_EVERY));
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }
}
