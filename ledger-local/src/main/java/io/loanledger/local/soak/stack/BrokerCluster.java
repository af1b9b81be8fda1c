package io.loanledger.local.soak.stack;

import io.loanledger.local.net.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * Three brokers, each with a controller, each a process of its own, on 127.0.0.1: every record three times, two of them in sync before
 * it counts as written.
 *
 * <p>A broker has two listeners for clients. DIRECT leads to it. DETOUR is advertised with the port of a {@link TcpProxy}, so that whoever
 * came in through the proxies stays behind them and can be cut off alone.
 *
 * <p>Ports stay the same over restarts. For one thread, but {@link #close}, which may be called from any.
 */
public final class BrokerCluster implements AutoCloseable {

    public static final int BROKERS = 3;

    private static final int HEAP_MEGABYTES = 320;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private record Ports(int direct, int detour, int controller) {}

    private final Path folder;
    private final String clusterId = Uuid.randomUuid().toString();
    private final List<Ports> ports;
    private final List<TcpProxy> proxies;
    private final List<Optional<ChildProcess>> processes = new ArrayList<>();
    private volatile boolean closed;

    /** {@code folder} takes the data and the logs. Nothing runs yet. */
    public BrokerCluster(Path folder) {
        this.folder = folder;
        List<Integer> free = FreePorts.several(3 * BROKERS);
        this.ports = IntStream.range(0, BROKERS)
                .mapToObj(i -> new Ports(free.get(3 * i), free.get(3 * i + 1), free.get(3 * i + 2)))
                .toList();
        this.proxies = ports.stream()
                .map(port -> new TcpProxy(FreePorts.one(), port.detour()))
                .toList();
        for (int i = 0; i < BROKERS; i++) {
            processes.add(Optional.empty());
        }
    }

    /** Starts the proxies and all brokers; the brokers may not answer yet. */
    public void start() {
        proxies.forEach(TcpProxy::start);
        for (int broker = 1; broker <= BROKERS; broker++) {
            start(broker);
        }
    }

    public String bootstrapServers() {
        return ports.stream().map(port -> "127.0.0.1:" + port.direct()).collect(Collectors.joining(","));
    }

    /** The same brokers behind the proxies. */
    public String bootstrapServersBehindProxies() {
        return proxies.stream().map(proxy -> "127.0.0.1:" + proxy.port()).collect(Collectors.joining(","));
    }

    /** The ways to the brokers that can be cut and slowed, one for each. */
    public List<TcpProxy> proxies() {
        return proxies;
    }

    /** Starts a broker, from 1, unless it runs. */
    public synchronized void start(int broker) {
        if (!closed && !isAlive(broker)) {
            var plan = new ChildProcess.Plan(
                    BrokerMain.class.getName(),
                    List.of(settingsFile(broker).toString(), clusterId),
                    HEAP_MEGABYTES,
                    Map.of(),
                    false,
                    List.of(),
                    folder.resolve("broker-" + broker + ".log"));
            processes.set(broker - 1, Optional.of(ChildProcess.start(plan)));
        }
    }

    public synchronized boolean isAlive(int broker) {
        return processes.get(broker - 1).filter(ChildProcess::isAlive).isPresent();
    }

    /** SIGKILL. */
    public synchronized void kill(int broker) {
        processes.get(broker - 1).ifPresent(ChildProcess::kill);
    }

    /** Brokers that are not running though nobody asked them to end; they are started again. */
    public synchronized List<Integer> revive() {
        List<Integer> dead = new ArrayList<>();
        for (int broker = 1; broker <= BROKERS; broker++) {
            if (!isAlive(broker)) {
                dead.add(broker);
                start(broker);
            }
        }
        return dead;
    }

    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            // All at once: the last controller has nobody to hand over to and would wait.
            List<ChildProcess> running =
                    processes.stream().flatMap(Optional::stream).toList();
            running.parallelStream().forEach(process -> process.stop(STOP_PATIENCE));
        }
        proxies.forEach(TcpProxy::close);
    }

    private Path settingsFile(int broker) {
        Path file = folder.resolve("broker-" + broker + ".properties");
        var settings = new Properties();
        settings(broker, settings);
        try {
            Files.createDirectories(folder);
            try (Writer writer = Files.newBufferedWriter(file)) {
                settings.store(writer, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private void settings(int broker, Properties settings) {
        Ports own = ports.get(broker - 1);
        String voters = IntStream.rangeClosed(1, BROKERS)
                .mapToObj(id -> id + "@127.0.0.1:" + ports.get(id - 1).controller())
                .collect(Collectors.joining(","));
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(broker));
        settings.put("log.dirs", folder.resolve("broker-" + broker).toString());
        settings.put(
                "listeners",
                "DIRECT://127.0.0.1:" + own.direct() + ",DETOUR://127.0.0.1:" + own.detour()
                        + ",CONTROLLER://127.0.0.1:" + own.controller());
        settings.put(
                "advertised.listeners",
                "DIRECT://127.0.0.1:" + own.direct() + ",DETOUR://127.0.0.1:"
                        + proxies.get(broker - 1).port());
        settings.put("listener.security.protocol.map", "DIRECT:PLAINTEXT,DETOUR:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "DIRECT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", voters);

        settings.put("default.replication.factor", "3");
        settings.put("min.insync.replicas", "2");
        settings.put("offsets.topic.replication.factor", "3");
        settings.put("offsets.topic.num.partitions", "6");
        settings.put("transaction.state.log.replication.factor", "3");
        settings.put("transaction.state.log.min.isr", "2");
        settings.put("transaction.state.log.num.partitions", "6");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");

        settings.put("auto.create.topics.enable", "false");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // As docs/operate.md asks of every broker of the ledger.
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        // Not 1 as there: three brokers that ask one another each millisecond leave nothing of two cores for anybody
        // else.
        settings.put("add.partitions.to.txn.retry.backoff.ms", "10");

        // Three brokers on one machine.
        settings.put("log.cleaner.dedupe.buffer.size", "16777216");
        settings.put("log.index.size.max.bytes", "1048576");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
    }
}
