package io.loanledger.benchmarks.measure;

import io.loanledger.benchmarks.BenchPlan;
import io.loanledger.benchmarks.process.ChildJvm;
import io.loanledger.benchmarks.report.Finding;
import io.loanledger.benchmarks.report.Goal;
import io.loanledger.benchmarks.report.Series;
import io.loanledger.benchmarks.world.Backlog;
import io.loanledger.benchmarks.world.BenchBook;
import io.loanledger.benchmarks.world.BenchCluster;
import io.loanledger.benchmarks.world.IndexFeed;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The ledger's resident memory, looked at once a second under a steady load: facts at a fixed rate, which write every loan of the steady part of
 * the book again and again, and a price that moves without firing anything.
 */
public final class Churn {

    public static final String GROWTH = "resident-growth";
    public static final Goal NO_GROWTH = Goal.atMost(1.05);
    private static final String BOUND = "resident-to-bound";

    /** A JVM beside its heap: code, classes, stacks, buffers of the network. */
    private static final int BESIDE_MEGABYTES = 512;

    private static final double BYTES_PER_MEGABYTE = 1 << 20;
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int CENTS = 100;

    private final BenchPlan plan;
    private final BenchCluster cluster;
    private final Backlog backlog;
    private final ChildJvm ledger;
    private final IndexFeed index;
    private final int heapMegabytes;

    public Churn(
            BenchPlan plan,
            BenchCluster cluster,
            Backlog backlog,
            ChildJvm ledger,
            IndexFeed index,
            int heapMegabytes) {
        this.plan = plan;
        this.cluster = cluster;
        this.backlog = backlog;
        this.ledger = ledger;
        this.index = index;
        this.heapMegabytes = heapMegabytes;
    }

    public List<Finding> measure() throws InterruptedException {
        Throughput.Runner runner = Throughput.Runner.ofLedger(cluster, ledger);
        List<Double> megabytes = new ArrayList<>();
        long began = System.nanoTime();
        for (int second = 0; System.nanoTime() - began < plan.broker().churn().toNanos(); second++) {
            index.publish(BenchBook.OPENING_PRICE.add(BigDecimal.valueOf(second % CENTS, 2)));
            runner.work(backlog, plan.broker().churnPerSecond());
            OptionalLong resident = ledger.residentBytes();
            if (resident.isEmpty()) {
                return List.of(new Finding.Skipped(GROWTH, NO_GROWTH, "this system does not tell resident memory"));
            }
            megabytes.add(resident.getAsLong() / BYTES_PER_MEGABYTE);
            long left = began + (second + 1) * EVERY.toNanos() - System.nanoTime();
            if (left > 0) {
                Thread.sleep(Duration.ofNanos(left));
            }
        }
        return findings(
                plan.broker().loans(),
                megabytes,
                heapMegabytes,
                cluster.ledgerSettings().rocksDbMegabytes());
    }

    /**
     * The first third only warms up: heap and caches fill. Growth is the last third's median to the middle one's.
     *
     * @param megabytes one for each second
     */
    static List<Finding> findings(int loans, List<Double> megabytes, int heapMegabytes, int rocksDbMegabytes) {
        int third = megabytes.size() / 3;
        if (third == 0) {
            throw new IllegalArgumentException(megabytes.size() + " looks cannot show growth");
        }
        // Thirds as one figure each: they are not rounds that ran side by side.
        Series middle = new Series("", "MiB", megabytes.subList(third, 2 * third));
        Series last = new Series("", "MiB", megabytes.subList(2 * third, 3 * third));
        double bound = heapMegabytes + rocksDbMegabytes + BESIDE_MEGABYTES;
        return List.of(
                Finding.Compared.of(
                        GROWTH,
                        one("resident, last third of " + megabytes.size() + " looks", last.median()),
                        one("resident, middle third", middle.median()),
                        NO_GROWTH),
                Finding.Compared.of(
                        BOUND,
                        one("resident at most, " + loans + " loans", new Series("", "MiB", megabytes).most()),
                        one(
                                "heap " + heapMegabytes + ", stores " + rocksDbMegabytes + ", beside them "
                                        + BESIDE_MEGABYTES,
                                bound),
                        Goal.atMost(1)));
    }

    private static Series one(String what, double megabytes) {
        return new Series(what, "MiB", List.of(megabytes));
    }
}
