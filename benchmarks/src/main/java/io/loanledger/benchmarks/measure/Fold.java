package io.loanledger.benchmarks.measure;

import io.loanledger.benchmarks.BenchPlan;
import io.loanledger.benchmarks.process.ChildJvm;
import io.loanledger.benchmarks.report.Finding;
import io.loanledger.benchmarks.report.Goal;
import io.loanledger.benchmarks.report.Series;
import io.loanledger.benchmarks.world.BenchCluster;
import io.loanledger.events.topic.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The journal told again, as {@code ./ledger fold} does it, beside a consumer that only reads it, in turns. The fold checks the chain, recomputes
 * every posting and balance, and makes the digest of the state.
 */
public final class Fold {

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final double NANOS_PER_MILLI = 1e6;

    private final BenchPlan plan;
    private final BenchCluster cluster;

    public Fold(BenchPlan plan, BenchCluster cluster) {
        this.plan = plan;
        this.cluster = cluster;
    }

    public List<Finding> measure() throws InterruptedException {
        List<Double> folding = new ArrayList<>();
        List<Double> reading = new ArrayList<>();
        long records = 0;
        try (ChildJvm fold = cluster.fold(plan.broker().loans())) {
            for (int round = 0; round <= plan.rounds(); round++) {
                // Nanoseconds, records, faults.
                List<Long> folded = Stream.of(fold.ask("fold", PATIENCE).split(" ", -1))
                        .map(Long::valueOf)
                        .toList();
                RawConsumption.Read read =
                        RawConsumption.of(cluster.connection(), List.of(TopicCatalogue.JOURNAL.name()));
                if (folded.get(1) != read.records() || folded.get(2) > 0) {
                    throw new IllegalStateException("the fold took " + folded.get(1) + " of " + read.records()
                            + " records and found " + folded.get(2) + " faults");
                }
                records = read.records();
                if (round > 0) {
                    folding.add(folded.get(0) / NANOS_PER_MILLI);
                    reading.add(read.nanos() / NANOS_PER_MILLI);
                }
            }
        }
        return List.of(Finding.Compared.asSpeed(
                "fold-to-raw-consume",
                new Series("fold of " + records + " journal records", "ms", folding),
                new Series("raw consume of the same", "ms", reading),
                Goal.atLeast(0.5)));
    }
}
