package io.loanledger.benchmarks.measure;

import io.loanledger.benchmarks.BenchPlan;
import io.loanledger.benchmarks.process.ChildJvm;
import io.loanledger.benchmarks.report.Finding;
import io.loanledger.benchmarks.report.Goal;
import io.loanledger.benchmarks.report.Series;
import io.loanledger.benchmarks.world.Backlog;
import io.loanledger.benchmarks.world.BenchCluster;
import io.loanledger.benchmarks.world.Sightings;
import io.loanledger.events.streams.StreamsProperties;
import io.loanledger.events.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Two instances of the ledger, each with copies of the other's stores. The one that is active is killed with SIGKILL under a trickle of facts. From then on, until a decision on a fact
 * that was sent after the kill can be seen in every partition: its members' session has to end, its open transaction to be aborted, the
 * copies to be made current and the index to be rebuilt.
 */
public final class FailOver {

    public static final String NAME = "failover-to-session-timeout";
    public static final Goal GOAL = Goal.atMost(1.2);

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final double NANOS_PER_MILLI = 1e6;

    /** So that each partition has one every forty milliseconds or so. */
    private static final int FACTS_PER_SECOND = 100;

    /** Of a copy that is as good as current. */
    private static final long FEW_RECORDS = 1_000;

    private static final int CALM_LOOKS = 3;
    private static final long LOOK_MILLIS = 1_000;

    private final BenchPlan plan;
    private final BenchCluster cluster;
    private final Backlog backlog;
    private final int heapMegabytes;
    private volatile Optional<Recovery> watched = Optional.empty();

    public FailOver(BenchPlan plan, BenchCluster cluster, Backlog backlog, int heapMegabytes) {
        this.plan = plan;
        this.cluster = cluster;
        this.backlog = backlog;
        this.heapMegabytes = heapMegabytes;
    }

    /** To be called while no ledger runs. */
    @SuppressWarnings("try") // the sightings work by being there
    public List<Finding> measure() throws InterruptedException {
        List<Double> millis = new ArrayList<>();
        int active = 1;
        ChildJvm working = start(active);
        try (Sightings sightings = new Sightings(cluster, List.of(TopicCatalogue.JOURNAL.name()), this::seen)) {
            for (int kill = 0; kill < plan.starts(); kill++) {
                int other = 3 - active;
                ChildJvm standby = start(other);
                awaitCopies(standby);
                millis.add(recovery(working) / NANOS_PER_MILLI);
                working = standby;
                active = other;
            }
        } finally {
            working.close();
        }
        List<Double> session = millis.stream().map(any -> sessionMillis()).toList();
        return List.of(Finding.Compared.of(
                NAME,
                new Series(
                        "SIGKILL to a decision in every partition, "
                                + plan.broker().loans() + " loans",
                        "ms",
                        millis),
                new Series("session.timeout.ms", "ms", session),
                GOAL));
    }

    private ChildJvm start(int instance) throws InterruptedException {
        return cluster.ledger(instance, plan.threads(), heapMegabytes, 1).process();
    }

    private double sessionMillis() {
        String setting = StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG);
        var configured = StreamsProperties.of(cluster.ledgerSettings().streamsInstance())
                .originals()
                .get(setting);
        if (configured instanceof Number millis) {
            return millis.doubleValue();
        }
        throw new IllegalStateException(setting + " is " + configured);
    }

    /** A copy counts once it reads at least a changelog of each partition and hardly lags, a few looks in a row. */
    private static void awaitCopies(ChildJvm standby) throws InterruptedException {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        int calm = 0;
        while (calm < CALM_LOOKS) {
            String[] said = standby.ask("copies", PATIENCE).split(" ", -1);
            boolean copied =
                    Integer.parseInt(said[0]) >= BenchCluster.PARTITIONS && Long.parseLong(said[1]) <= FEW_RECORDS;
            calm = copied ? calm + 1 : 0;
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException("no copies in time: " + String.join(" ", said));
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private long recovery(ChildJvm active) throws InterruptedException {
        var loop = new OpenLoop(FACTS_PER_SECOND);
        loop.run(FACTS_PER_SECOND, n -> backlog.sendAtOnce());
        active.kill();
        var recovery = new Recovery(BenchCluster.PARTITIONS, backlog.payments(), System.nanoTime());
        watched = Optional.of(recovery);
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (!recovery.isOver()) {
            loop.run(FACTS_PER_SECOND / 10, n -> backlog.sendAtOnce());
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException("not every partition decided again: " + recovery);
            }
        }
        watched = Optional.empty();
        return recovery.nanos();
    }

    private void seen(ConsumerRecord<byte[], byte[]> record, long nanos) {
        watched.ifPresent(recovery -> Backlog.paymentIn(new String(record.value(), StandardCharsets.ISO_8859_1))
                .ifPresent(payment -> recovery.decided(record.partition(), payment, nanos)));
    }
}
