package io.loanledger.local.soak;

import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.topic.Topic;
import io.loanledger.local.soak.fault.FaultRun;
import io.loanledger.local.soak.fault.FaultSchedule;
import io.loanledger.local.soak.stack.ClusterState;
import io.loanledger.local.soak.stack.ServiceKind;
import io.loanledger.local.soak.stack.ServiceProcess;
import io.loanledger.local.soak.stack.SoakStack;
import io.loanledger.local.soak.verdict.Verdict;
import io.loanledger.local.soak.world.SoakOutbox;
import io.loanledger.local.soak.world.SoakWatch;
import io.loanledger.local.soak.world.SoakWorld;
import io.loanledger.streams.LedgerNames;
import io.loanledger.streams.LedgerTopology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/**
 * One soak from its start to its verdict: processes up, world running, faults, drain, orderly stop, checks.
 *
 * <p>{@link #run} is for one thread, {@link #close} for any; a run that is closed under way ends with an exception.
 */
public final class Soak implements AutoCloseable {

    private static final Duration WARM_UP = Duration.ofSeconds(12);
    private static final Duration PAUSE = Duration.ofSeconds(4);
    private static final Duration LINE_EVERY = Duration.ofSeconds(10);
    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(150);
    private static final Duration FILL_PATIENCE = Duration.ofMinutes(2);

    /** New loans a second before faults begin: the rate that is asked for, and not less than the first. */
    private static final int FILL = 40;

    private static final int SLOWEST_FILL = 5;
    private static final Duration QUIET = Duration.ofSeconds(4);
    private static final Duration READ_TO_THE_END = Duration.ofSeconds(20);

    /** For the last commit of whoever has read all. */
    private static final Duration SETTLE = Duration.ofSeconds(2);

    /** A group never commits past the marker at the end of each partition: four partitions of eleven topics at most. */
    private static final long MARKERS = 44;

    private static final Duration LOOK = Duration.ofMillis(250);

    /** Prices go on, and a transaction's marker stands behind each. */
    private static final long LAG_AT_REST = 80;

    private final SoakSettings settings;
    private final SoakStack stack;
    private final Consumer<String> out;
    private final long startedAt = System.nanoTime();
    private final List<String> findings = new ArrayList<>();
    private final List<AutoCloseable> parts = new ArrayList<>();
    private volatile boolean closed;

    /** {@code out} takes the lines of progress and of what happens. */
    public Soak(SoakSettings settings, SoakStack stack, Consumer<String> out) {
        this.settings = settings;
        this.stack = stack;
        this.out = out;
    }

    /** Everything, once. */
    SoakResult run() throws InterruptedException {
        stack.start();
        SchemaRegistry registry = guard(SchemaRegistry.open(stack.connection().registryProperties()));
        SchemaIds ids = new SchemaRegistrar(registry).verifyAll();
        SoakWorld world =
                guard(new SoakWorld(stack.connection(), registry, ids, SoakStack.PARTITIONS, settings.seed()));
        world.start();
        say("all services run; the world begins");
        TimeUnit.NANOSECONDS.sleep(WARM_UP.toNanos());
        fillBook(world);
        world.openLoans(settings.loansPerSecond());
        world.startWaves();
        FaultRun faults = new FaultRun(stack, world, this::say);
        long began = System.nanoTime();
        Thread lines = startLines(world, faults);
        long until = began + settings.length().toNanos();
        if (!settings.kinds().isEmpty()) {
            faults.play(new FaultSchedule(settings.seed(), settings.kinds(), settings.instances()), PAUSE, until);
        }
        long rest = until - System.nanoTime();
        if (rest > 0) {
            TimeUnit.NANOSECONDS.sleep(rest);
        }
        Duration length = Duration.ofNanos(System.nanoTime() - began);
        say("faults are over; the world calms down");
        long drainBegan = System.nanoTime();
        drain(world);
        lines.interrupt();
        lines.join();
        findings.addAll(idleness(world.counts()));
        world.failure().ifPresent(ended -> findings.add("a simulated party ended: " + ended));
        findings.addAll(faults.findings());
        Duration stall = world.progress().longest(faults.excuses(), drainBegan);
        Duration overall = world.progress().longest(List.of(), drainBegan);
        SoakWatch.Counts counts = world.counts();
        long decisions = world.progress().records();
        world.stopTrading();
        stopServices();
        world.close();
        say("everything is stopped; reading it back");
        Verdict verdict = Verdict.of(stack, this::say);
        findings.addAll(verdict.findings());
        return new SoakResult(
                settings,
                length,
                world.loansAsked(),
                counts,
                decisions,
                stall,
                overall,
                faults.outcomes(),
                stack.supervisor().exits(),
                verdict.checks(),
                findings);
    }

    @Override
    public void close() {
        closed = true;
        synchronized (parts) {
            parts.reversed().forEach(part -> {
                try {
                    part.close();
                } catch (Exception e) { // One that cannot end well must not keep the others.
                    out.accept("while ending: " + e);
                }
            });
            parts.clear();
        }
    }

    /** A soak in which nothing happened proves nothing. */
    static List<String> idleness(SoakWatch.Counts counts) {
        List<String> idle = new ArrayList<>();
        if (counts.loans() == 0) {
            idle.add("no loan was paid out");
        }
        if (counts.orders() == 0) {
            idle.add("no order was placed");
        }
        return idle;
    }

    /** Loans at a high price, until as many are paid out as the first wave shall find. */
    private void fillBook(SoakWorld world) throws InterruptedException {
        long giveUpAt = System.nanoTime()
                + FILL_PATIENCE.toNanos()
                + Duration.ofSeconds(settings.book() / SLOWEST_FILL).toNanos();
        world.openLoans(Math.max(settings.loansPerSecond(), FILL));
        while (world.counts().loans() < settings.book()) {
            if (System.nanoTime() > giveUpAt) {
                findings.add(
                        world.counts().loans() + " of the first " + settings.book() + " loans were paid out in time");
                return;
            }
            if (world.loansAsked() >= settings.book()) {
                world.openLoans(0);
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        say(world.counts().loans() + " loans are paid out; waves of prices and faults begin");
    }

    /** No new loans, a high price, everything up; then until no sale is open and nothing but prices moves. */
    private void drain(SoakWorld world) throws InterruptedException {
        world.openLoans(0);
        world.outbox().disturb(SoakOutbox.Disorder.NONE);
        world.tickTimes(1);
        world.becomeCalm();
        List<Integer> revived = stack.cluster().revive();
        if (!revived.isEmpty()) {
            say("started brokers " + revived);
        }
        // Whoever reads all stores in the end would find the damage; the changelogs hold what the folders do.
        stack.supervisor()
                .damaged()
                .forEach(service -> stack.supervisor()
                        .startAfresh(service, "SIGKILL and folder deleted, its damage was never read"));
        long giveUpAt = System.nanoTime() + DRAIN_PATIENCE.toNanos();
        while (System.nanoTime() < giveUpAt) {
            SoakWatch.Counts counts = world.counts();
            boolean quiet = System.nanoTime() - counts.lastActivity() > QUIET.toNanos();
            if (quiet && counts.openCases() == 0 && stack.supervisor().allReady() && lag().orElse(1L) <= LAG_AT_REST) {
                say("drained");
                return;
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        String finding = "not drained within " + DRAIN_PATIENCE.toSeconds() + " s: "
                + world.counts().openCases() + " sales open, lag "
                + lag().map(Object::toString).orElse("unknown");
        say(finding);
        findings.add(finding);
    }

    private Optional<Long> lag() {
        try (Admin admin = Admin.create(stack.connection().clientProperties())) {
            return lag(new ClusterState(admin));
        }
    }

    private static Optional<Long> lag(ClusterState state) {
        return state.lag(
                LedgerNames.APPLICATION_ID,
                LedgerTopology.SOURCES.stream().map(Topic::name).toList());
    }

    /** First the prices, so that whoever reads the stores afterwards finds nothing left to do; then the readers, when they have read all. */
    private void stopServices() throws InterruptedException {
        stop(ServiceKind.INGEST);
        long giveUpAt = System.nanoTime() + READ_TO_THE_END.toNanos();
        while (lag().orElse(Long.MAX_VALUE) > MARKERS && System.nanoTime() < giveUpAt) {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
        stop(ServiceKind.LEDGER);
        stop(ServiceKind.LIQUIDATION);
    }

    private void stop(ServiceKind kind) throws InterruptedException {
        List<Thread> stopping = new ArrayList<>();
        for (ServiceProcess service : stack.services(kind)) {
            stopping.add(Thread.ofVirtual().start(() -> {
                if (!stack.supervisor().stop(service, "SIGTERM, end of the soak")) {
                    synchronized (findings) {
                        findings.add(service.name() + " did not end within its time");
                    }
                }
            }));
        }
        for (Thread each : stopping) {
            each.join();
        }
    }

    private Thread startLines(SoakWorld world, FaultRun faults) {
        Thread lines = new Thread(() -> lines(world, faults), "progress");
        lines.setDaemon(true);
        lines.start();
        return lines;
    }

    private void lines(SoakWorld world, FaultRun faults) {
        try (Admin admin = Admin.create(stack.connection().clientProperties())) {
            ClusterState state = new ClusterState(admin);
            while (!closed) {
                TimeUnit.NANOSECONDS.sleep(LINE_EVERY.toNanos());
                SoakWatch.Counts counts = world.counts();
                say(String.format(
                        Locale.ROOT,
                        "faults %d  loans %,d  calls %,d  sales %,d (%,d open)  orders %,d  journal %,d  lag %s  waiting %.1f s",
                        faults.outcomes().size(),
                        counts.loans(),
                        counts.marginCalls(),
                        counts.cases(),
                        counts.openCases(),
                        counts.orders(),
                        world.progress().records(),
                        lag(state).map(Object::toString).orElse("?"),
                        world.progress().waitingNow(System.nanoTime()).toMillis() / 1_000.0));
            }
        } catch (InterruptedException ended) {
            return;
        }
    }

    private void say(String line) {
        long seconds = Duration.ofNanos(System.nanoTime() - startedAt).toSeconds();
        out.accept(String.format(Locale.ROOT, "%02d:%02d  %s", seconds / 60, seconds % 60, line));
    }

    private <T extends AutoCloseable> T guard(T part) {
        synchronized (parts) {
            parts.add(part);
        }
        return part;
    }
}
