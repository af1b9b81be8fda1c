package io.loanledger.benchmarks;

import io.loanledger.benchmarks.measure.Crash;
import io.loanledger.benchmarks.measure.Fold;
import io.loanledger.benchmarks.measure.Latency;
import io.loanledger.benchmarks.measure.Restore;
import io.loanledger.benchmarks.measure.Throughput;
import io.loanledger.benchmarks.process.ChildJvm;
import io.loanledger.benchmarks.report.Finding;
import io.loanledger.benchmarks.report.Series;
import io.loanledger.benchmarks.world.BenchBook;
import io.loanledger.benchmarks.world.BenchCluster;
import io.loanledger.benchmarks.world.BookOpening;
import io.loanledger.benchmarks.world.Counterparties;
import io.loanledger.benchmarks.world.IndexFeed;
import io.loanledger.events.broadcast.BroadcastStream;
import io.loanledger.local.topic.TopicFeed;
import io.loanledger.local.topic.TopicOutbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The measures that need a broker with a book of loans on it: opens the book once, then takes them one after the other. */
final class BookMeasures {

    private final BenchPlan plan;
    private final Set<MeasureGroup> groups;
    private final BenchCluster cluster;
    private final Consumer<String> progress;
    private final List<Finding> findings = new ArrayList<>();
    private Optional<Crash> happened = Optional.empty();

    BookMeasures(BenchPlan plan, Set<MeasureGroup> groups, BenchCluster cluster, Consumer<String> progress) {
        this.plan = plan;
        this.groups = groups;
        this.cluster = cluster;
        this.progress = progress;
    }

    List<Finding> measure() throws InterruptedException {
        progress.accept("starting a broker, the registry and the services");
        cluster.start();
        var book = new BenchBook(plan);
        try (BenchCluster.Started ledger = cluster.ledger(plan.threads(), ledgerHeap())) {
            try (TopicOutbox outbox = new TopicOutbox(cluster.connection());
                    IndexFeed index = IndexFeed.open(cluster, BroadcastStream.indexPrices(IndexFeed.MARKET));
                    Parties parties = new Parties(outbox, cluster)) {
                index.publish(BenchBook.OPENING_PRICE);
                progress.accept("opening " + plan.loans() + " loans");
                new BookOpening(cluster, outbox, parties.counterparties, () -> {
                            index.requireSound();
                            parties.requireSound();
                        })
                        .open(book);
                whileItRuns(book, ledger.process(), index);
            }
        }
        // From here on no ledger runs, and nothing is written.
        if (happened.isPresent()) {
            progress.accept("the same crash in PostgreSQL");
            findings.add(happened.get().toPostgres(plan));
        }
        if (groups.contains(MeasureGroup.FOLD)) {
            progress.accept("fold of the journal");
            findings.addAll(new Fold(plan, cluster).measure());
        }
        if (groups.contains(MeasureGroup.RESTORE)) {
            progress.accept("restore");
            findings.addAll(new Restore(plan, cluster, ledgerHeap()).measure());
        }
        return findings;
    }

    @SuppressWarnings("try") // the liquidation processor works by being there
    private void whileItRuns(BenchBook book, ChildJvm ledger, IndexFeed index) throws InterruptedException {
        Optional<Series> perEvent = Optional.empty();
        Optional<Series> tickToOrder = Optional.empty();
        if (groups.contains(MeasureGroup.EVENTS)) {
            progress.accept("events a second");
            Throughput.Result result = new Throughput(plan, cluster, book, ledger).measure();
            findings.addAll(result.findings());
            perEvent = Optional.of(result.perEvent());
        }
        if (!groups.contains(MeasureGroup.LATENCY) && !groups.contains(MeasureGroup.CRASH)) {
            return;
        }
        try (BenchCluster.Started liquidation = cluster.liquidation()) {
            if (groups.contains(MeasureGroup.LATENCY)) {
                progress.accept("latency");
                Latency.Result result = new Latency(plan, cluster, index).measure();
                findings.addAll(result.findings());
                tickToOrder = Optional.of(result.tickToOrder());
            }
            if (groups.contains(MeasureGroup.CRASH)) {
                progress.accept("crash");
                var crash = new Crash(cluster, book, ledger, index);
                findings.addAll(crash.measure(perEvent, tickToOrder));
                happened = Optional.of(crash);
            }
        }
    }

    /** The parties outside, and the thread that reads for them. */
    private static final class Parties implements AutoCloseable {
        final Counterparties counterparties;
        private final TopicFeed reading;

        Parties(TopicOutbox outbox, BenchCluster cluster) {
            counterparties = new Counterparties(outbox);
            reading = new TopicFeed(counterparties, cluster.connection());
            reading.start();
        }

        void requireSound() {
            reading.failure().ifPresent(problem -> {
                throw new IllegalStateException("bank and desk could not go on", problem);
            });
        }

        @Override
        public void close() {
            reading.close();
        }
    }

    /** Stores lie outside of the heap; what grows with the book is the index. */
    private int ledgerHeap() {
        return 768 + plan.loans() / 1_000;
    }
}
