package io.loanledger.local.planted;

import io.loanledger.local.planted.PlantedBug.Kind;
import java.util.List;

/** The faults of sales in bands, of coin put in the place of other coin, and of what the lender counts less. */
final class PlantedInLimits {
    private static final String CORE = "ledger-core";
    private static final String BANDS = "io.loanledger.core.loan.BandsTest";

    private static final String STREAMS = "ledger-streams";
    private static final String ADD_ON = "io.loanledger.core.loan.AddOnTest";
    private static final String DEBT_PRICE = "io.loanledger.core.loan.DebtPriceTest";
    private static final String SUBSTITUTION = "io.loanledger.core.loan.SubstitutionTest";

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
                    List.of(BANDS)),
            new PlantedBug(
                    Kind.MONEY,
                    "coin that takes the place of other coin has to meet the opening limit",
                    CORE,
                    "io.loanledger.core.loan.Substitution",
                    "!after.isAtOrUnder(without)",
                    "!after.isAtOrUnder(loan.terms().openLtv())",
                    CORE,
                    List.of(SUBSTITUTION)),
            new PlantedBug(
                    Kind.MONEY,
                    "coin that answered a call takes the place of other coin",
                    CORE,
                    "io.loanledger.core.loan.Substitution",
                    "&& loan.marginCall() == null",
                    "",
                    CORE,
                    List.of(SUBSTITUTION)),
            new PlantedBug(
                    Kind.MONEY,
                    "coin takes the place of other coin twice",
                    CORE,
                    "io.loanledger.core.loan.LoanEvolution",
                    "credited(false)",
                    "credited(true)",
                    CORE,
                    List.of(SUBSTITUTION)),
            new PlantedBug(
                    Kind.MONEY,
                    "coin on which a release relied takes the place of other coin",
                    CORE,
                    "io.loanledger.core.loan.Pledge",
                    "return spare ? credited(false) : this;",
                    "return this;",
                    CORE,
                    List.of(SUBSTITUTION)),
            new PlantedBug(
                    Kind.MONEY,
                    "coin goes out for other coin until the loan is called",
                    CORE,
                    "io.loanledger.core.loan.Substitution",
                    "|| after.meets(loan.terms().terms().firstLimit())",
                    "",
                    CORE,
                    List.of(SUBSTITUTION)),
            new PlantedBug(
                    Kind.MONEY,
                    "coin that counts less sells for less",
                    CORE,
                    "io.loanledger.core.loan.Sizing",
                    "quote.price().multiply(times(lots).amount())",
                    "quote.counted().multiply(times(lots).amount())",
                    CORE,
                    List.of(ADD_ON)),
            new PlantedBug(
                    Kind.MONEY,
                    "an add-on lets no case grow",
                    CORE,
                    "io.loanledger.core.loan.Valuation",
                    "draft.quote(index).counted()",
                    "LoanToValue.priceOf(index)",
                    CORE,
                    List.of(ADD_ON)),
            new PlantedBug(
                    Kind.MONEY,
                    "keys are compared with prices that do not count",
                    STREAMS,
                    "io.loanledger.streams.task.Sweep",
                    "TriggerKeys.tickKeyRoundedDown(counted(index)",
                    "TriggerKeys.tickKeyRoundedDown(price(index)",
                    STREAMS,
                    List.of("io.loanledger.streams.TiesOfTheTaskTest")),
            new PlantedBug(
                    Kind.MONEY,
                    "an older add-on takes the place of a newer one",
                    STREAMS,
                    "io.loanledger.streams.task.TaskCircumstances",
                    "set.addOn().version() <= known.version()",
                    "set.addOn().version() == known.version()",
                    STREAMS,
                    List.of("io.loanledger.streams.TiesOfTheTaskTest")),
            new PlantedBug(
                    Kind.MONEY,
                    "a debt under its peg counts as one over it",
                    CORE,
                    "io.loanledger.core.terms.DebtPrice",
                    "flooredAtPeg ? price.max(BigDecimal.ONE)",
                    "flooredAtPeg ? price.min(BigDecimal.ONE)",
                    CORE,
                    List.of(DEBT_PRICE)),
            new PlantedBug(
                    Kind.CLOCKS,
                    "an old price of the debt in an open sweep heals a call",
                    CORE,
                    "io.loanledger.core.loan.Draft",
                    "return visited == null ? told : visited;",
                    "return told;",
                    CORE,
                    List.of(DEBT_PRICE)),
            new PlantedBug(
                    Kind.MONEY,
                    "proceeds are booked in the currency they were sold for",
                    CORE,
                    "io.loanledger.core.loan.LiquidationRules",
                    "debtPrice == null ? amount : DebtIndex",
                    "debtPrice != null || debtPrice == null ? amount : DebtIndex",
                    CORE,
                    List.of(DEBT_PRICE)),
            new PlantedBug(
                    Kind.MONEY,
                    "no price of the debt wakes a loan",
                    CORE,
                    "io.loanledger.core.loan.DebtZone",
                    "boolean matters = ofDebt != null",
                    "boolean matters = ofDebt == null && ofDebt != null",
                    CORE,
                    List.of(DEBT_PRICE)),
            new PlantedBug(
                    Kind.MONEY,
                    "a loan is judged while its debt has no market",
                    CORE,
                    "io.loanledger.core.loan.DebtMarket",
                    "&& index.state().isOpen());",
                    ");",
                    CORE,
                    List.of(DEBT_PRICE)));
}
