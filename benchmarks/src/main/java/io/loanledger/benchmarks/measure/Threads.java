package io.loanledger.benchmarks.measure;

import io.loanledger.benchmarks.BenchPlan;
import io.loanledger.benchmarks.report.Finding;
import io.loanledger.benchmarks.report.Goal;
import io.loanledger.benchmarks.report.Series;
import io.loanledger.benchmarks.world.Backlog;
import io.loanledger.benchmarks.world.BenchCluster;
import java.util.ArrayList;
import java.util.List;

/**
 * Facts a second with two stream threads to those with one, in turns, each in a process that has just started and has worked off as much once before.
 * The broker works on the same processors, so the second thread finds less than one of them free.
 */
public final class Threads {

    public static final String NAME = "events-per-second-two-threads-to-one";
    public static final Goal GOAL = Goal.atLeast(1.6);

    private final BenchPlan plan;
    private final BenchCluster cluster;
    private final Backlog backlog;
    private final int heapMegabytes;

    public Threads(BenchPlan plan, BenchCluster cluster, Backlog backlog, int heapMegabytes) {
        this.plan = plan;
        this.cluster = cluster;
        this.backlog = backlog;
        this.heapMegabytes = heapMegabytes;
    }

    /** To be called while no ledger runs. */
    public List<Finding> measure() throws InterruptedException {
        List<Double> one = new ArrayList<>();
        List<Double> two = new ArrayList<>();
        for (int start = 0; start < plan.starts(); start++) {
            one.add(perSecond(1));
            two.add(perSecond(2));
        }
        return List.of(Finding.Compared.of(
                NAME,
                new Series("loan ledger, 2 threads", "events/s", two),
                new Series("loan ledger, 1 thread", "events/s", one),
                GOAL));
    }

    private double perSecond(int threads) throws InterruptedException {
        try (BenchCluster.Started ledger = cluster.ledger(threads, heapMegabytes)) {
            Throughput.Runner runner = Throughput.Runner.ofLedger(cluster, ledger.process());
            runner.work(backlog, plan.broker().eventsPerRound());
            return runner.work(backlog, plan.broker().eventsPerRound()).perSecond();
        }
    }
}
