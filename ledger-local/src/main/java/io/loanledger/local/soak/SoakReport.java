package io.loanledger.local.soak;

import io.loanledger.local.soak.fault.FaultKind;
import io.loanledger.local.soak.fault.FaultRun;
import io.loanledger.local.soak.stack.Supervisor;
import io.loanledger.local.soak.world.JournalProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A soak's result for people (Markdown), for machines (JSON) and in one line. */
record SoakReport(SoakResult result) {

    private static final int FINDINGS_SHOWN = 20;

    /** The last line of the output. */
    String lastLine() {
        if (!result.holds()) {
            return "SOAK FAILED " + result.findings().size() + " findings, the first: "
                    + result.findings().getFirst();
        }
        return String.format(
                Locale.ROOT,
                "SOAK OK minutes=%.1f faults=%d kinds=%d loans=%d orders=%d longest_stall_s=%.1f violations=0",
                result.length().toMillis() / 60_000.0,
                result.faults(),
                result.kinds(),
                result.counts().loans(),
                result.counts().orders(),
                seconds(result.longestStall()));
    }

    /** What did not hold, one line each. */
    List<String> findings() {
        return result.findings().stream().limit(FINDINGS_SHOWN).toList();
    }

    /** Writes report.md and report.json. */
    void writeTo(Path folder) {
        try {
            Files.writeString(folder.resolve("report.md"), String.join("\n", markdown()) + "\n");
            Files.writeString(folder.resolve("report.json"), json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> markdown() {
        var lines = new ArrayList<String>();
        lines.add("# Soak with seed " + result.settings().seed());
        lines.add("");
        lines.add("`" + lastLine() + "`");
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%d instances, %d copies of each store, %d loans before the first fault, %d new ones a second (%d asked for). Decisions: %d. Longest time without one while input waited:"
                        + " %.1f s; with the faults that forbid one: %.1f s.",
                result.settings().instances(),
                result.settings().standbys(),
                result.settings().book(),
                result.settings().loansPerSecond(),
                result.loansAsked(),
                result.decisions(),
                seconds(result.longestStall()),
                seconds(result.longestStallOverall())));
        recovery(lines);
        faults(lines);
        exits(lines);
        lines.add("");
        lines.add("## Checks");
        lines.add("");
        result.checks().forEach(check -> lines.add("- " + check));
        lines.add("");
        lines.add("## Findings");
        lines.add("");
        if (result.findings().isEmpty()) {
            lines.add("None.");
        }
        result.findings().forEach(finding -> lines.add("- " + finding));
        return lines;
    }

    /** What each kind came to, as a table. */
    List<String> kinds() {
        var lines = new ArrayList<String>();
        lines.add(
                "| kind | times | next decision s | longest without progress s | all well after s | expected | seen |");
        lines.add("|---|---|---|---|---|---|---|");
        Map<FaultKind, List<FaultRun.Outcome>> byKind = new EnumMap<>(FaultKind.class);
        result.outcomes()
                .forEach(outcome -> byKind.computeIfAbsent(outcome.fault().kind(), none -> new ArrayList<>())
                        .add(outcome));
        byKind.forEach((kind, all) -> {
            List<FaultRun.Outcome> came =
                    all.stream().filter(outcome -> !outcome.skipped()).toList();
            List<FaultRun.Outcome> alone =
                    came.stream().filter(FaultRun.Outcome::alone).toList();
            lines.add(String.format(
                    "| %s | %d | %s | %s | %s | %s | %s |",
                    kind.title(),
                    came.size(),
                    range(alone, FaultRun.Outcome::decided),
                    range(came, FaultRun.Outcome::longestWait),
                    range(came, FaultRun.Outcome::recovered),
                    kind.expected(),
                    seen(came.isEmpty() ? all : came)));
        });
        return lines;
    }

    private void recovery(List<String> lines) {
        lines.add("");
        lines.add("## By kind");
        lines.add("");
        lines.add(
                "Next decision: from the beginning of the fault until every partition of the journal had a new decision, of faults that came alone; at "
                        + result.settings().loansPerSecond()
                        + " new loans a second a partition gets one only now and then. Longest without progress: for which a partition got no decision while"
                        + " input for it waited. All well: from the end of the fault until every service was ready and every partition had decided since.");
        lines.add("");
        lines.addAll(kinds());
    }

    /** The shortest and the longest, in seconds. */
    private static String range(List<FaultRun.Outcome> outcomes, Function<FaultRun.Outcome, Duration> what) {
        if (outcomes.isEmpty()) {
            return "-";
        }
        String shortest =
                tenths(outcomes.stream().map(what).min(Duration::compareTo).orElseThrow());
        String longest =
                tenths(outcomes.stream().map(what).max(Duration::compareTo).orElseThrow());
        return shortest.equals(longest) ? longest : shortest + " to " + longest;
    }

    /** What was seen the last time, and how often it was as expected. */
    private static String seen(List<FaultRun.Outcome> outcomes) {
        String last = outcomes.getLast().seen();
        if (outcomes.getLast().skipped()) {
            return last;
        }
        long asExpected = outcomes.stream().filter(FaultRun.Outcome::asExpected).count();
        return (asExpected == outcomes.size()
                        ? "as expected"
                        : "AS EXPECTED ONLY " + asExpected + " OF " + outcomes.size() + " TIMES")
                + "; the last time: " + last;
    }

    private static String tenths(Duration duration) {
        return duration.compareTo(JournalProgress.SHORTEST_NOTED) < 0
                ? "under 1"
                : String.format(Locale.ROOT, "%.1f", seconds(duration));
    }

    private void faults(List<String> lines) {
        lines.add("");
        lines.add("## Faults");
        lines.add("");
        lines.add(
                "| # | at s | kind | lasted s | next decision s | longest wait s | all well after s | expected | seen |");
        lines.add("|---|---|---|---|---|---|---|---|---|");
        for (FaultRun.Outcome outcome : result.outcomes()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "| %d%s | %.0f | %s | %.1f | %.1f | %s | %.1f | %s | %s%s |",
                    outcome.fault().number(),
                    outcome.alone() ? "" : " (of two)",
                    seconds(outcome.began()),
                    outcome.fault().kind().title(),
                    seconds(outcome.fault().lasts()),
                    seconds(outcome.decided()),
                    tenths(outcome.longestWait()),
                    seconds(outcome.recovered()),
                    outcome.fault().kind().expected(),
                    outcome.asExpected() || outcome.skipped() ? "" : "NOT AS EXPECTED: ",
                    outcome.seen()));
        }
    }

    private void exits(List<String> lines) {
        lines.add("");
        lines.add("## Ends of processes");
        lines.add("");
        lines.add("| when | service | exit code | asked for | cause |");
        lines.add("|---|---|---|---|---|");
        for (Supervisor.Exit exit : result.exits()) {
            lines.add("| " + exit.at() + " | " + exit.service() + " | " + exit.code() + " | "
                    + (exit.expected() ? "yes" : "no") + " | " + exit.cause().replace('|', '/') + " |");
        }
    }

    private String json() {
        var faults = new ArrayList<String>();
        for (FaultRun.Outcome outcome : result.outcomes()) {
            faults.add(String.format(
                    Locale.ROOT,
                    "    {\"number\": %d, \"kind\": \"%s\", \"alone\": %b, \"skipped\": %b, \"as_expected\": %b, \"at_s\": %.1f, \"next_decision_s\": %.1f, \"longest_wait_s\": %.1f,"
                            + " \"recovered_s\": %.1f, \"seen\": %s}",
                    outcome.fault().number(),
                    outcome.fault().kind().title(),
                    outcome.alone(),
                    outcome.skipped(),
                    outcome.asExpected(),
                    seconds(outcome.began()),
                    seconds(outcome.decided()),
                    seconds(outcome.longestWait()),
                    seconds(outcome.recovered()),
                    quoted(outcome.seen())));
        }
        return "{\n  \"seed\": " + result.settings().seed() + ",\n  \"minutes\": "
                + String.format(Locale.ROOT, "%.1f", result.length().toMillis() / 60_000.0) + ",\n  \"loans\": "
                + result.counts().loans() + ",\n  \"orders\": "
                + result.counts().orders() + ",\n  \"decisions\": "
                + result.decisions() + ",\n  \"longest_stall_s\": "
                + String.format(Locale.ROOT, "%.1f", seconds(result.longestStall()))
                + ",\n  \"longest_stall_overall_s\": "
                + String.format(Locale.ROOT, "%.1f", seconds(result.longestStallOverall()))
                + ",\n  \"findings\": ["
                + String.join(
                        ", ", result.findings().stream().map(SoakReport::quoted).toList())
                + "],\n  \"faults\": [\n" + String.join(",\n", faults) + "\n  ]\n}\n";
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(' ');
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
