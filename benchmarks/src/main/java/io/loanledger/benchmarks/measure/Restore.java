package io.loanledger.benchmarks.measure;

import io.loanledger.benchmarks.BenchPlan;
import io.loanledger.benchmarks.report.Finding;
import io.loanledger.benchmarks.report.Goal;
import io.loanledger.benchmarks.report.Series;
import io.loanledger.benchmarks.world.BenchCluster;
import io.loanledger.streams.LedgerNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A start of the ledger without its stores: from the start of Kafka Streams until it processes, so joining the group, restoring every store
 * and rebuilding the index, in a JVM that has just started; beside a consumer that reads the same changelogs. A start with the stores in place
 * is told too: what of it is no restore.
 */
public final class Restore {

    private static final List<String> CHANGELOGS =
            List.of(LedgerNames.LOANS_STORE, LedgerNames.TASK_STATE_STORE, LedgerNames.CLAIMS_STORE).stream()
                    .map(store -> LedgerNames.APPLICATION_ID + "-" + store + "-changelog")
                    .toList();

    private static final double NANOS_PER_MILLI = 1e6;

    private final BenchPlan plan;
    private final BenchCluster cluster;
    private final int heapMegabytes;

    public Restore(BenchPlan plan, BenchCluster cluster, int heapMegabytes) {
        this.plan = plan;
        this.cluster = cluster;
        this.heapMegabytes = heapMegabytes;
    }

    /** To be called while no ledger runs. */
    public List<Finding> measure() throws InterruptedException {
        List<Double> restoring = new ArrayList<>();
        List<Double> reading = new ArrayList<>();
        RawConsumption.Read warming = RawConsumption.of(cluster.connection(), CHANGELOGS);
        for (int round = 0; round < plan.starts(); round++) {
            cluster.loseLedgerStores();
            restoring.add(start());
            reading.add(RawConsumption.of(cluster.connection(), CHANGELOGS).nanos() / NANOS_PER_MILLI);
        }
        Series inPlace = new Series("start with the stores in place", "ms", List.of(start()));
        return List.of(
                Finding.Compared.asSpeed(
                        "restore-to-raw-consume",
                        new Series(
                                "restore of " + plan.broker().loans() + " loans, " + warming.records()
                                        + " records, and index",
                                "ms",
                                restoring),
                        new Series("raw consume of the same", "ms", reading),
                        Goal.atLeast(0.6)),
                new Finding.Stated("start-in-place", inPlace));
    }

    private double start() throws InterruptedException {
        try (BenchCluster.Started ledger = cluster.ledger(plan.threads(), heapMegabytes)) {
            Duration untilRunning = ledger.untilRunning();
            return untilRunning.toNanos() / NANOS_PER_MILLI;
        }
    }
}
