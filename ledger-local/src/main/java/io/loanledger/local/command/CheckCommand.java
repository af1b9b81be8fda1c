package io.loanledger.local.command;

import io.loanledger.local.checker.CheckSettings;
import io.loanledger.local.checker.CheckerProcess;
import io.loanledger.local.checker.OperatorKey;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * {@code ./ledger check}: the independent checker over what a cluster has committed. It reads only. Of a ledger that goes on working it
 * leaves out what is not taken yet.
 */
final class CheckCommand {
    private static final String BOOTSTRAP_SERVERS = "--bootstrap-servers";
    private static final String REGISTRY_URL = "--registry-url";
    private static final String WHILE_RUNNING = "--while-running";
    private static final String OPERATOR_KEYS = "--operator-keys";

    private CheckCommand() {}

    static int run(List<String> words, PrintStream out) {
        Arguments arguments =
                Arguments.of(words, Set.of(BOOTSTRAP_SERVERS, REGISTRY_URL, WHILE_RUNNING, OPERATOR_KEYS));
        String servers = arguments.text(BOOTSTRAP_SERVERS).orElse("127.0.0.1:9092");
        String registry = arguments.text(REGISTRY_URL).orElse("http://127.0.0.1:8081/apis/ccompat/v7");
        boolean running = arguments.text(WHILE_RUNNING).map("yes"::equals).orElse(false);
        CheckSettings settings = running ? CheckSettings.defaults().ofARunningCluster() : CheckSettings.defaults();
        Path keys = arguments.text(OPERATOR_KEYS).map(Path::of).orElse(null);
        if (keys != null) {
            settings = settings.withOperatorKeys(OperatorKey.parse(lines(keys)));
        }
        return CheckerProcess.run(servers, registry, settings, out).holds() ? CommandLine.DONE : CommandLine.FAILED;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }
}
