package io.loanledger.local.planted;

import io.loanledger.local.planted.PlantedBug.Kind;
import java.util.List;

/** The faults of sales in bands, of coin put in the place of other coin, and of what the lender counts less. */
final class PlantedInLimits {
    private static final String CORE = "ledger-core";
    private static final String BANDS = "io.loanledger.core.loan.BandsTest";

    private PlantedInLimits() {}

    static final List<PlantedBug> ALL = List.of(
            new PlantedBug(
                    Kind.MONEY,
                    "a band of which nothing was sold is over",
                    CORE,
                    "io.loanledger.core.loan.LoanEvolution",
                    "if (open.reason() == CaseReason.HARD_LTV && open.cumQuantity().isPositive()) {",
                    "if (open.reason() == CaseReason.HARD_LTV) {",
                    CORE,
                    List.of(BANDS)),
            new PlantedBug(
                    Kind.MONEY,
                    "a gap over two bands sells the share of one",
                    CORE,
                    "io.loanledger.core.loan.MarginRules",
                    "int number = loan.reached() + 1; number <= band",
                    "int number = band; number <= band",
                    CORE,
                    List.of(BANDS)),
            new PlantedBug(
                    Kind.MONEY,
                    "a notice passes over a band that a hold keeps from selling",
                    CORE,
                    "io.loanledger.core.loan.MarginRules",
                    "return band == 0 ?",
                    "return band >= 0 ?",
                    CORE,
                    List.of(BANDS)),
            new PlantedBug(
                    Kind.MONEY,
                    "no price wakes a loan for its next band",
                    CORE,
                    "io.loanledger.core.loan.LoanTriggers",
                    "nextRung(loan, Rung.Action.SELL, loan.reached())",
                    "nextRung(loan, Rung.Action.SELL, Integer.MAX_VALUE)",
                    CORE,
                    List.of(BANDS)));
}
