package io.loanledger.local.stack;

import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.events.topic.TopicProvisioner;
import io.loanledger.events.topic.TopicSettings;
import io.loanledger.local.kafka.EmbeddedKafka;
import io.loanledger.local.registry.RegistryHome;
import io.loanledger.local.registry.SchemaRegistryProcess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * What the services stand on: a broker in this JVM, the schema registry as its child, the contract's schemas and topics.
 *
 * <p>{@link #start} brings all of it up, broker and registry side by side, and returns when a producer may begin. {@link #close} ends
 * it, may be called at any moment from any thread, also while {@link #start} runs (which then fails), and again.
 */
public final class LocalPlatform implements AutoCloseable {

    /** Partitions of every topic that tasks share; never changes for a folder. */
    public static final int PARTITIONS = 4;

    private static final Duration REGISTRY_DEADLINE = Duration.ofSeconds(90);

    private static final Duration TOPICS_DEADLINE = Duration.ofSeconds(60);

    private final EmbeddedKafka kafka;
    private final SchemaRegistryProcess registry;

    public LocalPlatform(RunFolder folder, int kafkaPort, int registryPort) {
        this.kafka = new EmbeddedKafka(folder.of("kafka"), kafkaPort);
        this.registry = new SchemaRegistryProcess(RegistryHome.find(), folder.of("registry"), registryPort);
    }

    /** How clients of this run reach it. */
    public KafkaConnectionSettings connection() {
        return KafkaConnectionSettings.plain(kafka.bootstrapServers(), registry.url());
    }

    public void start() {
        CompletableFuture<Void> registryReady = CompletableFuture.runAsync(() -> registry.start(REGISTRY_DEADLINE));
        kafka.start();
        try {
            registryReady.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw e;
        }
        var topics = new TopicSettings(PARTITIONS, (short) 1, TopicSettings.Startup.CREATE);
        try (Admin admin = Admin.create(connection().clientProperties())) {
            new TopicProvisioner(admin, topics, TOPICS_DEADLINE).provision(TopicCatalogue.ALL);
        }
        try (SchemaRegistry schemas = SchemaRegistry.open(connection().registryProperties())) {
            new SchemaRegistrar(schemas).registerAll();
        }
    }

    @Override
    public void close() {
        kafka.close();
        registry.close();
    }
}
