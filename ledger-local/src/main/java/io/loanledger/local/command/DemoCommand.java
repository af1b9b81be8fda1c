package io.loanledger.local.command;

import io.loanledger.local.demo.Demo;
import io.loanledger.local.net.FreePorts;
import io.loanledger.local.stack.LocalPlatform;
import io.loanledger.local.stack.LocalServices;
import io.loanledger.local.stack.RunFolder;
import io.loanledger.local.terminal.Display;
import io.loanledger.local.terminal.TerminalSettings;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code ./ledger demo}: the whole stack on free ports over a throw-away folder, the simulated world, the report. */
final class DemoCommand {

    private static final Logger LOG = LoggerFactory.getLogger(DemoCommand.class);

    private static final Set<String> OPTIONS = Set.of("--loans", "--seed");
    private static final long LOANS = 10_000;
    private static final long SEED = 20_200_312;

    /** Under so few loans, what the scenario must produce may not occur. */
    private static final long FEWEST_LOANS = 500;

    private static final long MOST_LOANS = 1_000_000;
    private static final Duration START_DEADLINE = Duration.ofSeconds(90);

    private DemoCommand() {}

    static int run(List<String> words, PrintStream out) throws InterruptedException {
        Arguments arguments = Arguments.of(words, OPTIONS);
        int loans = Math.toIntExact(arguments.number("--loans", LOANS, FEWEST_LOANS, MOST_LOANS));
        long seed = arguments.number("--seed", SEED, 0, Long.MAX_VALUE);
        var guard = new ShutdownGuard();
        RunFolder folder = guard.guard(RunFolder.throwAway());
        LogFile.use(folder.log());
        Display display =
                guard.guard(Display.ofThisProcess(TerminalSettings.from(TerminalSettings.TABLE.readEnvironment())));
        String last;
        try {
            last = play(guard, folder, display, loans, seed);
        } catch (RuntimeException e) {
            LOG.error("the demo failed", e);
            last = "DEMO FAILED " + e.getMessage();
        }
        boolean ok = last.startsWith("DEMO OK");
        if (!ok && !guard.isClosed()) {
            folder.keep();
            display.say("kept for a look, until the next demo: " + folder.path());
        }
        guard.close();
        // After everything has ended: nothing may follow the last line.
        out.println(last);
        return ok ? CommandLine.DONE : CommandLine.FAILED;
    }

    private static String play(ShutdownGuard guard, RunFolder folder, Display display, int loans, long seed)
            throws InterruptedException {
        List<Integer> ports = FreePorts.several(2 + LocalServices.NAMES.size());
        display.say("starting Kafka, the schema registry and the services in " + folder.path());
        LocalPlatform platform = guard.guard(new LocalPlatform(folder, ports.get(0), ports.get(1)));
        platform.start();
        LocalServices services = guard.guard(new LocalServices(
                folder, platform.connection(), ports.subList(2, ports.size()), Demo.settingsOfServices()));
        services.start(START_DEADLINE);
        display.say("running: Kafka " + platform.connection().bootstrapServers());
        Demo demo = guard.guard(new Demo(services, platform.connection(), display, loans, seed));
        demo.play();
        List<String> report = demo.report(folder.log());
        display.show(List.of());
        report.subList(0, report.size() - 1).forEach(display::say);
        return report.getLast();
    }
}
