package io.loanledger.local.planted;

import io.loanledger.local.planted.PlantedBug.Kind;
import java.util.List;

/** The faults of how it is sold, what counts, and what may be released. */
final class PlantedInSales {
    private static final String CORE = "ledger-core";
    private static final String STREAMS = "ledger-streams";

    private PlantedInSales() {}

    static final List<PlantedBug> ALL = List.of(
            new PlantedBug(
                    Kind.MONEY,
                    "a penalty on the debt repaid is taken of the surplus too",
                    CORE,
                    "io.loanledger.core.terms.Charge",
                    ".min(rate.timesRoundedHalfEven(repayable))",
                    "",
                    CORE,
                    List.of("io.loanledger.core.loan.SaleModesTest")),
            new PlantedBug(
                    Kind.MONEY,
                    "a penalty on the debt repaid is taken of all proceeds",
                    CORE,
                    "io.loanledger.core.terms.Charge",
                    "onDebt.denominator().add(onDebt.numerator())",
                    "onDebt.denominator()",
                    CORE,
                    List.of("io.loanledger.core.loan.SaleModesTest")),
            new PlantedBug(
                    Kind.MONEY,
                    "a part of a cent of interest keeps a debt from being cleared",
                    CORE,
                    "io.loanledger.core.loan.Sizing",
                    "(forDefault || terms().clearsDebt())",
                    "(forDefault)",
                    CORE,
                    List.of("io.loanledger.core.loan.SaleModesTest")),
            new PlantedBug(
                    Kind.MONEY,
                    "a step repays a lot more than it may",
                    CORE,
                    "io.loanledger.core.loan.Sizing",
                    "return step;",
                    "return over;",
                    CORE,
                    List.of("io.loanledger.core.loan.SaleModesTest")),
            new PlantedBug(
                    Kind.MONEY,
                    "a fact enlarges a step of several",
                    CORE,
                    "io.loanledger.core.loan.Valuation",
                    "draft.isOpen() && !isStep",
                    "draft.isOpen()",
                    CORE,
                    List.of("io.loanledger.core.loan.SaleModesTest")),
            new PlantedBug(
                    Kind.MONEY,
                    "a step of several ends an expired call",
                    CORE,
                    "io.loanledger.core.loan.LoanEvolution",
                    "&& open.mode() != SaleMode.INCREMENT",
                    "",
                    CORE,
                    List.of("io.loanledger.core.loan.SaleModesTest")),
            new PlantedBug(
                    Kind.MONEY,
                    "a case that was cured in time grows again",
                    CORE,
                    "io.loanledger.core.loan.LiquidationCase",
                    "return rescinded || (",
                    "return (",
                    CORE,
                    List.of("io.loanledger.core.loan.SaleModesTest")),
            new PlantedBug(
                    Kind.MONEY,
                    "a haircut of a tier is of all the coin",
                    CORE,
                    "io.loanledger.core.terms.CollateralTerms",
                    "end.subtract(tier.over().amount())",
                    "end",
                    CORE,
                    List.of("io.loanledger.core.loan.ReleaseAndTiersTest")),
            new PlantedBug(
                    Kind.MONEY,
                    "coin goes back at the ratio that it has to be under",
                    CORE,
                    "io.loanledger.core.loan.LendingRules",
                    "before.denominator()) >= 0",
                    "before.denominator()) > 0",
                    CORE,
                    List.of("io.loanledger.core.loan.ReleaseAndTiersTest")),
            new PlantedBug(
                    Kind.MONEY,
                    "coin goes back on the last day of the wait",
                    CORE,
                    "io.loanledger.core.loan.LendingRules",
                    "!draft.today().isAfter(startedOn",
                    "draft.today().isBefore(startedOn",
                    CORE,
                    List.of("io.loanledger.core.loan.ReleaseAndTiersTest")),
            new PlantedBug(
                    Kind.MONEY,
                    "a true breach leaves the ledger rounded to none",
                    STREAMS,
                    "io.loanledger.streams.wire.EvidenceRecords",
                    "Money exposure = evidence.exposureRoundedUp();",
                    "Money exposure = evidence.exposure();",
                    STREAMS,
                    List.of("io.loanledger.streams.wire.OutputMappingTest")));
}
