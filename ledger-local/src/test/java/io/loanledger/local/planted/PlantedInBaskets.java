package io.loanledger.local.planted;

import io.loanledger.local.planted.PlantedBug.Kind;
import java.util.List;

/** The faults of loans on several assets. */
final class PlantedInBaskets {
    private static final String CORE = "ledger-core";
    private static final String BASKET = "io.loanledger.core.loan.BasketTest";
    private static final String ZONES = "io.loanledger.core.loan.SafeZonesNeverLateTest";

    private PlantedInBaskets() {}

    static final List<PlantedBug> ALL = List.of(
            new PlantedBug(
                    Kind.MONEY,
                    "a loan that stands under its level already waits for a price over it",
                    CORE,
                    "io.loanledger.core.loan.SafeZone",
                    " || ratio.isAtOrUnder(level)",
                    "",
                    CORE,
                    List.of(ZONES)),
            new PlantedBug(
                    Kind.MONEY,
                    "a market that is closed keeps the key it had",
                    CORE,
                    "io.loanledger.core.loan.SafeZone",
                    "isOpen || limit == null ? LoanTriggers.NEVER_FALLING",
                    "!isOpen || limit == null ? LoanTriggers.NEVER_FALLING",
                    CORE,
                    List.of(BASKET, ZONES)),
            new PlantedBug(
                    Kind.MONEY,
                    "a sale ends with its first coin",
                    CORE,
                    "io.loanledger.core.loan.LiquidationRules",
                    "Valuation.goOn(draft, open);",
                    "draft.loan();",
                    CORE,
                    List.of(BASKET)),
            new PlantedBug(
                    Kind.MONEY,
                    "all of a coin is a full sale while another coin is left",
                    CORE,
                    "io.loanledger.core.loan.Sizing",
                    "new Sizing(isOfLastCoin() ? SaleMode.FULL : SaleMode.INCREMENT,",
                    "new Sizing(SaleMode.FULL,",
                    CORE,
                    List.of(BASKET)),
            new PlantedBug(
                    Kind.MONEY,
                    "a loan is judged while one of its markets is closed",
                    CORE,
                    "io.loanledger.core.loan.Valuation",
                    "if (!Basket.isPricedBy(draft.loan(), index.market()) || !draft.isOpen()) {",
                    "if (!Basket.isPricedBy(draft.loan(), index.market())) {",
                    CORE,
                    List.of(BASKET, ZONES)));
}
