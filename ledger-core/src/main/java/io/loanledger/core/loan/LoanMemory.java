package io.loanledger.core.loan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The facts that changed a loan during the last {@link #WINDOW}, so that an event id changes it at most once (invariant
 * NoDoubleCredit). A repeat that comes later than that is recognised by its age instead: see
 * {@link Refusal#LATE_BEYOND_WINDOW}.
 */
public record LoanMemory(List<SeenFact> facts) {
    /** How long event ids are kept. */
    public static final Duration WINDOW = Duration.ofDays(45);

    static final LoanMemory EMPTY = new LoanMemory(List.of());

    public LoanMemory {
        facts = List.copyOf(facts);
    }

    Optional<SeenFact> find(long eventDigest) {
        for (SeenFact fact : facts) {
            if (fact.eventDigest() == eventDigest) {
                return Optional.of(fact);
            }
        }
        return Optional.empty();
    }

    LoanMemory with(SeenFact fact, Instant taskTime) {
        // Before the first price the clock stands at the epoch: nothing is old then.
        Instant oldest = taskTime.isAfter(Instant.EPOCH) ? taskTime.minus(WINDOW) : Instant.MIN;
        List<SeenFact> kept = new ArrayList<>(facts.size() + 1);
        for (SeenFact former : facts) {
            if (!former.seenAt().isBefore(oldest)) {
                kept.add(former);
            }
        }
        kept.add(fact);
        return new LoanMemory(kept);
    }
}
