package io.loanledger.local.checker;

import java.io.PrintStream;

/**
 * The main class of a process of its own that checks a cluster: arguments bootstrap servers, registry's address, and optionally
 * {@code running} for a cluster that goes on working. Prints a table of the checks and at most 50 violations; exit code 0 when there
 * are none, 1 otherwise.
 */
public final class CheckerProcess {
    private static final int MOST_PRINTED = 50;

    private CheckerProcess() {}

    public static void main(String[] arguments) {
        if (arguments.length < 2) {
            System.err.println("usage: CheckerProcess BOOTSTRAP_SERVERS REGISTRY_URL [running]");
            System.exit(2);
        }
        CheckSettings settings = CheckSettings.defaults();
        boolean running = arguments.length > 2 && arguments[2].equals("running");
        CheckReport report =
                run(arguments[0], arguments[1], running ? settings.ofARunningCluster() : settings, System.out);
        System.exit(report.holds() ? 0 : 1);
    }

    /** Checks and prints. */
    public static CheckReport run(
            String bootstrapServers, String registryUrl, CheckSettings settings, PrintStream out) {
        CheckReport report = Checker.check(bootstrapServers, registryUrl, settings);
        report.lines(MOST_PRINTED).forEach(out::println);
        return report;
    }
}
