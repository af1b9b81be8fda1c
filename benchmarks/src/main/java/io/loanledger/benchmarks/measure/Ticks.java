package io.loanledger.benchmarks.measure;

import io.loanledger.benchmarks.BenchPlan;
import io.loanledger.benchmarks.process.ChildJvm;
import io.loanledger.benchmarks.report.Finding;
import io.loanledger.benchmarks.report.Goal;
import io.loanledger.benchmarks.report.Series;
import io.loanledger.benchmarks.subject.TaskSubject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a price costs that nobody is waiting for: in the ledger's own task over few and over many loans, and in the join that one would write
 * first. And what the index of a task holds on the heap.
 */
public final class Ticks {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int LOANS_PER_MEGABYTE = 800;

    private final BenchPlan plan;
    private final Path folder;
    private final Consumer<String> progress;

    public Ticks(BenchPlan plan, Path folder, Consumer<String> progress) {
        this.plan = plan;
        this.folder = folder;
        this.progress = progress;
    }

    public List<Finding> measure() throws InterruptedException {
        var findings = new ArrayList<Finding>();
        // Two tasks over many loans, one of which has written a third of them: those sold, and those of which margin
        // was
        // called.
        int heap = 1_024 + plan.tasks().manyLoans() / LOANS_PER_MEGABYTE;
        try (ChildJvm task = ChildJvm.start(
                TaskSubject.class,
                "task",
                heap,
                folder,
                List.of(
                        Integer.toString(plan.rounds()),
                        Integer.toString(plan.tasks().ticksPerRound())))) {
            task.awaitReady(Duration.ofMinutes(1));
            progress.accept("quiet ticks of a task over " + plan.tasks().manyLoans() + " loans");
            List<List<Double>> ticks = figures(
                    task,
                    "ticks " + plan.tasks().fewLoans() + " " + plan.tasks().manyLoans());
            Series few = new Series("quiet tick, " + plan.tasks().fewLoans() + " loans", "ns/tick", ticks.get(0));
            Series many = new Series("quiet tick, " + plan.tasks().manyLoans() + " loans", "ns/tick", ticks.get(1));
            findings.add(Finding.Compared.of("quiet-tick-many-to-few", many, few, Goal.atMost(1.5)));
            findings.add(new Finding.Absolute("quiet-tick", many, Goal.atMost(1_000)));

            progress.accept("quiet ticks after a tenth of " + plan.tasks().manyLoans() + " loans were sold");
            List<List<Double>> after = figures(task, "after " + plan.tasks().manyLoans());
            int sold = after.get(2).getFirst().intValue();
            findings.add(Finding.Compared.of(
                    "quiet-tick-after-sales",
                    new Series("quiet tick, " + sold + " loans at the head sold", "ns/tick", after.get(0)),
                    new Series("quiet tick, none sold", "ns/tick", after.get(1)),
                    Goal.atMost(2)));

            progress.accept("heap of the index");
            List<List<Double>> index = figures(task, "index " + plan.tasks().manyLoans());
            findings.add(new Finding.Stated(
                    "index-look", new Series("look at both sides of the index", "ns/tick", index.get(1))));
            findings.add(new Finding.Absolute(
                    "index-heap",
                    new Series(
                            "both sides of the index, " + plan.tasks().manyLoans() + " loans", "B/loan", index.get(0)),
                    Goal.atMost(40)));
            findings.add(new Finding.Stated(
                    "task-heap",
                    new Series(
                            "everything a task keeps on the heap",
                            "B/loan",
                            figures(task, "heap " + plan.tasks().manyLoans()).getFirst())));

            progress.accept(
                    "quiet ticks of a foreign-key join over " + plan.tasks().joinedLoans() + " loans");
            Series join = new Series(
                    "foreign-key join, " + plan.tasks().joinedLoans() + " loans, no broker",
                    "ns/tick",
                    figures(task, "join " + plan.tasks().joinedLoans()).getFirst());
            findings.add(Finding.Compared.of("quiet-tick-to-join", many, join, Goal.atMost(1e-5)));
            findings.add(toPostgres(many));
        }
        return findings;
    }

    private Finding toPostgres(Series many) throws InterruptedException {
        Goal goal = Goal.atMost(0.01);
        progress.accept("the same query by an index of PostgreSQL");
        return new Postgres(plan)
                .quietTick()
                .<Finding>map(query -> Finding.Compared.of("quiet-tick-to-postgresql", many, query, goal))
                .orElseGet(() -> new Finding.Skipped("quiet-tick-to-postgresql", goal, Postgres.MISSING));
    }

    /** The rounds of each series of an answer. */
    private static List<List<Double>> figures(ChildJvm task, String command) throws InterruptedException {
        return Stream.of(task.ask(command, PATIENCE).split(";", -1))
                .map(series ->
                        Stream.of(series.split(" ", -1)).map(Double::valueOf).toList())
                .toList();
    }
}
