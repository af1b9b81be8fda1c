package io.loanledger.benchmarks;

import io.loanledger.benchmarks.measure.Core;
import io.loanledger.benchmarks.measure.Ticks;
import io.loanledger.benchmarks.report.BenchReport;
import io.loanledger.benchmarks.report.Finding;
import io.loanledger.benchmarks.report.JsonReport;
import io.loanledger.benchmarks.world.BenchCluster;
import io.loanledger.local.stack.RunFolder;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The program behind {@code ./ledger bench}: measures, prints conditions, a table and the RATIO lines, writes {@code bench.json}. Exit codes:
 * 0 measured, whether the goals were reached or not; 1 failed; 2 not understood.
 */
public final class BenchCommand {

    private final PrintStream out;
    private final long began = System.nanoTime();

    private BenchCommand(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] words) throws InterruptedException {
        int exitCode;
        try {
            BenchOptions options = BenchOptions.of(List.of(words));
            new BenchCommand(System.out).run(options);
            exitCode = 0;
        } catch (BenchOptions.Misused misused) {
            System.err.println(misused.getMessage());
            exitCode = 2;
        } catch (RuntimeException | Error fault) {
            fault.printStackTrace();
            System.err.println("BENCH FAILED " + fault.getMessage());
            exitCode = 1;
        }
        // Exit, not return: a client's thread that forgot to end must not keep the command from ending.
        System.exit(exitCode);
    }

    private void run(BenchOptions options) throws InterruptedException {
        Map<String, String> conditions = BenchConditions.of(options.plan());
        List<Finding> findings = new ArrayList<>();
        try (RunFolder folder = RunFolder.throwAway()) {
            System.setProperty("ledger.log.file", folder.log().toString());
            try {
                measure(options, folder, findings);
            } catch (RuntimeException | Error failed) {
                folder.keep();
                out.println("kept for a look, until the next demo or bench: " + folder.path());
                conditions.put(
                        "failed",
                        String.valueOf(failed.getMessage()).lines().findFirst().orElse(""));
                tell(options, conditions, findings);
                throw failed;
            }
        }
        findings.addAll(LeftOut.of(options.plan(), options.groups()));
        tell(options, conditions, findings);
    }

    /** What was measured before a failure is told too, and that something failed. */
    private void tell(BenchOptions options, Map<String, String> conditions, List<Finding> findings) {
        conditions.put("took", elapsed().toSeconds() + " s");
        var report = new BenchReport(conditions, findings);
        var file = options.out().resolve("bench.json");
        JsonReport.write(report, file);
        out.println();
        report.lines().forEach(out::println);
        out.println("every figure of every round: " + file);
    }

    private void measure(BenchOptions options, RunFolder folder, List<Finding> findings) throws InterruptedException {
        if (options.groups().contains(MeasureGroup.CORE)) {
            progress("the core");
            findings.addAll(new Core(options.plan()).measure());
        }
        if (options.groups().contains(MeasureGroup.TICKS)) {
            findings.addAll(new Ticks(options.plan(), folder.path(), this::progress).measure());
        }
        if (options.groups().stream().anyMatch(MeasureGroup::needsBook)) {
            try (BenchCluster cluster = new BenchCluster(folder)) {
                Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "bench-close"));
                new BookMeasures(options, cluster, this::progress, findings).measure();
            }
        }
    }

    private void progress(String what) {
        out.printf("%4d s  %s%n", elapsed().toSeconds(), what);
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
