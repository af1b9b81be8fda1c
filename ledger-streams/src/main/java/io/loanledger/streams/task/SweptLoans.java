package io.loanledger.streams.task;

import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The loans that an open sweep has done with: its price says nothing more to them, and each later price of the market is looked at for
 * them by itself, as if no sweep were open. They are those that it visited, and those that became another loan since its price came:
 * that were paid out, or whose sale ended or was declined. To the others its price is still to come.
 *
 * <p>On the heap: after a start the sweep visits them once more. One thread.
 */
final class SweptLoans {
    private final Map<String, Set<String>> falling = new HashMap<>();
    /** Visited in vain at a rising price that is not the newest, with keys that still fire. */
    private final Map<String, Set<String>> rising = new HashMap<>();

    void begin(String market) {
        falling.computeIfAbsent(market, m -> new HashSet<>());
        rising.computeIfAbsent(market, m -> new HashSet<>());
    }

    void end(String market) {
        falling.remove(market);
        rising.remove(market);
    }

    /** The falling price of a sweep is a lower one from now on: everybody is to be looked at. */
    void beginFallingAnew(String market) {
        falling.getOrDefault(market, Set.of()).clear();
    }

    void beginRisingAnew(String market) {
        rising.getOrDefault(market, Set.of()).clear();
    }

    Set<String> falling(String market) {
        return falling.getOrDefault(market, Set.of());
    }

    Set<String> rising(String market) {
        return rising.getOrDefault(market, Set.of());
    }

    /** In whatever market a sweep is open. */
    void add(String loanId) {
        falling.values().forEach(loans -> loans.add(loanId));
    }

    /** Notes a loan that an input made another one. */
    void changed(Loan before, Loan after) {
        boolean paidOut = before.status() != LoanStatus.ACTIVE && after.status() == LoanStatus.ACTIVE;
        boolean saleEnded = before.openCase() != null && after.openCase() == null;
        if (paidOut || saleEnded) {
            add(after.loanId());
        }
    }
}
