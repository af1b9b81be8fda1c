package io.loanledger.local.kafka;

import io.loanledger.events.service.TransactionVersionCheck;
import io.loanledger.local.net.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker in this JVM: broker and KRaft controller in one, loopback only, one node, every record in the folder it was given.
 *
 * <p>Guarantees: a folder is formatted once and kept; a broker started again over the same folder, on the same or on another port,
 * has the same topics, records, transactions and committed offsets. {@link #start} returns when the broker has finished its start
 * and has transaction.version 2, which the ledger's exactly-once processing needs. {@link #start} and {@link #close} may be called
 * again; both are safe from any thread. A folder serves one broker at a time (Kafka locks it).
 *
 * <p>A fatal fault inside the broker halts the JVM, as it would end a broker's own process.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final int NODE_ID = 1;
    private static final String CONTROLLER_LISTENER = "CONTROLLER";

    private final Path folder;
    private final int port;
    private @Nullable KafkaRaftServer server;

    /** A broker over {@code folder} (made when it is not there) that listens on 127.0.0.1:{@code port}. Nothing runs yet. */
    public EmbeddedKafka(Path folder, int port) {
        this.folder = folder.toAbsolutePath();
        this.port = port;
    }

    /** A broker over {@code folder} on a free port. */
    public static EmbeddedKafka onFreePort(Path folder) {
        return new EmbeddedKafka(folder, FreePorts.one());
    }

    /** What clients put under bootstrap.servers. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public synchronized void start() {
        if (server != null) {
            return;
        }
        formatUnlessFormatted();
        int controllerPort = FreePorts.one();
        var starting = new KafkaRaftServer(new KafkaConfig(settings(controllerPort), false), Time.SYSTEM);
        starting.startup();
        server = starting;
        TransactionVersionCheck.require(Map.of("bootstrap.servers", bootstrapServers()));
    }

    @Override
    public synchronized void close() {
        if (server == null) {
            return;
        }
        KafkaRaftServer stopping = server;
        server = null;
        stopping.shutdown();
        stopping.awaitShutdown();
    }

    private void formatUnlessFormatted() {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        var said = new ByteArrayOutputStream();
        try {
            Files.createDirectories(folder);
            new Formatter()
                    .setPrintStream(new PrintStream(said, true, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE_ID)
                    .addDirectory(folder.toString())
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName(CONTROLLER_LISTENER)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + folder + " for the broker", e);
        } catch (Exception e) { // Formatter.run declares nothing narrower.
            throw new IllegalStateException(
                    "cannot format " + folder + ": " + said.toString(StandardCharsets.UTF_8), e);
        }
    }

    private Map<String, String> settings(int controllerPort) {
        var settings = new HashMap<String, String>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("log.dirs", folder.toString());
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        // A fixed list of voters, read at each start, lets the controller's port change between two runs over one
        // folder.
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);

        // One broker can hold one replica of anything.
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "8");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "8");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");

        // Topics come from the catalogue; one that a client misspelt must fail, not appear.
        settings.put("auto.create.topics.enable", "false");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // The open transaction of a killed instance hides the records behind it until the broker aborts it: look every
        // second.
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        // The first write of a transaction to a partition waits for the former transaction's marker; 20 ms, the
        // default, would
        // double the latency of a 20 ms commit.
        settings.put("add.partitions.to.txn.retry.backoff.ms", "1");

        // Sized for a laptop: the cleaner's default buffer alone is 128 MiB, an index file's 10 MiB for each of 100
        // partitions.
        settings.put("log.cleaner.dedupe.buffer.size", "16777216");
        settings.put("log.index.size.max.bytes", "1048576");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        return settings;
    }
}
