package io.loanledger.local.soak.stack;

import io.loanledger.ingest.PriceIngest;
import io.loanledger.liquidation.LiquidationProcessor;
import io.loanledger.liquidation.LiquidationSettings;
import io.loanledger.streams.LedgerStreams;
import io.loanledger.streams.service.LedgerSettings;
import java.nio.file.Path;
import java.util.Map;

/** The three services, by the {@code main} that production starts. */
public enum ServiceKind {
    LEDGER("ledger-streams", LedgerStreams.class, 320),
    LIQUIDATION("liquidation-processor", LiquidationProcessor.class, 224),
    INGEST("price-ingest", PriceIngest.class, 192);

    /** Eleven processes on two cores commit slowly; with 100 ms, the default, too much of their time would go into commits. */
    private static final String COMMIT_MILLIS = "150";

    private final String title;
    private final Class<?> main;
    private final int heapMegabytes;

    ServiceKind(String title, Class<?> main, int heapMegabytes) {
        this.title = title;
        this.main = main;
        this.heapMegabytes = heapMegabytes;
    }

    public String title() {
        return title;
    }

    String main() {
        return main.getName();
    }

    int heapMegabytes() {
        return heapMegabytes;
    }

    /** Whether several instances share the work; of the other kind one works and the next stands by. */
    public boolean sharesWork() {
        return this != INGEST;
    }

    /** What tells one instance from the next, under the names of the environment. */
    Map<String, String> identity(int number, Path state, int standbys) {
        return switch (this) {
            case LEDGER ->
                Map.of(
                        LedgerSettings.INSTANCE_ID.name(),
                        "ledger-" + number,
                        LedgerSettings.STATE_DIRECTORY.name(),
                        state.toString(),
                        LedgerSettings.STANDBYS.name(),
                        Integer.toString(standbys),
                        LedgerSettings.THREADS.name(),
                        "1",
                        LedgerSettings.ROCKSDB_MEGABYTES.name(),
                        "48",
                        LedgerSettings.COMMIT_EVERY.name(),
                        COMMIT_MILLIS);
            case LIQUIDATION ->
                Map.of(
                        LiquidationSettings.INSTANCE_ID.name(),
                        "liquidation-" + number,
                        LiquidationSettings.STATE_DIRECTORY.name(),
                        state.toString(),
                        LiquidationSettings.STANDBYS.name(),
                        Integer.toString(standbys),
                        LiquidationSettings.THREADS.name(),
                        "1",
                        LiquidationSettings.ROCKSDB_MEGABYTES.name(),
                        "16",
                        LiquidationSettings.COMMIT_EVERY.name(),
                        COMMIT_MILLIS);
            case INGEST -> Map.of();
        };
    }
}
