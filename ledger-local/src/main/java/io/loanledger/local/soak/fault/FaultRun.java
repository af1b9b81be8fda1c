package io.loanledger.local.soak.fault;

import io.loanledger.local.soak.stack.SoakStack;
import io.loanledger.local.soak.world.JournalProgress;
import io.loanledger.local.soak.world.SoakWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Plays a schedule: a step's faults, their end, then recovery, until the time is up. What does not recover in time is a finding.
 *
 * <p>One thread plays; the questions may be asked by any.
 */
public final class FaultRun {

    /** For all services to be ready and every partition to decide again after the last fault of a step was lifted. */
    private static final Duration RECOVERY_PATIENCE = Duration.ofSeconds(90);

    private static final Duration LOOK = Duration.ofMillis(100);

    /** What was committed before a kill may be read this much later. */
    private static final Duration IN_FLIGHT = Duration.ofMillis(300);

    /**
     * What became of one fault.
     *
     * @param asExpected whether the outcome that is expected came about; a skipped one has none
     * @param decided from its beginning until every partition of the journal had a new decision, or it was given up
     * @param recovered from its end until every service was ready and every partition had decided since
     * @param longestWait the longest wait for a decision that overlaps it
     * @param seen in words
     */
    public record Outcome(
            PlannedFault fault,
            boolean alone,
            boolean skipped,
            boolean asExpected,
            Duration began,
            Duration decided,
            Duration recovered,
            Duration longestWait,
            String seen) {}

    private static final class Live {
        private final PlannedFault fault;
        private final RunningFault running;
        private final long beganAt;
        private final boolean skipped;

        Live(PlannedFault fault, RunningFault running, long beganAt, boolean skipped) {
            this.fault = fault;
            this.running = running;
            this.beganAt = beganAt;
            this.skipped = skipped;
        }
    }

    private final SoakStack stack;
    private final JournalProgress progress;
    private final FaultInjector injector;
    private final Consumer<String> log;
    private final long startedAt = System.nanoTime();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<JournalProgress.Excuse> excuses = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();

    public FaultRun(SoakStack stack, SoakWorld world, Consumer<String> log) {
        this.stack = stack;
        this.progress = world.progress();
        this.injector = new FaultInjector(stack, world);
        this.log = log;
    }

    /** Plays step after step as long as one still fits before {@code until}, on the clock of {@link System#nanoTime}. */
    public void play(FaultSchedule schedule, Duration pause, long until) throws InterruptedException {
        while (true) {
            FaultSchedule.Step step = schedule.next();
            if (System.nanoTime() + step.length().toNanos() + pause.toNanos() > until) {
                return;
            }
            play(step);
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        }
    }

    /** What became of the faults so far. */
    public synchronized List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** Times in which no decision could be expected. */
    public synchronized List<JournalProgress.Excuse> excuses() {
        return List.copyOf(excuses);
    }

    /** What did not go as expected, in words. */
    public synchronized List<String> findings() {
        return List.copyOf(findings);
    }

    private void play(FaultSchedule.Step step) throws InterruptedException {
        long stepBegan = System.nanoTime();
        List<Live> live = new ArrayList<>();
        for (PlannedFault fault : step.faults()) {
            sleepUntil(stepBegan + fault.after().toNanos());
            live.add(begin(fault));
        }
        List<RunningFault.Ended> seen = new ArrayList<>();
        for (Live each : live) {
            sleepUntil(each.beganAt + each.fault.lasts().toNanos());
            seen.add(each.running.end());
            long ended = System.nanoTime();
            log.accept("end   " + each.fault + ": " + seen.getLast().text());
            finding(each.fault, seen.getLast()).ifPresent(this::find);
            if (each.fault.kind().forbidsProgress() && !each.skipped) {
                synchronized (this) {
                    excuses.add(new JournalProgress.Excuse(each.beganAt, ended));
                }
            }
        }
        long lifted = System.nanoTime();
        boolean inTime = awaitRecovery(lifted, step);
        long now = System.nanoTime();
        for (int i = 0; i < live.size(); i++) {
            note(live.get(i), step, seen.get(i), inTime, lifted, now);
        }
    }

    private Live begin(PlannedFault fault) throws InterruptedException {
        log.accept("begin " + fault);
        long now = System.nanoTime();
        try {
            return new Live(fault, injector.begin(fault), now, false);
        } catch (RunningFault.Skipped skipped) {
            return new Live(
                    fault,
                    RunningFault.over("skipped: " + skipped.getMessage()),
                    now - fault.lasts().toNanos(),
                    true);
        }
    }

    /** Whether all is well again in time. */
    private boolean awaitRecovery(long lifted, FaultSchedule.Step step) throws InterruptedException {
        long giveUpAt = lifted + RECOVERY_PATIENCE.toNanos();
        while (progress.allDecidedSince(lifted) < 0 || !stack.supervisor().allReady()) {
            if (System.nanoTime() > giveUpAt) {
                String finding = "no recovery within " + RECOVERY_PATIENCE.toSeconds() + " s after " + step.faults()
                        + (progress.allDecidedSince(lifted) < 0
                                ? ": a partition of the journal stands still"
                                : ": not every service is ready");
                find(finding);
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        return true;
    }

    /** What is wrong when the expected outcome did not come about. */
    static Optional<String> finding(PlannedFault fault, RunningFault.Ended ended) {
        return ended.asExpected()
                ? Optional.empty()
                : Optional.of("not as expected, " + fault + ": " + ended.text() + "; expected: "
                        + fault.kind().expected());
    }

    private void find(String finding) {
        log.accept(finding);
        synchronized (this) {
            findings.add(finding);
        }
    }

    private synchronized void note(
            Live live, FaultSchedule.Step step, RunningFault.Ended seen, boolean inTime, long lifted, long now) {
        long decidedAt = progress.allDecidedSince(live.beganAt + IN_FLIGHT.toNanos());
        outcomes.add(new Outcome(
                live.fault,
                step.faults().size() == 1,
                live.skipped,
                !live.skipped && seen.asExpected() && inTime,
                Duration.ofNanos(live.beganAt - startedAt),
                Duration.ofNanos((decidedAt < 0 ? now : decidedAt) - live.beganAt),
                Duration.ofNanos(now - lifted),
                progress.longestWithin(live.beganAt, now),
                seen.text()));
    }

    private static void sleepUntil(long time) throws InterruptedException {
        long rest = time - System.nanoTime();
        if (rest > 0) {
            TimeUnit.NANOSECONDS.sleep(rest);
        }
    }
}
