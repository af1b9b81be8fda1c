package io.loanledger.benchmarks.world;

import io.loanledger.benchmarks.process.ChildJvm;
import io.loanledger.benchmarks.subject.BrokerSubject;
import io.loanledger.benchmarks.subject.Floor;
import io.loanledger.benchmarks.subject.FloorSubject;
import io.loanledger.benchmarks.subject.FoldSubject;
import io.loanledger.benchmarks.subject.LedgerSubject;
import io.loanledger.benchmarks.subject.LiquidationSubject;
import io.loanledger.benchmarks.subject.ServiceArguments;
import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.events.topic.TopicProvisioner;
import io.loanledger.events.topic.TopicSettings;
import io.loanledger.local.net.FreePorts;
import io.loanledger.local.registry.RegistryHome;
import io.loanledger.local.registry.SchemaRegistryProcess;
import io.loanledger.local.stack.FolderTree;
import io.loanledger.local.stack.RunFolder;
import io.loanledger.streams.service.LedgerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Node;
import org.jspecify.annotations.Nullable;

/**
 * One broker in a JVM of its own, the schema registry, the contract's topics and schemas, and the processes that are measured, each over its
 * own folder. {@link #close} ends all of it and removes the folder.
 */
public final class BenchCluster implements AutoCloseable {

    /** Of every topic. */
    public static final int PARTITIONS = 4;

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int FIRST = 1;
    private static final int BROKER_HEAP = 1_024;
    private static final int FOLD_HEAP = 768;
    private static final int LOANS_PER_FOLDED_MEGABYTE = 250;

    private final RunFolder folder;
    private final List<AutoCloseable> parts = new ArrayList<>();
    private @Nullable KafkaConnectionSettings connection;
    private @Nullable SchemaRegistry registry;
    private @Nullable SchemaIds ids;
    private @Nullable Admin admin;

    public BenchCluster(RunFolder folder) {
        this.folder = folder;
    }

    /** Brings the platform up and returns when a producer may begin. */
    public void start() throws InterruptedException {
        ChildJvm broker = add(ChildJvm.start(
                BrokerSubject.class,
                "broker",
                BROKER_HEAP,
                folder.path(),
                List.of(folder.of("kafka").toString())));
        SchemaRegistryProcess schemas =
                add(new SchemaRegistryProcess(RegistryHome.find(), folder.of("registry"), FreePorts.one()));
        schemas.start(PATIENCE);
        KafkaConnectionSettings reached = KafkaConnectionSettings.plain(broker.awaitReady(PATIENCE), schemas.url());
        connection = reached;
        Admin opened = add(Admin.create(reached.clientProperties()));
        admin = opened;
        new TopicProvisioner(opened, new TopicSettings(PARTITIONS, (short) 1, TopicSettings.Startup.CREATE), PATIENCE)
                .provision(TopicCatalogue.ALL);
        createFloorTopics(opened);
        SchemaRegistry client = add(SchemaRegistry.open(reached.registryProperties()));
        registry = client;
        ids = new SchemaRegistrar(client).registerAll();
    }

    /** Where logs and data of the run lie. */
    public Path folder() {
        return folder.path();
    }

    public KafkaConnectionSettings connection() {
        return Objects.requireNonNull(connection, "not started");
    }

    public SchemaRegistry registry() {
        return Objects.requireNonNull(registry, "not started");
    }

    public SchemaIds ids() {
        return Objects.requireNonNull(ids, "not started");
    }

    public Admin admin() {
        return Objects.requireNonNull(admin, "not started");
    }

    /** Starts the ledger over its folder and waits until it processes; {@link ChildJvm#awaitReady} has been called. */
    public Started ledger(int threads, int heapMegabytes) throws InterruptedException {
        return ledger(FIRST, threads, heapMegabytes, 0);
    }

    /** Starts one of several instances of the ledger, each over its own folder, with so many copies of every store on others. */
    public Started ledger(int instance, int threads, int heapMegabytes, int standbys) throws InterruptedException {
        return start(LedgerSubject.class, nameOf(instance), List.of(), threads, heapMegabytes, standbys);
    }

    /** The settings with which the ledger runs here. */
    public LedgerSettings ledgerSettings() {
        return arguments(nameOf(FIRST), 1, 0).ofLedger();
    }

    private static String nameOf(int instance) {
        return "ledger-" + instance;
    }

    /** Starts the liquidation processor; it serves one market, so with one thread, its default. */
    public Started liquidation() throws InterruptedException {
        return start(LiquidationSubject.class, "liquidation", List.of(), 1, 512, 0);
    }

    public Started floor(Floor floor, int threads) throws InterruptedException {
        return start(FloorSubject.class, floor.title(), List.of(floor.name()), threads, 512, 0);
    }

    /**
     * A process that works.
     *
     * @param untilRunning from the start of Kafka Streams until it processed
     */
    public record Started(ChildJvm process, Duration untilRunning) implements AutoCloseable {
        @Override
        public void close() {
            process.close();
        }
    }

    /** Starts a process that folds the journal of so many loans, all of which it holds on its heap. */
    public ChildJvm fold(int loans) throws InterruptedException {
        ChildJvm process = add(ChildJvm.start(
                FoldSubject.class,
                "fold",
                FOLD_HEAP + loans / LOANS_PER_FOLDED_MEGABYTE,
                folder.path(),
                List.of(
                        connection().bootstrapServers(),
                        connection().registryUrls().getFirst())));
        process.awaitReady(PATIENCE);
        return process;
    }

    /** Where the ledger keeps its stores. */
    public Path ledgerStores() {
        return state(nameOf(FIRST));
    }

    /** What the topics whose names are asked for take up on the broker, as far as they are compacted at this moment. */
    public long bytesOnBroker(Predicate<String> topics) throws InterruptedException {
        try {
            List<Integer> brokers = admin().describeCluster().nodes().get().stream()
                    .map(Node::id)
                    .toList();
            return admin().describeLogDirs(brokers).allDescriptions().get().values().stream()
                    .flatMap(folders -> folders.values().stream())
                    .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                    .filter(replica -> topics.test(replica.getKey().topic()))
                    .mapToLong(replica -> replica.getValue().size())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot read the sizes of topics", e.getCause());
        }
    }

    /** Removes the stores of the ledger, whose process has ended. */
    public void loseLedgerStores() {
        try {
            FolderTree.delete(ledgerStores());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Started start(Class<?> main, String name, List<String> before, int threads, int heapMegabytes, int standbys)
            throws InterruptedException {
        List<String> words = Stream.concat(before.stream(), arguments(name, threads, standbys).words().stream())
                .toList();
        ChildJvm process = add(ChildJvm.start(main, name, heapMegabytes, folder.path(), words));
        return new Started(process, Duration.ofNanos(Long.parseLong(process.awaitReady(Duration.ofMinutes(10)))));
    }

    private ServiceArguments arguments(String name, int threads, int standbys) {
        return new ServiceArguments(
                connection().bootstrapServers(),
                connection().registryUrls().getFirst(),
                state(name),
                PARTITIONS,
                threads,
                FreePorts.one(),
                name,
                standbys);
    }

    private Path state(String name) {
        return folder.of("state").resolve(name);
    }

    private static void createFloorTopics(Admin admin) throws InterruptedException {
        List<NewTopic> topics = Stream.of(Floor.values())
                .flatMap(floor -> Stream.of(floor.input(), floor.output()))
                .map(name -> new NewTopic(name, PARTITIONS, (short) 1)
                        .configs(Map.of("message.timestamp.type", "LogAppendTime")))
                .toList();
        try {
            admin.createTopics(topics).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot make the floors' topics", e.getCause());
        }
    }

    private <T extends AutoCloseable> T add(T part) {
        synchronized (parts) {
            parts.add(part);
        }
        return part;
    }

    @Override
    public void close() {
        List<AutoCloseable> ending;
        synchronized (parts) {
            ending = List.copyOf(parts);
            parts.clear();
        }
        for (AutoCloseable part : ending.reversed()) {
            try {
                part.close();
            } catch (Exception e) { // One part that cannot end well must not keep the others.
                System.err.println("while ending a part of the bench: " + e);
            }
        }
    }
}
