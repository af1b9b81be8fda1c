package io.loanledger.local.ledger;

import io.loanledger.events.service.ServicePhase;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.local.net.FreePorts;
import io.loanledger.local.testing.Await;
import io.loanledger.local.testing.SeparateJvm;
import io.loanledger.streams.service.LedgerService;
import io.loanledger.streams.service.LedgerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One instance of the ledger as a process of its own, which holds still in the middle of a transaction, to be killed there. */
public final class LedgerProcess {
    private static final String RUNNING = "RUNNING";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private LedgerProcess() {}

    /** Returns when it processes. It will hold after so many records of that topic. */
    static SeparateJvm start(LedgerOnABroker world, int partitions, String holdTopic, int holdAfter) {
        KafkaConnectionSettings kafka = world.connection();
        SeparateJvm process = SeparateJvm.start(
                List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-Dlogback.configurationFile=logback-process.xml"),
                LedgerProcess.class,
                kafka.bootstrapServers(),
                String.join(",", kafka.registryUrls()),
                world.stateFolder().toString(),
                Integer.toString(partitions),
                holdTopic,
                Integer.toString(holdAfter));
        // It may hold before it has caught up with everything.
        String first =
                process.awaitLine(line -> line.equals(RUNNING) || line.startsWith(HeldTransaction.HELD), PATIENCE);
        assert !first.isEmpty();
        return process;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> values = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                arguments[0],
                "SCHEMA_REGISTRY_URL",
                arguments[1],
                "LEDGER_STATE_DIR",
                Path.of(arguments[2]).toString(),
                "LEDGER_PARTITIONS",
                arguments[3],
                "LEDGER_REPLICATION_FACTOR",
                "1",
                "LEDGER_INSTANCE_ID",
                LedgerOnABroker.INSTANCE_ID,
                "LEDGER_THREADS",
                "2",
                "LEDGER_ROCKSDB_MB",
                "32",
                "METRICS_PORT",
                Integer.toString(FreePorts.one()));
        LedgerSettings read = LedgerSettings.from(LedgerSettings.TABLE.read(values));
        HeldTransaction.holdAfter(arguments[4], Integer.parseInt(arguments[5]));
        LedgerService service = LedgerService.start(held(read));
        Await.until(() -> service.phase() == ServicePhase.RUNNING, PATIENCE, () -> "phase " + service.phase());
        System.out.println(RUNNING);
        System.out.println("ended " + (service.awaitEnd() ? "when told to" : "by itself"));
    }

    private static LedgerSettings held(LedgerSettings read) {
        KafkaConnectionSettings kafka = read.kafka();
        Map<String, Object> client = new HashMap<>(kafka.clientProperties());
        client.put("producer.interceptor.classes", HeldTransaction.class.getName());
        return new LedgerSettings(
                new KafkaConnectionSettings(
                        kafka.bootstrapServers(), kafka.registryUrls(), client, kafka.registryProperties()),
                read.topics(),
                read.observability(),
                read.instanceId(),
                read.stateDirectory(),
                read.threads(),
                read.standbys(),
                read.rocksDbMegabytes(),
                read.commitEvery(),
                read.schemas(),
                read.operatorKeys());
    }
}
