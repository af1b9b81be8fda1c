package io.loanledger.benchmarks.measure;

import io.loanledger.benchmarks.BenchPlan;
import io.loanledger.benchmarks.process.ChildJvm;
import io.loanledger.benchmarks.report.Finding;
import io.loanledger.benchmarks.report.Goal;
import io.loanledger.benchmarks.report.Series;
import io.loanledger.benchmarks.world.BenchBook;
import io.loanledger.benchmarks.world.BenchCluster;
import io.loanledger.benchmarks.world.IndexFeed;
import io.loanledger.benchmarks.world.Sightings;
import io.loanledger.events.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One price breaches three loans of ten at once. How long until the last breach can be seen, when the first sell order leaves while the others
 * are still worked off, and what processor time a breach costs. A book can crash once, so there is one round.
 */
public final class Crash {

    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;

    private final BenchCluster cluster;
    private final BenchBook book;
    private final ChildJvm ledger;
    private final IndexFeed index;

    private final BitSet breached = new BitSet();
    private final AtomicInteger breaches = new AtomicInteger();
    private final CountDownLatch all = new CountDownLatch(1);
    private final AtomicLong firstOrder = new AtomicLong();
    private final AtomicLong lastBreach = new AtomicLong();
    private Optional<Series> last = Optional.empty();

    public Crash(BenchCluster cluster, BenchBook book, ChildJvm ledger, IndexFeed index) {
        this.cluster = cluster;
        this.book = book;
        this.ledger = ledger;
        this.index = index;
    }

    /**
     * Lets it happen.
     *
     * @param perEvent processor time of an ordinary event, when it was measured in this run
     * @param tickToOrder of a quiet book, when it was measured in this run
     */
    @SuppressWarnings("try") // the sightings work by being there
    public List<Finding> measure(Optional<Series> perEvent, Optional<Series> tickToOrder) throws InterruptedException {
        var findings = new ArrayList<Finding>();
        try (Sightings sightings = new Sightings(
                cluster,
                List.of(TopicCatalogue.LIQUIDATION_REQUESTS.name(), TopicCatalogue.ORDERS.name()),
                this::seen)) {
            long processor = ledger.processorNanos();
            long began = System.nanoTime();
            index.publish(BenchBook.CRASH_PRICE);
            awaitLastBreach();
            long spent = ledger.processorNanos() - processor;
            awaitFirstOrder();
            Series lastVisible =
                    one(book.crashLoans() + " breaches on one tick, last visible", "ms", millis(lastBreach, began));
            last = Optional.of(lastVisible);
            findings.add(new Finding.Stated("crash-last-breach", lastVisible));
            Series perBreach = one(
                    "breach of the crash", "us CPU/event", spent / NANOS_PER_MICRO / Math.max(1, book.crashLoans()));
            findings.add(perEvent.<Finding>map(
                            event -> Finding.Compared.of("crash-cpu-per-breach", perBreach, event, Goal.atMost(0.5)))
                    .orElseGet(() -> new Finding.Stated("crash-cpu-per-breach", perBreach)));
            Series first = one("first sell order of the crash", "ms", millis(firstOrder, began));
            findings.add(tickToOrder
                    .<Finding>map(quiet -> Finding.Compared.of("crash-first-order", first, quiet, Goal.atMost(3)))
                    .orElseGet(() -> new Finding.Stated("crash-first-order", first)));
        }
        return findings;
    }

    /** The same on a database; to be called when it is over and nothing else runs. */
    public Finding toPostgres(BenchPlan plan) throws InterruptedException {
        Goal goal = Goal.atMost(0.5);
        Series ours = last.orElseThrow(() -> new IllegalStateException("it has not happened yet"));
        return new Postgres(plan)
                .crash()
                .<Finding>map(theirs -> Finding.Compared.of("crash-to-postgresql", ours, theirs, goal))
                .orElseGet(() -> new Finding.Skipped("crash-to-postgresql", goal, Postgres.MISSING));
    }

    private void awaitLastBreach() throws InterruptedException {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (!all.await(1, TimeUnit.SECONDS)) {
            ledger.requireAlive();
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException(
                        "only " + breaches.get() + " of " + book.crashLoans() + " loans were breached in time");
            }
        }
    }

    private void awaitFirstOrder() throws InterruptedException {
        long giveUpAt = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (firstOrder.get() == 0) {
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException("the crash led to no sell order");
            }
            Thread.sleep(5);
        }
    }

    private static double millis(AtomicLong at, long began) {
        return (at.get() - began) / NANOS_PER_MILLI;
    }

    private static Series one(String what, String unit, double figure) {
        return new Series(what, unit, List.of(figure));
    }

    /** Requests carry the market as their key, so the loan is read out of the bytes: its id begins every case's. */
    private void seen(ConsumerRecord<byte[], byte[]> record, long nanos) {
        if (record.topic().equals(TopicCatalogue.ORDERS.name())) {
            firstOrder.compareAndSet(0, nanos);
            return;
        }
        int number = BenchBook.numberIn(new String(record.value(), StandardCharsets.ISO_8859_1));
        if (number < 0 || !book.isOfCrash(number) || breached.get(number)) {
            return;
        }
        breached.set(number);
        lastBreach.set(nanos);
        if (breaches.incrementAndGet() == book.crashLoans()) {
            all.countDown();
        }
    }
}
