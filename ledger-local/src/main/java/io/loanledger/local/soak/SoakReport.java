package io.loanledger.local.soak;

import io.loanledger.local.soak.fault.FaultKind;
import io.loanledger.local.soak.fault.FaultRun;
import io.loanledger.local.soak.stack.Supervisor;
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
                "%d instances, %d copies of each store, %d new loans a second (%d asked for). Decisions: %d. Longest time without one while input waited:"
                        + " %.1f s; with the faults that forbid one: %.1f s.",
                result.settings().instances(),
                result.settings().standbys(),
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

    private void recovery(List<String> lines) {
        lines.add("");
        lines.add("## Recovery by kind");
        lines.add("");
        lines.add(
                "From the beginning of the fault until every partition of the journal had a new decision; faults that came alone.");
        lines.add("");
        lines.add("| kind | times | shortest s | longest s |");
        lines.add("|---|---|---|---|");
        Map<FaultKind, List<FaultRun.Outcome>> byKind = new EnumMap<>(FaultKind.class);
        for (FaultRun.Outcome outcome : result.outcomes()) {
            if (outcome.alone() && !outcome.skipped()) {
                byKind.computeIfAbsent(outcome.fault().kind(), none -> new ArrayList<>())
                        .add(outcome);
            }
        }
        byKind.forEach((kind, outcomes) -> lines.add(String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %.1f |",
                kind.title(),
                outcomes.size(),
                outcomes.stream().mapToDouble(o -> seconds(o.decided())).min().orElse(0),
                outcomes.stream().mapToDouble(o -> seconds(o.decided())).max().orElse(0))));
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
                    "| %d%s | %.0f | %s | %.1f | %.1f | %.1f | %.1f | %s | %s |",
                    outcome.fault().number(),
                    outcome.alone() ? "" : " (of two)",
                    seconds(outcome.began()),
                    outcome.fault().kind().title(),
                    seconds(outcome.fault().lasts()),
                    seconds(outcome.decided()),
                    seconds(outcome.longestWait()),
                    seconds(outcome.recovered()),
                    outcome.fault().kind().expected(),
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
                    "    {\"number\": %d, \"kind\": \"%s\", \"alone\": %b, \"skipped\": %b, \"at_s\": %.1f, \"next_decision_s\": %.1f, \"longest_wait_s\": %.1f,"
                            + " \"recovered_s\": %.1f, \"seen\": %s}",
                    outcome.fault().number(),
                    outcome.fault().kind().title(),
                    outcome.alone(),
                    outcome.skipped(),
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
