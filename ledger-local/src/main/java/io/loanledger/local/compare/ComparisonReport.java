package io.loanledger.local.compare;

import io.loanledger.core.lender.Lender;
import io.loanledger.core.lender.Lenders;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the command prints: a table a scenario, the lenders' sources and what is not as they publish it, and the verdict last. */
final class ComparisonReport {
    private static final int MOST_VIOLATIONS_SHOWN = 20;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String ROW = "%-16s %6s %6s %14s %7s %6s %6s %6s %7s %7s %12s %13s %14s %13s %13s";

    private ComparisonReport() {}

    static List<String> lines(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%,d borrowers, seed %d; the desk fills a minute after a request at the index less %s %%; after a scenario its last price stands %d h.",
                comparison.borrowers(),
                comparison.seed(),
                BigDecimal.valueOf(comparison.slippage().basisPoints(), 2).toPlainString(),
                PriceTape.AFTER.toHours()));
        comparison.results().forEach(result -> table(result, lines));
        lines.add("");
        footnotes(lines);
        comparison.violations().stream()
                .limit(MOST_VIOLATIONS_SHOWN)
                .forEach(violation -> lines.add(
                        "VIOLATION " + violation.invariant() + ", " + violation.where() + ": " + violation.what()));
        lines.add(verdict(comparison));
        return lines;
    }

    private static void table(Comparison.Result result, List<String> lines) {
        PriceTape tape = result.tape();
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%s: BTC-USD %,.2f at %s, %,.2f at the lowest, %,.2f at the end %s",
                tape.scenario(),
                tape.first(),
                MINUTE.format(tape.start()),
                tape.low(),
                tape.last(),
                MINUTE.format(tape.end())));
        lines.add(String.format(
                Locale.ROOT,
                ROW,
                "lender",
                "loans",
                "not in",
                "lent USD",
                "notices",
                "calls",
                "faster",
                "cures",
                "run out",
                "sales",
                "sold BTC",
                "charged USD",
                "kept USD",
                "surplus USD",
                "shortfall USD"));
        for (LenderFigures row : result.rows()) {
            lines.add(String.format(
                    Locale.ROOT,
                    ROW,
                    row.lender(),
                    count(row.loans),
                    count(row.notKept),
                    money(row.lent),
                    count(row.notices),
                    count(row.calls),
                    count(row.accelerated),
                    count(row.cures),
                    count(row.expired),
                    count(row.liquidations),
                    String.format(Locale.ROOT, "%,.4f", row.sold),
                    money(row.charged),
                    money(row.kept),
                    money(row.surplus),
                    money(row.shortfall)));
        }
    }

    private static void footnotes(List<String> lines) {
        lines.add(
                "not in: opened higher and called or sold before the scenario begins; sales: cases in which something was sold");
        for (Lender lender : Lenders.ALL_SEVEN) {
            lines.add(lender.name() + ": " + lender.source() + " (" + lender.published() + ")");
            lender.assumed().forEach(figure -> lines.add("  assumed: " + figure));
            lender.approximated().forEach(term -> lines.add("  approximated: " + term));
        }
    }

    private static String verdict(Comparison comparison) {
        String figures = "lenders=%d scenarios=%d violations=%d"
                .formatted(
                        Lenders.ALL_SEVEN.size(),
                        comparison.results().size(),
                        comparison.violations().size());
        if (comparison.holds()) {
            return "COMPARE OK " + figures;
        }
        return "COMPARE FAILED " + figures
                + (comparison.violations().isEmpty() ? " and a lender without a single loan: take more borrowers" : "");
    }

    private static String count(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String money(BigDecimal amount) {
        return String.format(Locale.ROOT, "%,.2f", amount);
    }
}
