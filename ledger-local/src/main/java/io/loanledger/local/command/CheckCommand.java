package io.loanledger.local.command;

import io.loanledger.local.checker.CheckSettings;
import io.loanledger.local.checker.CheckerProcess;
import java.io.PrintStream;
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

    private CheckCommand() {}

    static int run(List<String> words, PrintStream out) {
        Arguments arguments = Arguments.of(words, Set.of(BOOTSTRAP_SERVERS, REGISTRY_URL, WHILE_RUNNING));
        String servers = arguments.text(BOOTSTRAP_SERVERS).orElse("127.0.0.1:9092");
        String registry = arguments.text(REGISTRY_URL).orElse("http://127.0.0.1:8081/apis/ccompat/v7");
        boolean running = arguments.text(WHILE_RUNNING).map("yes"::equals).orElse(false);
        CheckSettings settings = running ? CheckSettings.defaults().ofARunningCluster() : CheckSettings.defaults();
        return CheckerProcess.run(servers, registry, settings, out).holds() ? CommandLine.DONE : CommandLine.FAILED;
    }
}
