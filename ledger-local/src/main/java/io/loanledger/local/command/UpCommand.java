package io.loanledger.local.command;

import io.loanledger.local.stack.LocalPlatform;
import io.loanledger.local.stack.PortTaken;
import io.loanledger.local.stack.RunFolder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** {@code ./ledger up}: broker, registry and services at well-known addresses until the process is told to end. */
final class UpCommand {

    private static final Set<String> OPTIONS = Set.of("--data", "--kafka-port", "--registry-port");
    private static final int KAFKA_PORT = 9092;
    private static final int REGISTRY_PORT = 8081;
    private static final int HIGHEST_PORT = 65_535;

    private UpCommand() {}

    static int run(List<String> words, PrintStream out) throws InterruptedException {
        Arguments arguments = Arguments.of(words, OPTIONS);
        int kafkaPort = Math.toIntExact(arguments.number("--kafka-port", KAFKA_PORT, 1, HIGHEST_PORT));
        int registryPort = Math.toIntExact(arguments.number("--registry-port", REGISTRY_PORT, 1, HIGHEST_PORT));
        Path data = arguments.text("--data").map(Path::of).orElseGet(UpCommand::defaultData);

        PortTaken.refuseUnlessFree(kafkaPort, "Kafka", "--kafka-port");
        PortTaken.refuseUnlessFree(registryPort, "the schema registry", "--registry-port");
        var guard = new ShutdownGuard();
        RunFolder folder = guard.guard(RunFolder.kept(data));
        LogFile.use(folder.log());
        out.println("starting; data in " + folder.path() + ", log in " + folder.log());
        LocalPlatform platform = guard.guard(new LocalPlatform(folder, kafkaPort, registryPort));
        platform.start();
        out.println("Kafka            " + platform.connection().bootstrapServers());
        out.println("schema registry  " + platform.connection().registryUrls().getFirst());
        out.println("running until Ctrl-C");
        // The shutdown hook ends everything; nothing counts this latch down.
        new CountDownLatch(1).await();
        return 0;
    }

    private static Path defaultData() {
        return Path.of(System.getProperty("user.home"), ".loan-ledger");
    }
}
