package io.loanledger.local.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Counts what was checked and keeps what did not hold, and what it cannot judge. One thread. */
public final class Findings {

    private static final int KEPT = 50;

    private final Map<Invariant, Long> checks = new EnumMap<>(Invariant.class);
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Set<String>> notJudged = new TreeMap<>();
    private long count;

    /** One case of an invariant; {@code detail} is asked only when it does not hold. */
    public void check(Invariant invariant, boolean holds, Supplier<String> detail) {
        checks.merge(invariant, 1L, Long::sum);
        if (!holds) {
            count++;
            if (violations.size() < KEPT) {
                violations.add(invariant.title() + ": " + detail.get());
            }
        }
    }

    /** A loan of which an invariant cannot be judged here; a verdict that leaves one out is none. */
    public void leaveOut(Invariant invariant, String why, String loanId) {
        notJudged
                .computeIfAbsent(invariant.title() + ": " + why, none -> new TreeSet<>())
                .add(loanId);
    }

    /** What was not judged and why, in words. */
    public List<String> notJudged() {
        return notJudged.entrySet().stream()
                .map(out -> out.getKey() + ": " + out.getValue().size() + " loans, one of them "
                        + out.getValue().iterator().next())
                .toList();
    }

    /** How often each invariant was checked; one that never was is not in it. */
    public Map<Invariant, Long> checks() {
        return Collections.unmodifiableMap(checks);
    }

    public long violations() {
        return count;
    }

    /** What did not hold, in words; the first {@value #KEPT}. */
    public List<String> sentences() {
        return Collections.unmodifiableList(violations);
    }
}
