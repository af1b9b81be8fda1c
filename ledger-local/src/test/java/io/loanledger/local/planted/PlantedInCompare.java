package io.loanledger.local.planted;

import io.loanledger.local.planted.PlantedBug.Kind;
import java.util.List;

/** Faults in what {@code ./ledger compare} holds the ledger to, and in the figures that it prints. */
final class PlantedInCompare {
    private static final String LOCAL = "ledger-local";
    private static final String COMPARE = "io.loanledger.local.compare.";

    private PlantedInCompare() {}

    static final List<PlantedBug> ALL = List.of(
            bug(
                    "the witness takes every sale for a breach",
                    "Witness",
                    "boolean breached = isMet(published.hard());",
                    "boolean breached = true;",
                    "WitnessTest"),
            bug(
                    "the witness looks for missing sales where there is no coin",
                    "Witness",
                    "if (coins().compareTo(LOT) < 0) {",
                    "if (coins().compareTo(LOT) > 0) {",
                    "WitnessTest"),
            bug(
                    "the witness takes every call for a breach",
                    "Witness",
                    "if (!isMet(published.rung(rung))) {",
                    "if (rung < 1) {",
                    "WitnessTest"),
            bug(
                    "the witness's year has 360 days",
                    "OwnDebt",
                    "private static final BigDecimal YEAR = BigDecimal.valueOf(365);",
                    "private static final BigDecimal YEAR = BigDecimal.valueOf(360);",
                    "ComparisonTest"),
            bug(
                    "a page's limit is read a per cent too high",
                    "Published",
                    "Limit.of(\"85\", AT)",
                    "Limit.of(\"86\", AT)",
                    "ComparisonTest"),
            bug(
                    "the row has the shortfall of the last loan",
                    "Witness",
                    "figures.shortfall = figures.shortfall.add(recorded.amount().amount());",
                    "figures.shortfall = recorded.amount().amount();",
                    "LenderFiguresTest"),
            bug(
                    "the row leaves out what is left over for borrowers",
                    "Witness",
                    "figures.surplus = figures.surplus.add(pay(proceeds.subtract(charge), at));",
                    "pay(proceeds.subtract(charge), at);",
                    "LenderFiguresTest"),
            bug(
                    "the desk sells over the index",
                    "Slippage",
                    "WHOLE.subtract(BigDecimal.valueOf(basisPoints))",
                    "WHOLE.add(BigDecimal.valueOf(basisPoints))",
                    "LenderFiguresTest"));

    private static PlantedBug bug(String title, String source, String right, String wrong, String test) {
        return new PlantedBug(Kind.PROOF, title, LOCAL, COMPARE + source, right, wrong, LOCAL, List.of(COMPARE + test));
    }
}
