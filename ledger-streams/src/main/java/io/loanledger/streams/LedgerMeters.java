package io.loanledger.streams;

import io.loanledger.core.loan.Counterparty;
import io.loanledger.core.loan.DefaultReason;
import io.loanledger.core.loan.Difference;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.posting.Account;
import io.loanledger.events.service.Invariant;
import io.loanledger.events.service.LedgerMeter;
import io.loanledger.streams.task.DaysPastDue;
import io.loanledger.streams.task.TaskGauges;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The meters of the ledger: counters of what its tasks did, and gauges over the tasks that this instance holds now. A gauge of
 * something that no task here holds shows no number. Thread-safe.
 */
public final class LedgerMeters {
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Set<TaskGauges> tasks = ConcurrentHashMap.newKeySet();
    private final Set<Integer> knownPartitions = ConcurrentHashMap.newKeySet();
    private final Set<String> knownMarkets = ConcurrentHashMap.newKeySet();
    private final Map<String, Counter> rejections = new ConcurrentHashMap<>();
    private final Counter duplicates;
    private final Counter statements;
    private final Counter visits;

    public LedgerMeters(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        this.duplicates = LedgerMeter.DUPLICATES.counter(registry);
        this.statements = LedgerMeter.CUSTODY_STATEMENTS.counter(registry);
        this.visits = LedgerMeter.TICK_VISITS.counter(registry);
        for (LoanStatus status : LoanStatus.values()) {
            LedgerMeter.LOANS.gauge(registry, () -> sum(task -> task.loans(status)), status.name());
        }
        for (Invariant invariant : Invariant.values()) {
            if (invariant.isCheckedBy(Invariant.By.LEDGER)) {
                LedgerMeter.INVARIANT_VIOLATIONS.counter(registry, invariant.title());
            }
        }
        for (DefaultReason reason : DefaultReason.values()) {
            LedgerMeter.LOANS_IN_DEFAULT.gauge(registry, () -> sum(task -> task.inDefault(reason)), reason.name());
        }
        for (DaysPastDue late : DaysPastDue.values()) {
            LedgerMeter.LOANS_PAST_DUE.gauge(registry, () -> sum(task -> task.pastDue(late)), late.title());
        }
        LedgerMeter.LOANS_QUARANTINED.gauge(registry, () -> sum(TaskGauges::quarantined));
        LedgerMeter.LIQUIDATIONS_OPEN.gauge(registry, () -> sum(TaskGauges::openCases));
        LedgerMeter.MARGIN_CALLS_OPEN.gauge(registry, () -> sum(TaskGauges::openCalls));
        LedgerMeter.BOOK_MISMATCHES.gauge(registry, () -> sum(TaskGauges::bookMismatches));
        LedgerMeter.BOOK_RECOUNTS.gauge(registry, () -> sum(TaskGauges::bookRounds));
        for (Counterparty counterparty : Counterparty.values()) {
            LedgerMeter.RECONCILIATION_DIFFERENCES.gauge(
                    registry, () -> differencesWith(counterparty).count(), counterparty.name());
            LedgerMeter.RECONCILIATION_AGE.gauge(registry, () -> oldestSeconds(counterparty), counterparty.name());
        }
        LedgerMeter.SWEEP_OPEN.gauge(
                registry,
                () -> tasks.stream().filter(task -> task.openSweeps() > 0).count());
    }

    // --- tasks -------------------------------------------------------------------------------------------------------

    /** A task has started; its figures count until {@link #left}. */
    public void joined(TaskGauges task) {
        tasks.add(task);
        int partition = task.partition();
        if (knownPartitions.add(partition)) {
            LedgerMeter.JOURNAL_SEQUENCE.gauge(registry, () -> journalSequence(partition), Integer.toString(partition));
        }
    }

    public void left(TaskGauges task) {
        tasks.remove(task);
    }

    /** The first price of a market registers its gauges. */
    public void priceSeen(String market) {
        if (knownMarkets.add(market)) {
            LedgerMeter.PRICE_AGE.gauge(registry, () -> priceAgeSeconds(market), market);
            LedgerMeter.PRICE_TIME.gauge(registry, () -> priceTimeSeconds(market), market);
        }
    }

    private Stream<Difference> differencesWith(Counterparty counterparty) {
        return tasks.stream()
                .flatMap(TaskGauges::differences)
                .filter(open -> open.kind().counterparty() == counterparty);
    }

    /** By price time, so that a replayed scenario has ages too. */
    private double oldestSeconds(Counterparty counterparty) {
        Optional<Instant> now = tasks.stream()
                .flatMap(task -> task.prices().values().stream())
                .map(TaskGauges.PriceSeen::priceTime)
                .max(Instant::compareTo);
        return differencesWith(counterparty)
                .map(Difference::asOf)
                .min(Instant::compareTo)
                .flatMap(oldest -> now.map(time -> Duration.between(oldest, time)))
                .map(age -> (double) Math.max(0, age.toSeconds()))
                .orElse(0.0);
    }

    private long sum(ToLongFunction<TaskGauges> figure) {
        return tasks.stream().mapToLong(figure).sum();
    }

    private double journalSequence(int partition) {
        return tasks.stream()
                .filter(task -> task.partition() == partition)
                .mapToDouble(TaskGauges::journalSequence)
                .max()
                .orElse(Double.NaN);
    }

    /** By append time, so that a replayed scenario has an age too; of the task that is furthest behind. */
    private double priceAgeSeconds(String market) {
        long nowMillis = clock.millis();
        return tasks.stream()
                .map(task -> task.prices().get(market))
                .filter(seen -> seen != null)
                .mapToDouble(seen -> (nowMillis - seen.appendedAtMillis()) / 1e3)
                .max()
                .orElse(Double.NaN);
    }

    private double priceTimeSeconds(String market) {
        return tasks.stream()
                .map(task -> task.prices().get(market))
                .filter(seen -> seen != null)
                .map(TaskGauges.PriceSeen::priceTime)
                .mapToDouble(Instant::getEpochSecond)
                .min()
                .orElse(Double.NaN);
    }

    // --- what happened -----------------------------------------------------------------------------------------------

    public void rejected(String reason) {
        rejections
                .computeIfAbsent(reason, r -> LedgerMeter.REJECTIONS.counter(registry, r))
                .increment();
    }

    /** An event moved one of {@link Account#NAMED}: a fact that could be neither refused nor credited. */
    public void postedApart(Account account) {
        LedgerMeter.NAMED_ACCOUNT_POSTINGS.counter(registry, account.name()).increment();
    }

    public void duplicate() {
        duplicates.increment();
    }

    public void custodyStatement() {
        statements.increment();
    }

    public void deadLetter(String topic, String reason) {
        LedgerMeter.DEAD_LETTERS.counter(registry, topic, reason).increment();
    }

    public void strayed(String topic) {
        LedgerMeter.STRAYED.counter(registry, topic).increment();
    }

    public void visited(int loans) {
        visits.increment(loans);
    }

    /** An index record or terms that were not taken; the reason says whether somebody has to act. */
    public void broadcastRefused(String topic, String reason) {
        LedgerMeter.BROADCAST_REFUSED.counter(registry, topic, reason).increment();
    }

    /** The one place where a broken invariant of the ledger is counted. */
    public void invariantBroken(Invariant invariant) {
        LedgerMeter.INVARIANT_VIOLATIONS.counter(registry, invariant.title()).increment();
    }
}
