package io.loanledger.benchmarks.measure;

import io.loanledger.benchmarks.BenchPlan;
import io.loanledger.benchmarks.core.IndexBenchmark;
import io.loanledger.benchmarks.core.LoanBenchmark;
import io.loanledger.benchmarks.report.Finding;
import io.loanledger.benchmarks.report.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The pure core by JMH, for information: nothing here has a floor. With forks each benchmark has a process of its own; without, which is for
 * a look only, they share one, and with it what the compiler learnt of those before.
 */
public final class Core {

    private static final int WARMUPS = 3;

    private static final String[] FORK = {
        "-Xmx512m", "-XX:+UseParallelGC", "-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow"
    };

    private final BenchPlan plan;

    public Core(BenchPlan plan) {
        this.plan = plan;
    }

    public List<Finding> measure() {
        TimeValue time = TimeValue.milliseconds(plan.core().iteration().toMillis());
        Options options = new OptionsBuilder()
                .include(LoanBenchmark.class.getName() + "\\..*")
                .include(IndexBenchmark.class.getName() + "\\..*")
                .forks(plan.core().forks())
                .warmupIterations(WARMUPS)
                .warmupTime(time)
                .measurementIterations(plan.rounds())
                .measurementTime(time)
                .jvmArgs(FORK)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        try {
            return new Runner(options)
                    .run().stream()
                            .sorted(Comparator.comparing(
                                    result -> result.getParams().getBenchmark()))
                            .map(Core::finding)
                            .toList();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH could not run", e);
        }
    }

    private static Finding finding(RunResult result) {
        List<Double> nanos = new ArrayList<>();
        result.getBenchmarkResults()
                .forEach(fork -> fork.getIterationResults()
                        .forEach(iteration ->
                                nanos.add(iteration.getPrimaryResult().getScore())));
        String label = result.getPrimaryResult().getLabel();
        return new Finding.Stated(
                "core-" + hyphenated(label),
                new Series(simpleClass(result.getParams().getBenchmark()) + "." + label, "ns", nanos));
    }

    private static String simpleClass(String benchmark) {
        String type = benchmark.substring(0, benchmark.lastIndexOf('.'));
        return type.substring(type.lastIndexOf('.') + 1);
    }

    private static String hyphenated(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
