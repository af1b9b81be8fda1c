package io.loanledger.benchmarks.measure;

import io.loanledger.benchmarks.measure.CapacityModel.Point;
import io.loanledger.benchmarks.process.ChildJvm;
import io.loanledger.benchmarks.report.Finding;
import io.loanledger.benchmarks.report.Goal;
import io.loanledger.benchmarks.report.Series;
import io.loanledger.benchmarks.world.BenchCluster;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.LedgerNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What a loan takes up, looked at while the book is opened: at a twentieth of it, a tenth, and the whole. The first two predict the third, which
 * says how good such a prediction is; the last two predict books that were not opened here.
 */
public final class Capacity {

    public static final String HEAP_ERROR = "capacity-heap-error";
    public static final Goal ERROR = Goal.atMost(0.1);

    private static final List<Integer> PARTS = List.of(20, 10, 1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long BROKER_MILLION = 1_000_000;
    private static final List<Long> FORETOLD = List.of(BROKER_MILLION, 10 * BROKER_MILLION, 100 * BROKER_MILLION);
    private static final double BYTES_PER_MEGABYTE = 1 << 20;
    private static final double NANOS_PER_MICRO = 1e3;

    private final BenchCluster cluster;
    private final ChildJvm ledger;
    private final int loans;
    private final List<Point> points = new ArrayList<>();

    public Capacity(BenchCluster cluster, ChildJvm ledger, int loans) {
        this.cluster = cluster;
        this.ledger = ledger;
        this.loans = loans;
    }

    /** So many loans at a time meet every part of the book that is looked at. */
    public int step(int most) {
        return Math.clamp(loans / PARTS.getFirst(), 1, most);
    }

    /** Whether the book is to be looked at now that so many loans are open. */
    public boolean isDue(int opened) {
        return points.size() < PARTS.size() && opened >= loans / PARTS.get(points.size());
    }

    /**
     * Looks at a book of so many loans. The ledger is to have worked off everything, and nothing is to come meanwhile: it stands still for a
     * collection, and a transaction that is open then may not live as long.
     */
    public void look(int opened) throws InterruptedException {
        String changelogs = LedgerNames.APPLICATION_ID + "-";
        points.add(new Point(
                opened,
                Double.parseDouble(ledger.ask("alive", PATIENCE)),
                cluster.bytesOnBroker(topic -> topic.equals(TopicCatalogue.JOURNAL.name())),
                cluster.bytesOnBroker(topic -> topic.startsWith(changelogs) && topic.endsWith("-changelog")),
                bytesIn(cluster.ledgerStores()),
                ledger.processorNanos()));
    }

    public List<Finding> findings() {
        return findings(points);
    }

    /** Of the three books, the smallest first. */
    static List<Finding> findings(List<Point> points) {
        if (points.size() != PARTS.size()) {
            throw new IllegalArgumentException("not " + PARTS.size() + " books: " + points);
        }
        Point whole = points.getLast();
        var findings = new ArrayList<Finding>();
        findings.add(error(HEAP_ERROR, "heap", points, Point::heapBytes));
        findings.add(error("capacity-journal-error", "journal", points, Point::journalBytes));
        findings.add(perLoan("heap", points, Point::heapBytes));
        findings.add(perLoan("journal", points, Point::journalBytes));
        findings.add(perLoan("changelog", points, Point::changelogBytes));
        findings.add(perLoan("stores", points, Point::storeBytes));
        double micros = lastTwo(points, Point::processorNanos).perLoan() / NANOS_PER_MICRO;
        findings.add(stated("capacity-opening", "opening a loan, at " + whole.loans(), "us CPU/loan", micros));
        CapacityModel heap = lastTwo(points, Point::heapBytes);
        for (long size : FORETOLD) {
            findings.add(stated(
                    "capacity-heap-" + size / BROKER_MILLION + "m",
                    "heap that " + size + " loans of one market let expect, all instances together",
                    "MiB",
                    heap.at(size) / BYTES_PER_MEGABYTE));
        }
        return findings;
    }

    private static Finding error(String name, String what, List<Point> points, ToDoubleFunction<Point> figure) {
        CapacityModel model = CapacityModel.through(points.get(0), points.get(1), figure);
        Point whole = points.getLast();
        String told = what + " of " + whole.loans() + " loans told from "
                + points.get(0).loans() + " and " + points.get(1).loans();
        return new Finding.Absolute(name, new Series(told, "error", List.of(model.error(whole, figure))), ERROR);
    }

    private static Finding perLoan(String what, List<Point> points, ToDoubleFunction<Point> figure) {
        return stated(
                "capacity-" + what,
                what + ", from " + points.get(1).loans() + " to "
                        + points.getLast().loans() + " loans",
                "B/loan",
                lastTwo(points, figure).perLoan());
    }

    private static CapacityModel lastTwo(List<Point> points, ToDoubleFunction<Point> figure) {
        return CapacityModel.through(points.get(1), points.getLast(), figure);
    }

    private static Finding stated(String name, String what, String unit, double figure) {
        return new Finding.Stated(name, new Series(what, unit, List.of(figure)));
    }

    /** RocksDB removes files while they are counted. */
    private static long bytesIn(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.mapToLong(Capacity::size).sum();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into " + folder, e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException goneMeanwhile) {
            return 0;
        }
    }
}
