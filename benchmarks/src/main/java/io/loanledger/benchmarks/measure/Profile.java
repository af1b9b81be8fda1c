package io.loanledger.benchmarks.measure;

import io.loanledger.benchmarks.BenchPlan;
import io.loanledger.benchmarks.process.ChildJvm;
import io.loanledger.benchmarks.profile.CpuProfile;
import io.loanledger.benchmarks.profile.CpuSamples;
import io.loanledger.benchmarks.profile.Room;
import io.loanledger.benchmarks.report.Finding;
import io.loanledger.benchmarks.report.Series;
import io.loanledger.benchmarks.world.Backlog;
import io.loanledger.benchmarks.world.BenchCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the processor time of a repayment goes: the flight recorder samples the ledger while it works off a batch. It tells shares, which a busy
 * machine hardly changes, and writes the methods behind them to {@code profile.txt}.
 */
public final class Profile {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final BenchPlan plan;
    private final BenchCluster cluster;
    private final Backlog backlog;
    private final ChildJvm ledger;
    private final Path recording;
    private final Path table;

    /** The recording goes to {@code folder}, the table to {@code out}. */
    public Profile(BenchPlan plan, BenchCluster cluster, Backlog backlog, ChildJvm ledger, Path folder, Path out) {
        this.plan = plan;
        this.cluster = cluster;
        this.backlog = backlog;
        this.ledger = ledger;
        this.recording = folder.resolve("ledger.jfr");
        this.table = out.resolve("profile.txt");
    }

    public List<Finding> measure() throws InterruptedException {
        Throughput.Runner runner = Throughput.Runner.ofLedger(cluster, ledger);
        runner.work(backlog, plan.broker().eventsPerRound());
        ledger.ask("record", PATIENCE);
        long threads = ledger.threadNanos();
        long processor = ledger.processorNanos();
        int events = 0;
        for (int round = 0; round < plan.rounds(); round++) {
            events += runner.work(backlog, plan.broker().eventsPerRound()).events();
        }
        long spent = ledger.processorNanos() - processor;
        long spentInJava = ledger.threadNanos() - threads;
        ledger.ask("recorded " + recording, PATIENCE);
        var profile = new CpuProfile(CpuSamples.read(recording), spentInJava, spent, events);
        write(profile.lines());
        return Stream.of(Room.values())
                .<Finding>map(room -> new Finding.Stated(
                        "profile-" + room.title(),
                        new Series("of one event, " + room.title(), "us CPU", List.of(profile.microsPerEvent(room)))))
                .toList();
    }

    private void write(List<String> lines) {
        try {
            Path folder = table.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(table, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + table, e);
        }
    }
}
