package io.loanledger.local.command;

import io.loanledger.local.stack.LocalPlatform;
import io.loanledger.local.stack.LocalServices;
import io.loanledger.local.stack.PortTaken;
import io.loanledger.local.stack.RunFolder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** {@code ./ledger up}: broker, registry and services at well-known addresses until the process is told to end. */
final class UpCommand {

    private static final Set<String> OPTIONS = Set.of("--data", "--kafka-port", "--registry-port", "--metrics-port");
    private static final int KAFKA_PORT = 9092;
    private static final int REGISTRY_PORT = 8081;
    /** The first of one for each service. */
    private static final int METRICS_PORT = 9464;

    private static final Duration START_DEADLINE = Duration.ofSeconds(90);
    private static final Duration WATCH = Duration.ofMillis(500);
    private static final int HIGHEST_PORT = 65_535;

    private UpCommand() {}

    static int run(List<String> words, PrintStream out) throws InterruptedException {
        Arguments arguments = Arguments.of(words, OPTIONS);
        int kafkaPort = Math.toIntExact(arguments.number("--kafka-port", KAFKA_PORT, 1, HIGHEST_PORT));
        int registryPort = Math.toIntExact(arguments.number("--registry-port", REGISTRY_PORT, 1, HIGHEST_PORT));
        int metricsPort = Math.toIntExact(
                arguments.number("--metrics-port", METRICS_PORT, 1, HIGHEST_PORT - LocalServices.NAMES.size() + 1));
        Path data = arguments.text("--data").map(Path::of).orElseGet(UpCommand::defaultData);

        PortTaken.refuseUnlessFree(kafkaPort, "Kafka", "--kafka-port");
        PortTaken.refuseUnlessFree(registryPort, "the schema registry", "--registry-port");
        List<Integer> metricsPorts = IntStream.range(metricsPort, metricsPort + LocalServices.NAMES.size())
                .boxed()
                .toList();
        for (int i = 0; i < metricsPorts.size(); i++) {
            PortTaken.refuseUnlessFree(
                    metricsPorts.get(i), "the meters of " + LocalServices.NAMES.get(i), "--metrics-port");
        }
        var guard = new ShutdownGuard();
        RunFolder folder = guard.guard(RunFolder.kept(data));
        LogFile.use(folder.log());
        out.println("starting; data in " + folder.path() + ", log in " + folder.log());
        LocalPlatform platform = guard.guard(new LocalPlatform(folder, kafkaPort, registryPort));
        platform.start();
        LocalServices services = guard.guard(new LocalServices(folder, platform.connection(), metricsPorts, Map.of()));
        services.start(START_DEADLINE);
        address(out, "Kafka", platform.connection().bootstrapServers());
        address(out, "schema registry", platform.connection().registryUrls().getFirst());
        services.metersByService().forEach((name, url) -> address(out, name, url));
        out.println("running until Ctrl-C");
        Optional<String> failure = awaitFailure(services);
        guard.close();
        out.println(failure.orElse("ended"));
        return CommandLine.FAILED;
    }

    private static void address(PrintStream out, String name, String address) {
        out.println(String.format(Locale.ROOT, "%-22s %s", name, address));
    }

    /** The shutdown hook ends the process meanwhile; this returns only when a service has ended by itself. */
    private static Optional<String> awaitFailure(LocalServices services) throws InterruptedException {
        while (true) {
            Optional<String> failure = services.failure();
            if (failure.isPresent()) {
                return failure;
            }
            Thread.sleep(WATCH);
        }
    }

    private static Path defaultData() {
        return Path.of(System.getProperty("user.home"), ".loan-ledger");
    }
}
