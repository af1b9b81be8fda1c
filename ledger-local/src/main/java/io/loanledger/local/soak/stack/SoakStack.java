package io.loanledger.local.soak.stack;

import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.events.topic.TopicProvisioner;
import io.loanledger.events.topic.TopicSettings;
import io.loanledger.ingest.PriceIngestSettings;
import io.loanledger.liquidation.LiquidationSettings;
import io.loanledger.local.net.FreePorts;
import io.loanledger.local.registry.RegistryHome;
import io.loanledger.local.registry.SchemaRegistryProcess;
import io.loanledger.local.sim.DemoProducts;
import io.loanledger.local.sim.SimulatedVenues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/**
 * All processes of a soak, under one folder: brokers, registry, services and the supervisor's thread.
 *
 * <p>Services run with the settings of production but for their number of partitions, their heaps and the venues they know: prices and
 * orders age by the clock on the wall. The first instance of each reaches the brokers directly, the others through the proxies.
 *
 * <p>{@link #close} ends everything, may be called at any moment from any thread, and again.
 */
public final class SoakStack implements AutoCloseable {

    /** Of every topic that tasks share. */
    public static final int PARTITIONS = 4;

    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int INGEST_INSTANCES = 2;

    private final Path folder;
    private final int instances;
    private final int standbys;
    private final BrokerCluster cluster;
    private final SchemaRegistryProcess registry;
    private final List<ServiceProcess> services = new ArrayList<>();
    private final Supervisor supervisor;
    private final Thread watching;
    private volatile boolean closed;

    /**
     * @param instances of ledger-streams and of liquidation-processor; price-ingest always has a stand-by
     * @param standbys copies of each store on other instances
     * @param log takes a line for whatever starts or ends
     */
    public SoakStack(Path folder, int instances, int standbys, Consumer<String> log) {
        this.folder = folder;
        this.instances = instances;
        this.standbys = standbys;
        this.cluster = new BrokerCluster(folder.resolve("brokers"));
        this.registry = new SchemaRegistryProcess(RegistryHome.find(), folder.resolve("registry"), FreePorts.one());
        List<Integer> ports = FreePorts.several(2 * instances + INGEST_INSTANCES);
        for (ServiceKind kind : List.of(ServiceKind.INGEST, ServiceKind.LEDGER, ServiceKind.LIQUIDATION)) {
            int count = kind.sharesWork() ? instances : INGEST_INSTANCES;
            for (int number = 1; number <= count; number++) {
                services.add(service(kind, number, ports.get(services.size())));
            }
        }
        this.supervisor = new Supervisor(services, log);
        this.watching = new Thread(this::watch, "supervisor");
        watching.setDaemon(true);
    }

    /** Brokers, registry, schemas and topics; then every service. Returns when all process. */
    public void start() throws InterruptedException {
        CompletableFuture<Void> registryReady = CompletableFuture.runAsync(() -> registry.start(START));
        cluster.start();
        registryReady.join();
        var topics = new TopicSettings(PARTITIONS, (short) BrokerCluster.BROKERS, TopicSettings.Startup.CREATE);
        try (Admin admin = Admin.create(connection().clientProperties())) {
            if (!new ClusterState(admin).awaitBrokers(BrokerCluster.BROKERS, START)) {
                throw new IllegalStateException("not every broker answers within " + START + "; see " + folder);
            }
            new TopicProvisioner(admin, topics, START).provision(TopicCatalogue.ALL);
        }
        try (SchemaRegistry schemas = SchemaRegistry.open(connection().registryProperties())) {
            new SchemaRegistrar(schemas).registerAll();
        }
        watching.start();
        services.stream()
                .filter(service -> service.kind().sharesWork() || service.number() == 1)
                .forEach(supervisor::want);
        awaitReady();
    }

    /** How the simulated world and the checks reach brokers and registry. */
    public KafkaConnectionSettings connection() {
        return KafkaConnectionSettings.plain(cluster.bootstrapServers(), registry.url());
    }

    public BrokerCluster cluster() {
        return cluster;
    }

    public SchemaRegistryProcess registry() {
        return registry;
    }

    public Supervisor supervisor() {
        return supervisor;
    }

    /** The instances of a kind, in the order of their numbers. */
    public List<ServiceProcess> services(ServiceKind kind) {
        return services.stream().filter(service -> service.kind() == kind).toList();
    }

    /** The instance of this number, from 1; behind the last one comes the first again. */
    public ServiceProcess instance(ServiceKind kind, int number) {
        List<ServiceProcess> all = services(kind);
        return all.get((number - 1) % all.size());
    }

    /** One more instance of a kind, which does not run yet. */
    public ServiceProcess another(ServiceKind kind, int number) {
        ServiceProcess added = service(kind, number, FreePorts.one());
        supervisor.add(added);
        return added;
    }

    public int instances() {
        return instances;
    }

    /** Where everything lies. */
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        closed = true;
        watching.interrupt();
        supervisor.close();
        cluster.close();
        registry.close();
    }

    private ServiceProcess service(ServiceKind kind, int number, int port) {
        String brokers = number == 1 ? cluster.bootstrapServers() : cluster.bootstrapServersBehindProxies();
        Map<String, String> shared = new HashMap<>();
        shared.put(KafkaConnectionSettings.BOOTSTRAP_SERVERS.name(), brokers);
        shared.put(KafkaConnectionSettings.REGISTRY_URL.name(), registry.url());
        shared.put(TopicSettings.PARTITIONS.name(), Integer.toString(PARTITIONS));
        shared.put(TopicSettings.REPLICATION_FACTOR.name(), Integer.toString(BrokerCluster.BROKERS));
        shared.put(PriceIngestSettings.MARKETS.name(), DemoProducts.MARKET + ":2");
        shared.put(
                PriceIngestSettings.VENUES.name(),
                SimulatedVenues.names().stream()
                        .map(venue -> venue + ":" + DemoProducts.DEBT_ASSET)
                        .collect(Collectors.joining(",")));
        shared.put(LiquidationSettings.BLOCK_MEMBERS.name(), "25");
        shared.put(LiquidationSettings.ORDER_LIFE.name(), "10000");
        return new ServiceProcess(kind, number, folder, port, standbys, shared);
    }

    /** Waits until every service that shall run does. */
    private void awaitReady() throws InterruptedException {
        long giveUpAt = System.nanoTime() + START.toNanos();
        while (!supervisor.allReady()) {
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException("not every service runs within " + START + "; see " + folder);
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }

    private void watch() {
        while (!closed) {
            supervisor.tick();
            try {
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            } catch (InterruptedException ended) {
                return;
            }
        }
    }
}
