package io.loanledger.streams.task;

import io.loanledger.core.loan.DefaultReason;
import io.loanledger.core.loan.Defaults;
import io.loanledger.core.loan.Difference;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.streams.wire.StoredLoan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What one task shows of itself. Written by its stream thread, read by whoever scrapes; figures of one moment may be a record
 * apart.
 */
public final class TaskGauges {
    /** The newest index record processed of one market. */
    public record PriceSeen(Instant priceTime, long appendedAtMillis) {}

    private final int partition;
    /** Holds every status from the start, so that readers on other threads see a map that never changes. */
    private final Map<LoanStatus, AtomicLong> loans = new EnumMap<>(LoanStatus.class);

    private final AtomicLong quarantined = new AtomicLong();
    private final AtomicLong openCases = new AtomicLong();
    private final AtomicLong openCalls = new AtomicLong();
    /** Complete from the start, as {@link #loans} is. */
    private final Map<DefaultReason, AtomicLong> inDefault = new EnumMap<>(DefaultReason.class);

    /** How many loans have their oldest unpaid instalment from which day: lateness grows without an event. */
    private final Map<LocalDate, AtomicLong> unpaidSince = new ConcurrentHashMap<>();

    private final AtomicLong journalSequence = new AtomicLong();
    private final AtomicLong openSweeps = new AtomicLong();
    private final AtomicLong bookMismatches = new AtomicLong();
    private final AtomicLong bookRounds = new AtomicLong();
    private final Map<String, List<Difference>> differences = new ConcurrentHashMap<>();
    private final Map<String, PriceSeen> prices = new ConcurrentHashMap<>();

    TaskGauges(int partition) {
        this.partition = partition;
        for (LoanStatus status : LoanStatus.values()) {
            loans.put(status, new AtomicLong());
        }
        for (DefaultReason reason : DefaultReason.values()) {
            inDefault.put(reason, new AtomicLong());
        }
    }

    public int partition() {
        return partition;
    }

    public long loans(LoanStatus status) {
        return of(status).get();
    }

    public long inDefault(DefaultReason reason) {
        return Objects.requireNonNull(inDefault.get(reason)).get();
    }

    /** By the price time of the newest index record of any market; none before the first. */
    public long pastDue(DaysPastDue late) {
        return prices.values().stream()
                .map(PriceSeen::priceTime)
                .max(Instant::compareTo)
                .map(now -> now.atOffset(ZoneOffset.UTC).toLocalDate())
                .map(today -> pastDue(late, today))
                .orElse(0L);
    }

    private long pastDue(DaysPastDue late, LocalDate today) {
        return unpaidSince.entrySet().stream()
                .filter(since -> late.holds(ChronoUnit.DAYS.between(since.getKey(), today)))
                .mapToLong(since -> since.getValue().get())
                .sum();
    }

    public long quarantined() {
        return quarantined.get();
    }

    public long openCases() {
        return openCases.get();
    }

    public long openCalls() {
        return openCalls.get();
    }

    public long journalSequence() {
        return journalSequence.get();
    }

    public long openSweeps() {
        return openSweeps.get();
    }

    /** Sums of the book that the last recount found otherwise. */
    public long bookMismatches() {
        return bookMismatches.get();
    }

    /** Recounts of all loans that have ended. */
    public long bookRounds() {
        return bookRounds.get();
    }

    /** Differences with custodian and desk that are open. */
    public Stream<Difference> differences() {
        return differences.values().stream().flatMap(List::stream);
    }

    public Map<String, PriceSeen> prices() {
        return prices;
    }

    void found(StoredLoan stored) {
        count(stored.loan(), 1);
        noteDifferences(stored.loan());
    }

    /** A loan that cannot be read, found at the start or just now: its bytes are kept, nothing else is known of it. */
    void sealed() {
        quarantined.incrementAndGet();
    }

    void changed(Loan before, Loan after) {
        if (before.version() > 0) {
            count(before, -1);
        }
        count(after, 1);
        if (!before.reconciliation().open().equals(after.reconciliation().open())) {
            noteDifferences(after);
        }
    }

    void bookRecounted(int mismatches) {
        bookMismatches.set(mismatches);
        bookRounds.incrementAndGet();
    }

    private void noteDifferences(Loan loan) {
        List<Difference> open = loan.reconciliation().open();
        if (open.isEmpty()) {
            differences.remove(loan.loanId());
        } else {
            differences.put(loan.loanId(), open);
        }
    }

    void journalAt(long sequence) {
        journalSequence.set(sequence);
    }

    void openSweeps(int count) {
        openSweeps.set(count);
    }

    void priceSeen(String market, Instant priceTime, long appendedAtMillis) {
        prices.put(market, new PriceSeen(priceTime, appendedAtMillis));
    }

    private void count(Loan loan, int difference) {
        of(loan.status()).addAndGet(difference);
        if (loan.quarantine() != null) {
            quarantined.addAndGet(difference);
        }
        if (loan.openCase() != null) {
            openCases.addAndGet(difference);
        }
        if (loan.marginCall() != null && loan.marginCall().isOpen()) {
            openCalls.addAndGet(difference);
        }
        Defaults.Current current = loan.servicing().defaults().current();
        if (current != null) {
            Objects.requireNonNull(inDefault.get(current.reason())).addAndGet(difference);
        }
        LocalDate since = loan.servicing().oldestUnpaid();
        if (since != null) {
            unpaidSince.computeIfAbsent(since, day -> new AtomicLong()).addAndGet(difference);
        }
    }

    private AtomicLong of(LoanStatus status) {
        return Objects.requireNonNull(loans.get(status));
    }
}
