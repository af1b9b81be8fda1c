package io.loanledger.benchmarks;

import io.loanledger.benchmarks.measure.Capacity;
import io.loanledger.benchmarks.measure.Churn;
import io.loanledger.benchmarks.measure.Crash;
import io.loanledger.benchmarks.measure.FailOver;
import io.loanledger.benchmarks.measure.Fold;
import io.loanledger.benchmarks.measure.Latency;
import io.loanledger.benchmarks.measure.Profile;
import io.loanledger.benchmarks.measure.Restore;
import io.loanledger.benchmarks.measure.Threads;
import io.loanledger.benchmarks.measure.Throughput;
import io.loanledger.benchmarks.process.ChildJvm;
import io.loanledger.benchmarks.report.Finding;
import io.loanledger.benchmarks.report.Series;
import io.loanledger.benchmarks.world.Backlog;
import io.loanledger.benchmarks.world.BenchBook;
import io.loanledger.benchmarks.world.BenchCluster;
import io.loanledger.benchmarks.world.BookOpening;
import io.loanledger.benchmarks.world.Counterparties;
import io.loanledger.benchmarks.world.IndexFeed;
import io.loanledger.events.broadcast.BroadcastStream;
import io.loanledger.local.topic.TopicFeed;
import io.loanledger.local.topic.TopicOutbox;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The measures that need a broker with a book of loans on it: opens the book once, then takes them one after the other. */
final class BookMeasures {

    private final BenchOptions options;
    private final BenchPlan plan;
    private final BenchCluster cluster;
    private final Consumer<String> progress;
    private final List<Finding> findings;
    private final BenchBook book;
    private Optional<Series> perEvent = Optional.empty();
    private Optional<Series> tickToOrder = Optional.empty();
    private Optional<Crash> happened = Optional.empty();

    /** Adds to {@code findings} as it goes, so that what was measured is told also when something fails later. */
    BookMeasures(BenchOptions options, BenchCluster cluster, Consumer<String> progress, List<Finding> findings) {
        this.options = options;
        this.plan = options.plan();
        this.cluster = cluster;
        this.progress = progress;
        this.findings = findings;
        this.book = new BenchBook(plan);
    }

    void measure() throws InterruptedException {
        progress.accept("starting a broker, the registry and the services");
        cluster.start();
        try (Backlog backlog = new Backlog(cluster, book)) {
            try (BenchCluster.Started ledger = cluster.ledger(plan.threads(), ledgerHeap());
                    TopicOutbox outbox = new TopicOutbox(cluster.connection());
                    IndexFeed index = IndexFeed.open(cluster, BroadcastStream.indexPrices(IndexFeed.MARKET));
                    Parties parties = new Parties(outbox, cluster)) {
                index.publish(BenchBook.OPENING_PRICE);
                open(outbox, index, parties, ledger.process());
                whileItRuns(backlog, ledger.process(), index);
            }
            afterwards(backlog);
        }
    }

    private void open(TopicOutbox outbox, IndexFeed index, Parties parties, ChildJvm ledger)
            throws InterruptedException {
        progress.accept("opening " + book.loans() + " loans");
        var opening = new BookOpening(cluster, outbox, parties.counterparties, () -> {
            ledger.requireAlive();
            index.requireSound();
            parties.requireSound();
        });
        if (!asked(MeasureGroup.CAPACITY)) {
            opening.open(book, BookOpening.AT_A_TIME, opened -> {});
            return;
        }
        var capacity = new Capacity(cluster, ledger, book.loans());
        opening.open(book, capacity.step(BookOpening.AT_A_TIME), opened -> {
            if (capacity.isDue(opened)) {
                progress.accept("looking at " + opened + " loans");
                outbox.flush();
                index.beQuiet(true);
                opening.awaitQuietLedger();
                capacity.look(opened);
                index.beQuiet(false);
                index.publish(
                        BenchBook.OPENING_PRICE); // by the time the next loan is asked for, the old one may be stale
            }
        });
        findings.addAll(capacity.findings());
    }

    private void whileItRuns(Backlog backlog, ChildJvm ledger, IndexFeed index) throws InterruptedException {
        if (asked(MeasureGroup.EVENTS)) {
            progress.accept("events a second");
            Throughput.Result result = new Throughput(plan, cluster, backlog, ledger).measure();
            findings.addAll(result.findings());
            perEvent = Optional.of(result.perEvent());
        }
        if (asked(MeasureGroup.PROFILE)) {
            progress.accept("profile of an event");
            findings.addAll(new Profile(plan, cluster, backlog, ledger, cluster.folder(), options.out()).measure());
        }
        if (asked(MeasureGroup.CHURN)) {
            progress.accept("memory for " + plan.broker().churn().toSeconds() + " s");
            findings.addAll(new Churn(plan, cluster, backlog, ledger, index, ledgerHeap()).measure());
        }
        if (asked(MeasureGroup.LATENCY) || asked(MeasureGroup.CRASH)) {
            withLiquidation(ledger, index);
        }
    }

    @SuppressWarnings("try") // the liquidation processor works by being there
    private void withLiquidation(ChildJvm ledger, IndexFeed index) throws InterruptedException {
        try (BenchCluster.Started liquidation = cluster.liquidation()) {
            if (asked(MeasureGroup.LATENCY)) {
                progress.accept("latency");
                Latency.Result result = new Latency(plan, cluster, index).measure();
                findings.addAll(result.findings());
                tickToOrder = Optional.of(result.tickToOrder());
            }
            if (asked(MeasureGroup.CRASH)) {
                progress.accept("crash");
                var crash = new Crash(cluster, book, ledger, index);
                findings.addAll(crash.measure(perEvent, tickToOrder));
                happened = Optional.of(crash);
            }
        }
    }

    /** The ledger that opened the book has ended; those that need one start their own. */
    private void afterwards(Backlog backlog) throws InterruptedException {
        if (happened.isPresent()) {
            progress.accept("the same crash in PostgreSQL");
            findings.add(happened.get().toPostgres(plan));
        }
        if (asked(MeasureGroup.FOLD)) {
            progress.accept("fold of the journal");
            findings.addAll(new Fold(plan, cluster).measure());
        }
        if (asked(MeasureGroup.RESTORE)) {
            progress.accept("restore");
            findings.addAll(new Restore(plan, cluster, ledgerHeap()).measure());
        }
        if (asked(MeasureGroup.THREADS)) {
            progress.accept("two threads and one");
            findings.addAll(new Threads(plan, cluster, backlog, ledgerHeap()).measure());
        }
        if (asked(MeasureGroup.FAILOVER)) {
            progress.accept("fail-over");
            findings.addAll(new FailOver(plan, cluster, backlog, ledgerHeap()).measure());
        }
    }

    private boolean asked(MeasureGroup group) {
        return options.groups().contains(group);
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
        return 768 + book.loans() / 1_000;
    }
}
