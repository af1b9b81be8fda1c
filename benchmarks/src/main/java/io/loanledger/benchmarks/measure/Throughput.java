package io.loanledger.benchmarks.measure;

import io.loanledger.benchmarks.BenchPlan;
import io.loanledger.benchmarks.process.ChildJvm;
import io.loanledger.benchmarks.report.Finding;
import io.loanledger.benchmarks.report.Goal;
import io.loanledger.benchmarks.report.Series;
import io.loanledger.benchmarks.subject.Floor;
import io.loanledger.benchmarks.world.Backlog;
import io.loanledger.benchmarks.world.BenchCluster;
import io.loanledger.benchmarks.world.GroupDrain;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.LedgerNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How many facts a second the ledger works off, and what processor time one costs, against floors that read the same bytes.
 *
 * <p>A round is one batch for each in turn; the others run and have nothing to do. It begins when the batch can be read and ends when its
 * last offset is committed. Processor time is that of the measured process alone, all its threads together, not the broker's.
 */
public final class Throughput {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    private final BenchPlan plan;
    private final BenchCluster cluster;
    private final Backlog backlog;
    private final ChildJvm ledger;

    public Throughput(BenchPlan plan, BenchCluster cluster, Backlog backlog, ChildJvm ledger) {
        this.plan = plan;
        this.cluster = cluster;
        this.backlog = backlog;
        this.ledger = ledger;
    }

    /** One of those that take turns. */
    static final class Runner {
        final String what;
        final ChildJvm process;
        final String topic;
        final GroupDrain drain;
        final List<Double> perSecond = new ArrayList<>();
        final List<Double> microsPerEvent = new ArrayList<>();

        Runner(String what, ChildJvm process, String topic, GroupDrain drain) {
            this.what = what;
            this.process = process;
            this.topic = topic;
            this.drain = drain;
        }

        static Runner ofLedger(BenchCluster cluster, ChildJvm ledger) {
            return new Runner(
                    "loan ledger",
                    ledger,
                    TopicCatalogue.MOVEMENTS.name(),
                    new GroupDrain(cluster.admin(), LedgerNames.APPLICATION_ID));
        }

        /** Lets it work off so many that were written before it could read any. */
        Worked work(Backlog backlog, int events) throws InterruptedException {
            Map<TopicPartition, Long> ends = backlog.write(topic, events);
            long processor = process.processorNanos();
            long began = System.nanoTime();
            backlog.commit();
            drain.await(ends, PATIENCE);
            long nanos = System.nanoTime() - began;
            return new Worked(events, nanos, process.processorNanos() - processor);
        }

        Series rate() {
            return new Series(what, "events/s", perSecond);
        }

        Series processor() {
            return new Series(what, "us CPU/event", microsPerEvent);
        }
    }

    /** What a round showed of a batch. */
    record Worked(int events, long nanos, long processorNanos) {
        double perSecond() {
            return events * NANOS_PER_SECOND / nanos;
        }

        double microsPerEvent() {
            return processorNanos / NANOS_PER_MICRO / events;
        }
    }

    /** What was found, and what processor time an event takes. */
    public record Result(List<Finding> findings, Series perEvent) {}

    public Result measure() throws InterruptedException {
        try (BenchCluster.Started put = cluster.floor(Floor.PUT, plan.threads());
                BenchCluster.Started identity = cluster.floor(Floor.IDENTITY, plan.threads())) {
            Runner ofLedger = Runner.ofLedger(cluster, ledger);
            Runner ofPut = runner("one RocksDB put + one output", Floor.PUT, put);
            Runner ofIdentity = runner("Streams identity", Floor.IDENTITY, identity);
            List<Runner> all = List.of(ofLedger, ofPut, ofIdentity);
            for (Runner warming : all) {
                warming.work(backlog, plan.broker().eventsPerRound());
            }
            for (int round = 0; round < plan.rounds(); round++) {
                for (Runner runner : all) {
                    Worked worked = runner.work(backlog, plan.broker().eventsPerRound());
                    runner.perSecond.add(worked.perSecond());
                    runner.microsPerEvent.add(worked.microsPerEvent());
                }
            }
            return new Result(findings(ofLedger, ofPut, ofIdentity), ofLedger.processor());
        }
    }

    private static List<Finding> findings(Runner ofLedger, Runner ofPut, Runner ofIdentity) {
        return List.of(
                Finding.Compared.of("events-per-second-to-put", ofLedger.rate(), ofPut.rate(), Goal.atLeast(1.0)),
                Finding.Compared.of("cpu-per-event-to-put", ofLedger.processor(), ofPut.processor(), Goal.atMost(0.85)),
                Finding.Compared.of(
                        "events-per-second-to-identity", ofLedger.rate(), ofIdentity.rate(), Goal.atLeast(0.5)));
    }

    private Runner runner(String what, Floor floor, BenchCluster.Started started) {
        return new Runner(
                what, started.process(), floor.input(), new GroupDrain(cluster.admin(), floor.applicationId()));
    }
}
