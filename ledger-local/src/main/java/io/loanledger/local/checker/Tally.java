package io.loanledger.local.checker;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Counts what was looked at and keeps what was wrong, the first {@code most} with their words. One thread. */
final class Tally {
    private final int most;
    private final Map<Check, long[]> looked = new EnumMap<>(Check.class);
    private final Map<Check, long[]> wrong = new EnumMap<>(Check.class);
    private final List<CheckReport.Violation> violations = new ArrayList<>();
    private final Map<String, Long> notes = new TreeMap<>();

    Tally(int most) {
        this.most = most;
        for (Check check : Check.values()) {
            looked.put(check, new long[1]);
            wrong.put(check, new long[1]);
        }
    }

    /** Looked at once more; the words are asked for only when it is wrong. */
    boolean holds(Check check, boolean right, String place, Supplier<String> words) {
        count(looked, check);
        if (!right) {
            wrong(check, place, words.get());
        }
        return right;
    }

    /** Wrong, without a further look. */
    void wrong(Check check, String place, String words) {
        count(wrong, check);
        if (violations.size() < most) {
            violations.add(new CheckReport.Violation(check, place, words));
        }
    }

    /** Something worth knowing that is not wrong. */
    void note(String what, long count) {
        notes.merge(what, count, Long::sum);
    }

    CheckReport report(long loans, long orders, long journalRecords, long millis) {
        Map<Check, CheckReport.Count> counts = new EnumMap<>(Check.class);
        for (Check check : Check.values()) {
            counts.put(check, new CheckReport.Count(at(looked, check), at(wrong, check)));
        }
        return new CheckReport(loans, orders, journalRecords, millis, counts, notes, violations);
    }

    private static void count(Map<Check, long[]> counters, Check check) {
        long[] counter = counters.get(check);
        if (counter != null) {
            counter[0]++;
        }
    }

    private static long at(Map<Check, long[]> counters, Check check) {
        long[] counter = counters.get(check);
        return counter == null ? 0 : counter[0];
    }
}
