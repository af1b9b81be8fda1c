package io.loanledger.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run found, for people: the conditions, a table, and one line for each measure that has a goal.
 *
 * @param conditions under which it was measured, in the order in which they are told
 * @param findings in the order in which they were measured
 */
public record BenchReport(Map<String, String> conditions, List<Finding> findings) {

    private static final List<String> HEADINGS =
            List.of("measure", "what", "median", "least", "most", "unit", "rounds", "ratio", "goal", "");

    public BenchReport {
        findings = List.copyOf(findings);
    }

    /** Conditions, table and RATIO lines. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        conditions.forEach((name, value) -> lines.add(String.format(Locale.ROOT, "%-14s %s", name, value)));
        lines.add("");
        lines.addAll(table());
        lines.add("");
        lines.addAll(ratioLines());
        return lines;
    }

    /**
     * For each measure that has a goal, {@code RATIO name value goal goal ok|short}; a measure that was left out has {@code skipped} in place of
     * the value, and why at the end.
     */
    public List<String> ratioLines() {
        var lines = new ArrayList<String>();
        for (Finding finding : findings) {
            switch (finding) {
                case Finding.Compared compared ->
                    lines.add(ratioLine(compared.name(), compared.value(), compared.goal()));
                case Finding.Absolute absolute ->
                    lines.add(ratioLine(absolute.name(), absolute.subject().median(), absolute.goal()));
                case Finding.Skipped skipped ->
                    lines.add("RATIO " + skipped.name() + " skipped goal " + skipped.goal() + " " + skipped.reason());
                case Finding.Stated stated -> {}
            }
        }
        return lines;
    }

    private static String ratioLine(String name, double value, Goal goal) {
        return "RATIO " + name + " " + goal.shown(value) + " goal " + goal + " " + verdict(value, goal);
    }

    static String verdict(double value, Goal goal) {
        return goal.isMetBy(value) ? "ok" : "short";
    }

    private List<String> table() {
        var rows = new ArrayList<List<String>>();
        rows.add(HEADINGS);
        for (Finding finding : findings) {
            switch (finding) {
                case Finding.Compared compared -> {
                    rows.add(row(
                            compared.name(),
                            compared.subject(),
                            compared.goal().shown(compared.value()),
                            compared.goal().toString(),
                            verdict(compared.value(), compared.goal())));
                    rows.add(row("", compared.floor(), "", "", ""));
                }
                case Finding.Absolute absolute ->
                    rows.add(row(
                            absolute.name(),
                            absolute.subject(),
                            "",
                            absolute.goal().toString(),
                            verdict(absolute.subject().median(), absolute.goal())));
                case Finding.Stated stated -> rows.add(row(stated.name(), stated.subject(), "", "", ""));
                case Finding.Skipped skipped ->
                    rows.add(List.of(
                            skipped.name(),
                            skipped.reason(),
                            "",
                            "",
                            "",
                            "",
                            "",
                            "",
                            skipped.goal().toString(),
                            "skipped"));
            }
        }
        return aligned(rows);
    }

    private static List<String> row(String name, Series series, String ratio, String goal, String verdict) {
        return List.of(
                name,
                series.what(),
                figure(series.median()),
                figure(series.least()),
                figure(series.most()),
                series.unit(),
                Integer.toString(series.rounds()),
                ratio,
                goal,
                verdict);
    }

    /** Enough digits to compare by eye: 12,345 and 123.4 and 1.234 and 0.001234. */
    static String figure(double value) {
        double size = Math.abs(value);
        if (size >= 1_000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size >= 100) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        return size >= 1 || size == 0
                ? String.format(Locale.ROOT, "%.3f", value)
                : String.format(Locale.ROOT, "%.6f", value);
    }

    /** Words to the left, figures to the right. */
    private static List<String> aligned(List<List<String>> rows) {
        int[] widths = new int[HEADINGS.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        var lines = new ArrayList<String>();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String padding = " ".repeat(widths[column] - row.get(column).length());
                line.append(isFigure(column) ? padding + row.get(column) : row.get(column) + padding)
                        .append("  ");
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static boolean isFigure(int column) {
        return (column >= 2 && column <= 4) || column == 6 || column == 7;
    }
}
