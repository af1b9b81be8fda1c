package io.loanledger.local.checker;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the checker found.
 *
 * @param loans loans with at least one event
 * @param orders orders sent to desks
 * @param journalRecords events read
 * @param millis how long it took
 * @param counts for each check how often it was looked and how often it was wrong
 * @param notes counts of what is worth knowing and not wrong, as cases that are open and why
 * @param violations what is wrong, in the order found; not more than the settings allow, the counts have all
 */
public record CheckReport(
        long loans,
        long orders,
        long journalRecords,
        long millis,
        Map<Check, Count> counts,
        Map<String, Long> notes,
        List<Violation> violations) {

    public CheckReport {
        counts = Map.copyOf(counts);
        notes = Map.copyOf(notes);
        violations = List.copyOf(violations);
    }

    /** How often looked, how often wrong. */
    public record Count(long looked, long wrong) {}

    /** One thing that is wrong, and where. */
    public record Violation(Check check, String place, String words) {
        @Override
        public String toString() {
            return check + " " + place + ": " + words;
        }
    }

    /** All that is wrong, also what has no words here. */
    public long wrong() {
        return counts.values().stream().mapToLong(Count::wrong).sum();
    }

    public boolean holds() {
        return wrong() == 0;
    }

    /** A table of the checks, the notes, and the first violations. */
    public List<String> lines(int mostViolations) {
        List<String> lines = new ArrayList<>();
        lines.add(row("check", "looked", "wrong"));
        new EnumMap<>(counts)
                .forEach((check, count) ->
                        lines.add(row(check.name(), Long.toString(count.looked()), Long.toString(count.wrong()))));
        new TreeMap<>(notes).forEach((what, count) -> lines.add("note: " + what + ": " + count));
        violations.stream().limit(mostViolations).forEach(violation -> lines.add(violation.toString()));
        if (wrong() > mostViolations) {
            lines.add("... and " + (wrong() - Math.min(mostViolations, violations.size())) + " more");
        }
        lines.add(String.format(
                Locale.ROOT,
                "CHECK %s loans=%d orders=%d journal=%d seconds=%.1f violations=%d",
                holds() ? "OK" : "FAILED",
                loans,
                orders,
                journalRecords,
                millis / 1000.0,
                wrong()));
        return lines;
    }

    private static String row(String check, String looked, String wrong) {
        return String.format(Locale.ROOT, "%-26s %12s %8s", check, looked, wrong);
    }
}
