package io.loanledger.local.stack;

import io.loanledger.events.service.KafkaMeters;
import io.loanledger.events.service.ObservabilityServer;
import io.loanledger.events.service.ObservabilitySettings;
import io.loanledger.events.service.ServiceMeters;
import io.loanledger.events.service.ServicePhase;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.TopicSettings;
import io.loanledger.ingest.PriceIngestService;
import io.loanledger.ingest.PriceIngestSettings;
import io.loanledger.liquidation.LiquidationService;
import io.loanledger.liquidation.LiquidationSettings;
import io.loanledger.streams.service.LedgerService;
import io.loanledger.streams.service.LedgerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The three services in this JVM, each with its own settings, meters and port, as if they were three processes: they share nothing
 * but the brokers.
 *
 * <p>{@link #start} may be called once; {@link #close} ends what was started, at any moment and from any thread, and again.
 */
public final class LocalServices implements AutoCloseable {

    /** What is started, in this order; also the order of the ports. */
    public static final List<String> NAMES = List.of("price-ingest", "ledger-streams", "liquidation-processor");

    private static final Duration PAUSE = Duration.ofMillis(20);

    private record Running(String name, Supplier<ServicePhase> phase) {}

    private final RunFolder folder;
    private final KafkaConnectionSettings connection;
    private final List<Integer> ports;
    private final Map<String, String> changes;
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final List<Running> running = new ArrayList<>();
    private Optional<LedgerService> ledger = Optional.empty();
    private boolean closed;

    /**
     * @param folder keeps the stores
     * @param ports where meters and health are shown, one for each of {@link #NAMES}
     * @param changes settings, under the names of the environment, that differ from the services' defaults
     */
    public LocalServices(
            RunFolder folder, KafkaConnectionSettings connection, List<Integer> ports, Map<String, String> changes) {
        if (ports.size() != NAMES.size()) {
            throw new IllegalArgumentException("one port for each of " + NAMES);
        }
        this.folder = folder;
        this.connection = connection;
        this.ports = List.copyOf(ports);
        this.changes = Map.copyOf(changes);
    }

    /** Starts all three and returns when all process. */
    public void start(Duration deadline) throws InterruptedException {
        long giveUpAt = System.nanoTime() + deadline.toNanos();
        startIngest(environment(0));
        startLedger(environment(1));
        startLiquidation(environment(2));
        while (!allRun()) {
            Optional<String> failed = failure();
            if (failed.isPresent()) {
                throw new IllegalStateException(failed.get());
            }
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException("not every service runs within " + deadline + ": " + phases());
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }

    /** The service that has ended by itself, if one has; its log says why. */
    public synchronized Optional<String> failure() {
        return running.stream()
                .filter(service -> service.phase().get() == ServicePhase.FAILED)
                .map(service -> service.name() + " stopped by itself; its reason stands in " + folder.log())
                .findFirst();
    }

    /** Where each service shows its meters. */
    public Map<String, String> metersByService() {
        var urls = new LinkedHashMap<String, String>();
        for (int i = 0; i < NAMES.size(); i++) {
            urls.put(NAMES.get(i), "http://127.0.0.1:" + ports.get(i) + "/metrics");
        }
        return urls;
    }

    /** The running ledger, to compare its stores with what the topics say. */
    public synchronized LedgerService ledger() {
        return ledger.orElseThrow(() -> new IllegalStateException("the ledger was not started"));
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (AutoCloseable part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception e) { // One service that cannot end well must not keep the others.
                System.err.println("while ending a service: " + e);
            }
        }
        parts.clear();
    }

    private synchronized void startIngest(Map<String, String> environment) {
        refuseIfClosed();
        PriceIngestSettings settings = PriceIngestSettings.from(PriceIngestSettings.TABLE.read(environment));
        ServiceMeters meters = add(ServiceMeters.open());
        PriceIngestService service =
                add(new PriceIngestService(settings, meters.registry(), KafkaMeters.in(meters.registry())));
        try {
            add(ObservabilityServer.start(settings.observability().address(), meters.registry(), service::phase));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        service.start();
        running.add(new Running(NAMES.get(0), service::phase));
    }

    private synchronized void startLedger(Map<String, String> environment) {
        refuseIfClosed();
        LedgerService service = add(LedgerService.start(LedgerSettings.from(LedgerSettings.TABLE.read(environment))));
        ledger = Optional.of(service);
        running.add(new Running(NAMES.get(1), service::phase));
    }

    private synchronized void startLiquidation(Map<String, String> environment) {
        refuseIfClosed();
        LiquidationService service =
                add(LiquidationService.start(LiquidationSettings.from(LiquidationSettings.TABLE.read(environment))));
        running.add(new Running(NAMES.get(2), service::phase));
    }

    private Map<String, String> environment(int service) {
        var environment = new HashMap<String, String>();
        environment.put(KafkaConnectionSettings.BOOTSTRAP_SERVERS.name(), connection.bootstrapServers());
        environment.put(KafkaConnectionSettings.REGISTRY_URL.name(), String.join(",", connection.registryUrls()));
        environment.put(TopicSettings.PARTITIONS.name(), Integer.toString(LocalPlatform.PARTITIONS));
        environment.put(TopicSettings.REPLICATION_FACTOR.name(), "1");
        environment.put(
                LedgerSettings.STATE_DIRECTORY.name(),
                folder.of("state/ledger-streams").toString());
        environment.put(
                LiquidationSettings.STATE_DIRECTORY.name(),
                folder.of("state/liquidation-processor").toString());
        environment.putAll(changes);
        environment.put(ObservabilitySettings.PORT.name(), ports.get(service).toString());
        return environment;
    }

    private synchronized boolean allRun() {
        refuseIfClosed();
        return running.stream().allMatch(service -> service.phase().get() == ServicePhase.RUNNING);
    }

    private synchronized String phases() {
        var phases = new LinkedHashMap<String, ServicePhase>();
        running.forEach(service -> phases.put(service.name(), service.phase().get()));
        return phases.toString();
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException("the services are being ended");
        }
    }

    private <T extends AutoCloseable> T add(T part) {
        parts.add(part);
        return part;
    }
}
