package io.loanledger.streams.task;

import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.streams.wire.StoredLoan;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

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

    private final AtomicLong openCases = new AtomicLong();
    private final AtomicLong openCalls = new AtomicLong();
    private final AtomicLong journalSequence = new AtomicLong();
    private final AtomicLong openSweeps = new AtomicLong();
    private final Map<String, PriceSeen> prices = new ConcurrentHashMap<>();

    TaskGauges(int partition) {
        this.partition = partition;
        for (LoanStatus status : LoanStatus.values()) {
            loans.put(status, new AtomicLong());
        }
    }

    public int partition() {
        return partition;
    }

    public long loans(LoanStatus status) {
        return of(status).get();
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

    public Map<String, PriceSeen> prices() {
        return prices;
    }

    void found(StoredLoan stored) {
        count(stored.loan(), 1);
    }

    void changed(Loan before, Loan after) {
        if (before.version() > 0) {
            count(before, -1);
        }
        count(after, 1);
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
        if (loan.openCase() != null) {
            openCases.addAndGet(difference);
        }
        if (loan.marginCall() != null) {
            openCalls.addAndGet(difference);
        }
    }

    private AtomicLong of(LoanStatus status) {
        return Objects.requireNonNull(loans.get(status));
    }
}
