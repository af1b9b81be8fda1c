package io.loanledger.local.checker;

import io.loanledger.events.AgreementTerms;
import io.loanledger.events.AssetDefinition;
import io.loanledger.events.CollateralReleaseRequested;
import io.loanledger.events.ConcentrationAddOn;
import io.loanledger.events.DayCount;
import io.loanledger.events.DebtPrice;
import io.loanledger.events.FannedTermsKind;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.topic.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

/** Loans on two kinds of coin, judged by the prices of both, sold one after the other. */
final class BasketScenes {
    private static final String LITECOIN = "LTC-USD";

    private BasketScenes() {}

    private static ProductTerms terms() {
        return SceneTerms.product()
                .setCollateral(List.of(
                        SceneTerms.bitcoin()
                                .setAsset(new AssetDefinition(
                                        "LTC", 8, "bip122:12a765e31ffd4059bada1e25190f6e98/slip44:2"))
                                .setMarket(LITECOIN)
                                .setHaircut("0.1")
                                .setLotSize("0.01000000")
                                .build(),
                        SceneTerms.bitcoin().build()))
                .setMixedCollateral(true)
                .build();
    }

    private static void prices(RecordedLedger ledger, String bitcoin, String litecoin) {
        ledger.priceAfter(1, bitcoin);
        ledger.price(LITECOIN, ledger.now.plusSeconds(1), litecoin);
    }

    private static void lent(RecordedLedger ledger, String loanId) {
        ledger.requested(loanId, "5000.00");
        ledger.locked(loanId, "bitcoin-of-" + loanId, "0.50000000");
        ledger.locked(loanId, "litecoin-of-" + loanId, "LTC", "50.00000000");
        ledger.disbursed(loanId, "5000.00");
    }

    private static void release(RecordedLedger ledger, String loanId, String asset, String quantity) {
        ledger.send(
                TopicCatalogue.LOANS,
                loanId,
                new CollateralReleaseRequested(ledger.nextId(), ledger.now, "test", loanId, asset, quantity, null));
    }

    /** 5,000.00 on half a bitcoin and fifty litecoins, of which nine tenths count. */
    private static void play(RecordedLedger ledger) {
        prices(ledger, "10000", "120");
        lent(ledger, "L1");
        prices(ledger, "10000", "120");
        release(ledger, "L1", "LTC", "20.00000000");
        release(ledger, "L1", "LTC", "1.00000000");
        prices(ledger, "9000", "58"); // 7,057.80 of value: called by the litecoin's price
        ledger.locked("L1", "more-of-L1", "0.35000000");
        prices(ledger, "4000", "45");
        LedgerScenes.settle(ledger, "L1", "L1/case/1/LTC", "45");
        LedgerScenes.settle(ledger, "L1", "L1/case/2/BTC", "4000");
        prices(ledger, "10000", "120");
        ledger.priceAfter(Duration.ofDays(31).toSeconds(), "10000");
        prices(ledger, "10000", "120");
        lent(ledger, "L2");
        prices(ledger, "10000", "70");
        prices(ledger, "7800", "57");
        ledger.repaid("p1", "L2", "6000.00");
        prices(ledger, "10000", "120");
    }

    static Scene twoCoins() {
        return new Scene(
                "two kinds of coin",
                BasketScenes::terms,
                BasketScenes::play,
                List.of(
                        "CollateralCredited",
                        "CollateralReleaseInstructed",
                        "MarginCallIssued",
                        "MarginCallCured",
                        "LiquidationRequested",
                        "SaleSettled",
                        "LoanRepaid"),
                List.of(
                        Forgeries.goneFrom(
                                "a call by another coin's price that nobody made",
                                "L1",
                                "MarginCallIssued",
                                Check.BREACH_IMPLIES_ACTION),
                        Forgeries.goneFrom(
                                "a breach over two markets that nobody sold",
                                "L1",
                                "LiquidationRequested",
                                Check.BREACH_IMPLIES_ACTION),
                        Forgeries.goneFrom(
                                "a sale that did not go on with the next coin",
                                "L1",
                                event -> event.getSchema().getName().equals("LiquidationRequested")
                                        && event.get("caseId").toString().endsWith("/BTC"),
                                Check.DECISION_RECOMPUTED),
                        new Forgery("other coin at another price", Check.DECISION_RECOMPUTED, forger -> {
                            forger.alter(
                                    Topics.JOURNAL,
                                    event -> event.getSchema().getName().equals("MarginCallIssued"),
                                    event -> Terms.parts((GenericRecord) event.get("evidence"), "others")
                                            .getFirst()
                                            .put("price", "1"));
                            forger.mendJournal();
                        }),
                        new Forgery("other coin from nowhere", Check.CONSERVATION, forger -> {
                            forger.alter(
                                    Topics.JOURNAL,
                                    event -> event.get("balances") instanceof GenericRecord balances
                                            && !Terms.parts(balances, "further").isEmpty(),
                                    event -> Terms.parts((GenericRecord) event.get("balances"), "further")
                                            .getFirst()
                                            .put("held", "99.00000000"));
                            forger.mendJournal();
                        })));
    }

    private static void addOn(RecordedLedger ledger, int version, String addOn) {
        ConcentrationAddOn said =
                new ConcentrationAddOn(ledger.nextId(), ledger.now, "test", RecordedLedger.MARKET, version, addOn);
        ledger.fan(FannedTermsKind.CONCENTRATION_ADD_ON, fanned -> fanned.setConcentrationAddOn(said));
    }

    static Scene addedOn() {
        return new Scene(
                "coin that counts less for the whole book",
                () -> SceneTerms.plain("0.12"),
                ledger -> {
                    ledger.active("L1");
                    addOn(ledger, 2, "0.125");
                    addOn(ledger, 1, "0.5");
                    ledger.repaid("p1", "L1", "1.00");
                    ledger.priceAfter(1, "8200");
                    ledger.priceAfter(1, "8150");
                    ledger.priceAfter(1, "7100");
                    LedgerScenes.settle(ledger, "L1", "L1/case/1", "7100");
                    addOn(ledger, 3, "0");
                    ledger.priceAfter(1, "10000");
                },
                List.of("MarginCallIssued", "LiquidationRequested", "SaleSettled"),
                List.of(
                        Forgeries.altered("no add-on", "MarginCallIssued", "evidence/addOn", null),
                        Forgeries.altered("all of it counted", "MarginCallIssued", "evidence/counted", "1"),
                        Forgeries.goneFrom(
                                "a call by the add-on that nobody made",
                                "L1",
                                "MarginCallIssued",
                                Check.BREACH_IMPLIES_ACTION)));
    }

    private static void dollars(RecordedLedger ledger, String price) {
        ledger.price("USD-EUR", ledger.now.plusSeconds(1), price);
    }

    static Scene measured() {
        return new Scene(
                "a debt that has a price",
                () -> SceneTerms.product()
                        .setDayCount(DayCount.IN_AGREEMENT)
                        .setAgreement(AgreementTerms.newBuilder()
                                .setDayCount(DayCount.ACT_365F)
                                .setDebtPrice(new DebtPrice(
                                        "USD-EUR", new AssetDefinition("EUR", 2, "swift/iso4217:EUR"), false))
                                .build())
                        .build(),
                ledger -> {
                    dollars(ledger, "1.00");
                    ledger.active("L1");
                    dollars(ledger, "1.41");
                    dollars(ledger, "1.19");
                    ledger.priceAfter(1, "9000");
                    dollars(ledger, "1.30");
                    ledger.priceAfter(1, "8000");
                    ledger.priceAfter(1, "7900");
                    LedgerScenes.settle(ledger, "L1", "L1/case/1", "7900");
                    dollars(ledger, "0.90");
                    ledger.priceAfter(1, "10000");
                },
                List.of("MarginCallIssued", "MarginCallCured", "LiquidationRequested", "SaleSettled"),
                List.of(
                        Forgeries.altered("another measure", "MarginCallIssued", "evidence/debt/measure", "1.40"),
                        Forgeries.goneFrom(
                                "a call by the debt's price that nobody made",
                                "L1",
                                "MarginCallIssued",
                                Check.BREACH_IMPLIES_ACTION)));
    }

    static List<Scene> all() {
        return List.of(twoCoins(), addedOn(), measured());
    }
}
