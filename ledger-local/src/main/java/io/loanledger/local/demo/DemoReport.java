package io.loanledger.local.demo;

import io.loanledger.events.CureKind;
import io.loanledger.local.audit.Audit;
import io.loanledger.local.audit.Findings;
import io.loanledger.local.audit.Invariant;
import io.loanledger.local.audit.Reconciliation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The demo's last lines. The very last is for machines: {@code DEMO OK} and the figures, or {@code DEMO FAILED} and the reason: a
 * violated invariant, a loan that the audit cannot judge, or a zero where March 2020 must produce something.
 */
record DemoReport(
        DemoFigures figures,
        Reconciliation.Totals sales,
        TickToOrder latency,
        long journal,
        String digest,
        Findings findings) {

    /** A ledger that sells in time may come through March 2020 without one. */
    private static final String MAY_BE_NONE = "shortfall";

    private static final int DIGITS_SHOWN = 16;
    private static final int WIDTH_OF_NAMES = 78;

    static DemoReport of(DemoFigures figures, Audit audit, TickToOrder latency, Findings findings) {
        return new DemoReport(
                figures,
                audit.sales(),
                latency,
                audit.fold().records(),
                audit.fold().digest().sha256(),
                findings);
    }

    /** For people. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        whatHappened(lines);
        whatHolds(lines);
        return lines;
    }

    private void whatHappened(List<String> lines) {
        lines.add(line(
                "loans",
                count(figures.disbursed()) + " disbursed, " + money(figures.lent()) + " USD; " + count(figures.repaid())
                        + " repaid in full"));
        lines.add(line(
                "margin calls",
                count(figures.marginCalls()) + "; cured by price " + count(figures.cured(CureKind.PRICE)) + ", top-up "
                        + count(figures.cured(CureKind.TOP_UP)) + ", repayment "
                        + count(figures.cured(CureKind.REPAYMENT)) + "; expired " + count(figures.expiries())));
        lines.add(line(
                "liquidations",
                count(figures.partial()) + " partial, " + count(figures.full()) + " full; " + count(figures.requests())
                        + " requests, " + count(figures.declined()) + " declined by a later look"));
        lines.add(line("sold", sales.coin().toPlainString() + " BTC at " + money(averagePrice()) + " USD on average"));
        lines.add(line(
                "orders",
                count(figures.orders()) + ", " + count(figures.fills()) + " fills; " + count(figures.repeatedReports())
                        + " reports came twice"));
        lines.add(line(
                "surplus",
                money(figures.surplusPaid()) + " USD paid out in " + count(figures.surplusPayments()) + " payments"));
        lines.add(line("shortfall", money(figures.shortfall()) + " USD on " + count(figures.shortfalls()) + " loans"));
        lines.add(line(
                "tick to order",
                "p50 " + latency.p50().toMillis() + " ms, p99 " + latency.p99().toMillis() + " ms, wall time of "
                        + count(latency.measured()) + " orders"));
        lines.add(line("refused", figures.rejections() + ", dead letters " + count(figures.deadLetters())));
    }

    private void whatHolds(List<String> lines) {
        lines.add(line("journal", count(journal) + " records, hash chain " + verdict(Invariant.HASH_CHAIN)));
        lines.add(line(
                "replay",
                "another process folds the stores' state " + digest.substring(0, DIGITS_SHOWN) + "...: "
                        + verdict(Invariant.REPLAY_EQUALITY)));
        lines.add(line(
                "reconciled",
                "ledger, desk, custodian; ledger, desk, bank: " + verdict(Invariant.THREE_WAY_RECONCILIATION) + "; "
                        + count(figures.statements()) + " custody statements, " + count(figures.differences())
                        + " differences"));
        lines.add(line(
                "invariants",
                count(checks()) + " checks of " + findings.checks().size() + ", " + count(findings.violations())
                        + " violations"));
        wrap(findings.checks().keySet().stream().map(Invariant::title).toList())
                .forEach(names -> lines.add(line("", names)));
        findings.sentences().forEach(sentence -> lines.add("  VIOLATED " + sentence));
        findings.notJudged().forEach(sentence -> lines.add("  NOT JUDGED " + sentence));
    }

    /** For machines, and the exit code. */
    String lastLine() {
        if (findings.violations() > 0) {
            return "DEMO FAILED " + findings.violations() + " violations, the first: "
                    + findings.sentences().getFirst();
        }
        if (!findings.notJudged().isEmpty()) {
            return "DEMO FAILED not judged: " + findings.notJudged().getFirst();
        }
        if (figures.deadLetters() > 0) {
            return "DEMO FAILED " + figures.deadLetters() + " records could not be read by their service";
        }
        List<String> missing = Stream.of(Invariant.values())
                .filter(invariant -> !findings.checks().containsKey(invariant))
                .map(Invariant::title)
                .toList();
        if (!missing.isEmpty()) {
            return "DEMO FAILED nothing was there to check " + missing;
        }
        Map<String, Long> counts = counts();
        String zeros = counts.entrySet().stream()
                .filter(count -> count.getValue() == 0 && !count.getKey().equals(MAY_BE_NONE))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        if (!zeros.isEmpty()) {
            return "DEMO FAILED this scenario must produce some: " + zeros;
        }
        return "DEMO OK "
                + counts.entrySet().stream()
                        .map(count -> count.getKey() + "=" + count.getValue())
                        .collect(Collectors.joining(" "))
                + " violations=0 tick_to_order_p50_ms=" + latency.p50().toMillis() + " tick_to_order_p99_ms="
                + latency.p99().toMillis();
    }

    private Map<String, Long> counts() {
        var counts = new LinkedHashMap<String, Long>();
        counts.put("loans", figures.disbursed());
        counts.put("margin_calls", figures.marginCalls());
        counts.put("cures", figures.cured());
        counts.put("price_cures", figures.cured(CureKind.PRICE));
        counts.put("expiries", figures.expiries());
        counts.put("partial", figures.partial());
        counts.put("full", figures.full());
        counts.put("orders", figures.orders());
        counts.put("fills", figures.fills());
        counts.put(MAY_BE_NONE, figures.shortfalls());
        counts.put("journal", journal);
        return counts;
    }

    private long checks() {
        return findings.checks().values().stream().mapToLong(Long::longValue).sum();
    }

    private String verdict(Invariant invariant) {
        boolean broken =
                findings.sentences().stream().anyMatch(sentence -> sentence.startsWith(invariant.title() + ":"));
        return broken ? "BROKEN" : "verified";
    }

    private BigDecimal averagePrice() {
        return sales.coin().signum() == 0
                ? BigDecimal.ZERO
                : sales.gross().divide(sales.coin(), 2, RoundingMode.HALF_EVEN);
    }

    private static String money(BigDecimal amount) {
        return String.format(Locale.ROOT, "%,.2f", amount);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String line(String title, String text) {
        return String.format(Locale.ROOT, "  %-15s%s", title, text);
    }

    /** Names, as many on a line as fit. */
    private static List<String> wrap(List<String> names) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String name : names) {
            if (line.length() + name.length() > WIDTH_OF_NAMES) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(name);
        }
        lines.add(line.toString());
        return lines;
    }
}
