package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rates that a task has read. Each keeps the number of the terms record that fixed it, so that one can ask as of an earlier one. One
 * thread.
 */
final class Fixings {
    static final Fixings NONE = new Fixings();

    private final Map<String, NavigableMap<Integer, Fixing>> byRate = new HashMap<>();
    private int known;

    private record Fixing(BigDecimal value, int readAt) {}

    /** The first value of a day stands. */
    void take(String rateId, int day, BigDecimal value, int readAt) {
        byRate.computeIfAbsent(rateId, id -> new TreeMap<>()).putIfAbsent(day, new Fixing(value, readAt));
    }

    /** From now on only what the first so many terms records said counts. */
    void asOf(int terms) {
        known = terms;
    }

    boolean knows(String rateId) {
        return firstDay(rateId) != null;
    }

    private @Nullable Integer firstDay(String rateId) {
        for (Map.Entry<Integer, Fixing> each : of(rateId).entrySet()) {
            if (each.getValue().readAt() < known) {
                return each.getKey();
            }
        }
        return null;
    }

    private NavigableMap<Integer, Fixing> of(String rateId) {
        return byRate.getOrDefault(rateId, new TreeMap<>());
    }

    /** The last at or before a day; on days before the first, the first one's. */
    BigDecimal value(String rateId, int day) {
        Map.Entry<Integer, Fixing> last = of(rateId).floorEntry(day);
        while (last != null && last.getValue().readAt() >= known) {
            last = of(rateId).lowerEntry(last.getKey());
        }
        if (last != null) {
            return last.getValue().value();
        }
        Integer first = firstDay(rateId);
        if (first == null) {
            throw new IllegalStateException("no fixing of " + rateId + " was read");
        }
        return of(rateId).firstEntry().getKey().equals(first)
                ? of(rateId).firstEntry().getValue().value()
                : value(rateId, first);
    }

    /** The next day after one on which a value begins; the far end of time when there is none. */
    int nextChange(String rateId, int day) {
        Integer next = of(rateId).higherKey(day);
        return next == null ? Integer.MAX_VALUE : next;
    }
}
