package io.loanledger.benchmarks;

import io.loanledger.benchmarks.measure.Throughput;
import io.loanledger.benchmarks.report.Finding;
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
import java.util.Set;
import java.util.function.Consumer;

/** The measures that need a broker with a book of loans on it: opens the book once, then takes them one after the other. */
final class BookMeasures {

    private final BenchPlan plan;
    private final Set<MeasureGroup> groups;
    private final BenchCluster cluster;
    private final Consumer<String> progress;
    private final List<Finding> findings = new ArrayList<>();

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
        try (BenchCluster.Started ledger = cluster.ledger(plan.threads(), ledgerHeap());
                TopicOutbox outbox = new TopicOutbox(cluster.connection());
                IndexFeed index = IndexFeed.open(cluster, BroadcastStream.indexPrices(IndexFeed.MARKET))) {
            var counterparties = new Counterparties(outbox);
            try (TopicFeed reading = new TopicFeed(counterparties, cluster.connection())) {
                reading.start();
                index.publish(BenchBook.OPENING_PRICE);
                progress.accept("opening " + plan.loans() + " loans");
                new BookOpening(cluster, outbox, counterparties).open(book);
                if (groups.contains(MeasureGroup.EVENTS)) {
                    progress.accept("events a second");
                    findings.addAll(new Throughput(plan, cluster, book, ledger.process()).measure());
                }
            }
        }
        return findings;
    }

    /** Stores lie outside of the heap; what grows with the book is the index. */
    private int ledgerHeap() {
        return 768 + plan.loans() / 1_000;
    }
}
