package io.loanledger.local.checker;

import static io.loanledger.local.checker.SceneTerms.percent;

import io.loanledger.events.ChargeBase;
import io.loanledger.events.CollateralReconverted;
import io.loanledger.events.CollateralReleaseRequested;
import io.loanledger.events.HaircutTier;
import io.loanledger.events.LiquidationTerms;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.ReconversionRequested;
import io.loanledger.events.ReleaseTerms;
import io.loanledger.events.SalePlan;
import io.loanledger.events.SaleTerms;
import io.loanledger.events.topic.TopicCatalogue;
import java.time.Duration;
import java.util.List;

/** Other ways to sell and to give back: the whole debt with a penalty, by steps, all of it; coin in tiers; releases by rule. */
final class SaleScenes {
    private SaleScenes() {}

    private static SaleTerms terms(SalePlan plan, String closeFactor, String penalty) {
        return new SaleTerms(
                plan,
                SceneTerms.fraction(closeFactor),
                ChargeBase.SOLD_VALUE,
                SceneTerms.fraction(penalty),
                ChargeBase.DEBT_REPAID,
                null);
    }

    private static ProductTerms product(LiquidationTerms.Builder sale) {
        return SceneTerms.product().setLiquidation(sale.build()).build();
    }

    static Scene wholeDebt() {
        return new Scene(
                "the whole debt, with a penalty",
                () -> product(SceneTerms.sale()
                        .setSale(terms(SalePlan.TO_TARGET, "1", "438/10000"))
                        .setTargetLtv(percent(0))
                        .setMinimumResidualDebt("0.00")),
                ledger -> {
                    ledger.active("L1");
                    ledger.priceAfter(Duration.ofDays(3).toSeconds(), "6250");
                    LedgerScenes.settle(ledger, "L1", "L1/case/1", "6250");
                    ledger.priceAfter(1, "6100");
                    ledger.priceAfter(1, "10000");
                },
                List.of("SaleSettled"),
                List.of(
                        Forgeries.altered("a penalty a cent too high", "SaleSettled", "penalty/amount", "99999.99"),
                        Forgeries.altered(
                                "a lot too much for the debt",
                                "LiquidationRequested",
                                "reserved/amount",
                                "1.00000000")));
    }

    static Scene bySteps() {
        return new Scene(
                "by steps of a tenth of the debt",
                () -> product(SceneTerms.sale().setSale(terms(SalePlan.TO_TARGET, "1/10", "0"))),
                ledger -> {
                    ledger.active("L1");
                    ledger.priceAfter(1, "7142.85");
                    ledger.priceAfter(Duration.ofHours(26).toSeconds(), "7100");
                    LedgerScenes.settle(ledger, "L1", "L1/case/1", "7100");
                    ledger.priceAfter(1, "7090");
                    LedgerScenes.settle(ledger, "L1", "L1/case/2", "7090");
                    ledger.priceAfter(1, "6000");
                    ledger.priceAfter(1, "5990");
                    ledger.priceAfter(1, "10000");
                },
                List.of("SaleSettled", "MarginCallExpired"),
                List.of(
                        Forgeries.altered("a step called a part", "LiquidationRequested", "mode", "PARTIAL"),
                        Forgeries.goneFrom(
                                "a second step that nobody asked for",
                                "L1",
                                event -> event.getSchema().getName().equals("LiquidationRequested")
                                        && event.get("caseId").toString().equals("L1/case/2"),
                                Check.BREACH_IMPLIES_ACTION)));
    }

    static Scene everything() {
        return new Scene(
                "all of the coin",
                () -> product(SceneTerms.sale().setSale(terms(SalePlan.EVERYTHING, "1", "0"))),
                ledger -> {
                    ledger.active("L1");
                    ledger.priceAfter(1, "6250");
                    LedgerScenes.settle(ledger, "L1", "L1/case/1", "6250");
                    ledger.priceAfter(1, "10000");
                },
                List.of("SaleSettled", "LoanRepaid"),
                List.of(Forgeries.altered(
                        "a part of the coin", "LiquidationRequested", "reserved/amount", "0.50000000")));
    }

    static Scene tiers() {
        return new Scene(
                "coin that counts less beyond half of it",
                () -> SceneTerms.product()
                        .setCollateral(List.of(SceneTerms.bitcoin()
                                .setTiers(List.of(new HaircutTier("0.50000000", SceneTerms.fraction("1/5"))))
                                .setOpenLtv(percent(60))
                                .build()))
                        .build(),
                ledger -> {
                    ledger.active("L1");
                    ledger.active("L2");
                    ledger.priceAfter(1, "7900");
                    ledger.locked("L2", "more-coin-of-L2", "0.40000000");
                    ledger.priceAfter(1, "6900");
                    LedgerScenes.settle(ledger, "L1", "L1/case/1", "6900");
                    ledger.priceAfter(1, "10000");
                },
                List.of("MarginCallIssued", "LiquidationRequested", "MarginCallCured", "SaleSettled"),
                List.of(
                        Forgeries.altered("all of it counted", "MarginCallIssued", "evidence/counted", "1.00000000"),
                        Forgeries.altered(
                                "too little to top up", "MarginCallIssued", "topUpToCure/amount", "0.00000001"),
                        Forgeries.goneFrom(
                                "a call by the tiers that nobody made",
                                "L1",
                                event -> event.getSchema().getName().equals("MarginCallIssued"),
                                Check.BREACH_IMPLIES_ACTION)));
    }

    private static void buyBack(RecordedLedger ledger, String loanId) {
        ledger.send(
                TopicCatalogue.LOANS, loanId, new ReconversionRequested(ledger.nextId(), ledger.now, "test", loanId));
    }

    /** Sold whole, kept as money, bought back after a payment; another's money pays its debt in the end. */
    static Scene stabilised() {
        return new Scene(
                "money kept in the coin's place",
                () -> product(SceneTerms.sale()
                        .setSale(new SaleTerms(
                                SalePlan.STABILISE,
                                SceneTerms.fraction("1"),
                                ChargeBase.SOLD_VALUE,
                                SceneTerms.fraction("0"),
                                ChargeBase.SOLD_VALUE,
                                percent(79)))),
                ledger -> {
                    ledger.active("L1");
                    ledger.active("L2");
                    ledger.priceAfter(1, "6250");
                    LedgerScenes.settle(ledger, "L1", "L1/case/1", "6250");
                    LedgerScenes.settle(ledger, "L2", "L2/case/1", "6250");
                    ledger.priceAfter(1, "3000");
                    ledger.priceAfter(1, "9000");
                    buyBack(ledger, "L1");
                    LedgerScenes.proceeds(ledger, "L1", "6123.00");
                    buyBack(ledger, "L1");
                    ledger.repaid("p1", "L1", "250.00");
                    buyBack(ledger, "L1");
                    ledger.send(
                            TopicCatalogue.COLLATERAL,
                            "L1",
                            new CollateralReconverted(
                                    ledger.nextId(),
                                    ledger.now,
                                    "test",
                                    "L1",
                                    LedgerScenes.newest(
                                            ledger, Topics.CUSTODY_INSTRUCTIONS, "BuyBack", "instructionId"),
                                    "BTC",
                                    "0.60000000",
                                    "6000.00",
                                    "USD",
                                    "tx"));
                    ledger.priceAfter(1, "10000");
                    ledger.priceAfter(Duration.ofDays(700).toSeconds(), "10000");
                    ledger.priceAfter(Duration.ofDays(700).toSeconds(), "10000");
                    ledger.priceAfter(Duration.ofDays(700).toSeconds(), "10000");
                },
                List.of(
                        "SaleSettled",
                        "ReconversionInstructed",
                        "CollateralReconverted",
                        "StabilisedApplied",
                        "ShortfallRecorded"),
                List.of(
                        Forgeries.altered("less kept than was sold", "SaleSettled", "stabilised/amount", "6000.00"),
                        Forgeries.altered("less spent than there is", "ReconversionInstructed", "spend/amount", "1.00"),
                        Forgeries.decisionGoneFrom(
                                "money that was used up and did not pay",
                                "L2",
                                "StabilisedApplied",
                                Check.BREACH_IMPLIES_ACTION),
                        Forgeries.rejected("asked back too early, called frozen", "NOT_STABILISED", "FROZEN"),
                        Forgeries.rejected("over the level, called frozen", "LTV_TOO_HIGH", "FROZEN"),
                        new Forgery(
                                "coin bought for more",
                                Check.PUBLIC_RECORD_ONCE,
                                forger -> forger.alter(
                                        Topics.CUSTODY_INSTRUCTIONS,
                                        "BuyBack",
                                        told -> true,
                                        told -> told.put("spend", "9999.99")))));
    }

    private static void release(RecordedLedger ledger, String loanId, String quantity) {
        ledger.send(
                TopicCatalogue.LOANS,
                loanId,
                new CollateralReleaseRequested(ledger.nextId(), ledger.now, "test", loanId, "BTC", quantity, null));
    }

    static Scene releases() {
        return new Scene(
                "coin back by rule",
                () -> SceneTerms.product()
                        .setRelease(new ReleaseTerms(percent(30), percent(40), "100.00", "10000.00", 10, 5))
                        .build(),
                ledger -> {
                    ledger.active("L1");
                    ledger.priceAfter(Duration.ofDays(10).toSeconds(), "20000");
                    release(ledger, "L1", "0.10000000"); // too early
                    ledger.priceAfter(Duration.ofDays(1).toSeconds(), "20000");
                    release(ledger, "L1", "0.00100000"); // out of bounds
                    release(ledger, "L1", "0.30000000");
                    ledger.released("L1", 1, "0.30000000");
                    release(ledger, "L1", "0.01000000"); // too soon
                    ledger.priceAfter(Duration.ofDays(5).toSeconds(), "16000");
                    release(ledger, "L1", "0.01000000"); // at over 30 % now
                    ledger.priceAfter(1, "30000");
                    release(ledger, "L1", "0.30000000"); // to over 40 %
                    release(ledger, "L1", "0.10000000");
                    ledger.priceAfter(Duration.ofDays(360).toSeconds(), "40000");
                    release(ledger, "L1", "0.01000000"); // too late
                },
                List.of("CollateralReleaseInstructed"),
                List.of(
                        Forgeries.altered("of another day", "CollateralReleaseInstructed", "requestedOn", 1),
                        Forgeries.rejected("too soon called too early", "RELEASE_TOO_SOON", "RELEASE_TOO_EARLY"),
                        Forgeries.rejected("out of bounds called too high", "RELEASE_OUT_OF_BOUNDS", "LTV_TOO_HIGH"),
                        Forgeries.rejected("too late called too soon", "RELEASE_TOO_LATE", "RELEASE_TOO_SOON")));
    }

    static List<Scene> all() {
        return List.of(wholeDebt(), bySteps(), everything(), stabilised(), tiers(), releases());
    }
}
