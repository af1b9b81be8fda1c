package io.loanledger.local.planted;

import io.loanledger.local.planted.PlantedBug.Kind;
import java.util.List;

/** The faults, by where they lie. To add one, take the smallest change that a tired colleague could make. */
final class PlantedBugs {
    private PlantedBugs() {}

    static final List<PlantedBug> ALL = List.of(new PlantedBug(
            Kind.CLOCKS,
            "a price at exactly the deadline no longer cures",
            "ledger-core",
            "io.loanledger.core.loan.Valuation",
            "if (!healing.valueTime().isAfter(call.deadline()) &&",
            "if (healing.valueTime().isBefore(call.deadline()) &&",
            "ledger-core",
            List.of("io.loanledger.core.loan.TimeRulesTest")));
}
