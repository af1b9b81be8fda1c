package io.loanledger.streams.task;

import io.loanledger.core.loan.Disbursement;
import io.loanledger.core.loan.Draws;
import io.loanledger.core.loan.LiquidationCase;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanStatus;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The loans that an open sweep has done with: its price says nothing more to them, and each later price of the market is looked at for
 * them by itself, as if no sweep were open. They are those that it visited, and those that became another loan since its price came:
 * that were issued or paid out, that coin was released of, that draw more, whose terms changed, or whose sale ended or was declined. To
 * the others its price is still to come.
 *
 * <p>What it visited and nothing has changed since stands on the heap alone: that price, shown to such a loan once more, finds nothing to do.
 * Every other of them stands in {@code task-state} until the sweep ends, beside the loan that changed, so that a task which starts anew knows
 * it. One thread.
 */
final class SweptLoans {
    private final TaskState state;
    private final Map<String, Set<String>> falling = new HashMap<>();
    /** Those of {@link #falling} that are stored. */
    private final Map<String, Set<String>> stored = new HashMap<>();
    /** Visited in vain at a rising price that is not the newest, with keys that still fire. */
    private final Map<String, Set<String>> rising = new HashMap<>();

    SweptLoans(TaskState state) {
        this.state = state;
    }

    void begin(String market) {
        falling.computeIfAbsent(market, m -> new HashSet<>());
        stored.computeIfAbsent(market, m -> new HashSet<>());
        rising.computeIfAbsent(market, m -> new HashSet<>());
    }

    /** Knows again what is stored of the sweep that is open in a market. */
    void goOn(String market) {
        begin(market);
        state.forEachSwept(market, loanId -> {
            set(falling, market).add(loanId);
            set(stored, market).add(loanId);
        });
    }

    void end(String market) {
        beginFallingAnew(market);
        falling.remove(market);
        stored.remove(market);
        rising.remove(market);
    }

    /** The falling price of a sweep is a lower one from now on: everybody is to be looked at. */
    void beginFallingAnew(String market) {
        set(falling, market).clear();
        set(stored, market).forEach(loanId -> state.deleteSwept(market, loanId));
        set(stored, market).clear();
    }

    void beginRisingAnew(String market) {
        set(rising, market).clear();
    }

    Set<String> falling(String market) {
        return falling.getOrDefault(market, Set.of());
    }

    Set<String> rising(String market) {
        return rising.getOrDefault(market, Set.of());
    }

    /** The sweep of this market has come to them. */
    void visited(String market, Collection<String> loanIds) {
        set(falling, market).addAll(loanIds);
    }

    void visitedRising(String market, Collection<String> loanIds) {
        set(rising, market).addAll(loanIds);
    }

    /** The sweep is to come to them once more. */
    void toCome(String market, Collection<String> loanIds) {
        for (String loanId : loanIds) {
            set(falling, market).remove(loanId);
            if (set(stored, market).remove(loanId)) {
                state.deleteSwept(market, loanId);
            }
        }
    }

    /** In whatever market a sweep is open. */
    void add(String loanId) {
        falling.forEach((market, loans) -> store(market, loans, loanId));
    }

    /** Notes a loan that an input changed. */
    void changed(Loan before, Loan after) {
        if (falling.isEmpty()) {
            return;
        }
        boolean isAnother = isAnother(before, after);
        boolean isSold = isSold(before.openCase(), after.openCase());
        falling.forEach((market, loans) -> {
            if (isAnother || (!isSold && loans.contains(after.loanId()))) {
                store(market, loans, after.loanId());
            }
        });
    }

    private void store(String market, Set<String> loans, String loanId) {
        loans.add(loanId);
        if (set(stored, market).add(loanId)) {
            state.putSwept(market, loanId);
        }
    }

    /** Whether it is none that the sweep's price was of: what was lent, or let go, was weighed at a newer price, and by a stricter limit. */
    private static boolean isAnother(Loan before, Loan after) {
        boolean paidOut = before.status() != after.status()
                && (after.status() == LoanStatus.ISSUED || after.status() == LoanStatus.ACTIVE);
        boolean saleEnded = before.openCase() != null && after.openCase() == null;
        boolean released = after.counters().releases() > before.counters().releases();
        boolean amended = before.agreement() != null && !Objects.equals(before.agreement(), after.agreement());
        return paidOut || saleEnded || released || amended || isDrawn(before.draws(), after.draws());
    }

    /** Whether the desk only went on with a case, which a price from before it finds as it was. */
    private static boolean isSold(@Nullable LiquidationCase before, @Nullable LiquidationCase after) {
        return before != null
                && after != null
                && before.caseId().equals(after.caseId())
                && before.version() == after.version();
    }

    /** Whether a draw was granted, or its money went out. */
    private static boolean isDrawn(Draws before, Draws after) {
        return after.draws().size() > before.draws().size() || confirmed(after) > confirmed(before);
    }

    private static long confirmed(Draws draws) {
        return draws.draws().stream()
                .filter(draw -> draw.stage() == Disbursement.Stage.CONFIRMED)
                .count();
    }

    private static Set<String> set(Map<String, Set<String>> sets, String market) {
        return Objects.requireNonNull(sets.get(market), "no sweep is open");
    }
}
