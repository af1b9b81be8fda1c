package io.loanledger.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.ClosedCase;
import io.loanledger.core.loan.CureKind;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.MarginCall;
import io.loanledger.events.AgreementTerms;
import io.loanledger.events.AssetDefinition;
import io.loanledger.events.ClockStopper;
import io.loanledger.events.CollateralTerms;
import io.loanledger.events.DayCount;
import io.loanledger.events.DebtPrice;
import io.loanledger.events.Disburse;
import io.loanledger.events.ExposureBasis;
import io.loanledger.events.Fraction;
import io.loanledger.events.IndexState;
import io.loanledger.events.LiquidationAmended;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.LiquidationTerms;
import io.loanledger.events.LoanRequested;
import io.loanledger.events.MarginCallIssued;
import io.loanledger.events.MarginCallTerms;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.RepaymentReceived;
import io.loanledger.events.SellOrder;
import io.loanledger.events.Threshold;
import io.loanledger.events.ThresholdComparator;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.liquidation.LiquidationService;
import io.loanledger.liquidation.LiquidationSettings;
import io.loanledger.local.checker.Check;
import io.loanledger.local.checker.CheckOnABroker;
import io.loanledger.local.checker.CheckReport;
import io.loanledger.local.net.FreePorts;
import io.loanledger.local.registry.RegistryHome;
import io.loanledger.local.registry.SchemaRegistryProcess;
import io.loanledger.local.testing.Await;
import io.loanledger.streams.wire.JournalFold;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two loans of 60,000 of a coin that is to be worth a dollar, each against 10 BTC, of which one counts a price under 1 as 1. Terms and
 * prices come by broker and registry; either market moves the ratio, up and down; the sale is in dollars and pays in the coin that is
 * owed. Opened at 65 %, called at 70 % and healed at 60 %, sold at 80 % down to 60 %; no interest, no fee.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class DebtPriceIntegrationTest {
    private static final int PARTITIONS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration PRICE_AGE = Duration.ofMinutes(1);
    private static final String DEBT_MARKET = "USDX-USD";
    private static final String FREE = "unfloored";
    private static final String FLOORED = "floored";
    private static final BigDecimal PRINCIPAL = new BigDecimal("60000.000000");
    private static final BigDecimal COMMISSION = new BigDecimal("2.61");

    @TempDir
    private Path folder;

    private final Set<String> answered = new HashSet<>();
    private String coin = "10000.00";
    private String debt = "1.00";
    private int facts;
    private SchemaRegistryProcess registry;
    private LedgerOnABroker ledger;
    private LiquidationService liquidation;
    private ScriptedDesk desk;

    @BeforeEach
    void start() {
        registry = new SchemaRegistryProcess(RegistryHome.find(), folder.resolve("registry"), FreePorts.one());
        registry.start(PATIENCE);
        ledger = new LedgerOnABroker(folder, PARTITIONS, registry.url());
        ledger.startService();
        ledger.openIndexOf(DEBT_MARKET);
        desk = new ScriptedDesk(ledger, COMMISSION);
        liquidation = LiquidationService.start(LiquidationSettings.from(LiquidationSettings.TABLE.read(Map.ofEntries(
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", ledger.connection().bootstrapServers()),
                Map.entry("SCHEMA_REGISTRY_URL", registry.url()),
                Map.entry("LEDGER_PARTITIONS", Integer.toString(PARTITIONS)),
                Map.entry("LEDGER_REPLICATION_FACTOR", "1"),
                Map.entry("METRICS_PORT", Integer.toString(FreePorts.one())),
                Map.entry("LIQUIDATION_STATE_DIR", folder.resolve("liquidation").toString()),
                Map.entry("LIQUIDATION_MARKETS", "BTC-USD:BTC/8:USD/2:0.01:10:1000000"),
                // A busy machine may take its time; how old things may be is tested elsewhere.
                Map.entry("LIQUIDATION_PRICE_MAX_AGE_MS", Long.toString(PRICE_AGE.toMillis())),
                Map.entry("LIQUIDATION_REQUEST_MAX_AGE_MS", "60000"),
                Map.entry("LIQUIDATION_ORDER_LIFE_MS", "120000")))));
    }

    @AfterEach
    void stop() {
        liquidation.close();
        ledger.close();
        registry.close();
    }

    @Test
    void isCalledHealedAndSoldByWhatIsOwedAsByWhatIsPledged() {
        publishTerms(FREE, false);
        publishTerms(FLOORED, true);
        live(FREE);
        live(FLOORED);

        theDebtsPriceRisesAndFallsAgain();
        aDebtUnderItsPegCountsForLessUnlessFloored();
        repaid(FLOORED);
        theSaleIsInDollarsAndPaysWhatIsOwed();

        assertThat(ledger.read(TopicCatalogue.DEAD_LETTERS)).isEmpty();
        assertThat(ledger.read(TopicCatalogue.REJECTIONS)).isEmpty();
        ledger.foldThatGivesTheStores(PATIENCE);
        CheckReport report = CheckOnABroker.check(ledger.connection(), PRICE_AGE);
        assertThat(report.violations()).isEmpty();
        assertThat(report.counts().get(Check.SETTLEMENT_IS_FILLS).looked()).isEqualTo(1);
        assertThat(report.counts().get(Check.BREACH_IMPLIES_ACTION).looked()).isPositive();
    }

    /** 60,000 at 1.17 are 70,200 dollars, 70.2 % of 100,000; back at 1.00 they are 60 %. */
    private void theDebtsPriceRisesAndFallsAgain() {
        debt = "1.17";
        until(() -> isCalled(FREE) && isCalled(FLOORED), "no call by the debt's price");
        List<MarginCallIssued> calls = ledger.read(TopicCatalogue.MARGIN_CALLS, MarginCallIssued.class, 2, PATIENCE);
        assertThat(calls).hasSize(2).allSatisfy(call -> {
            assertThat(call.getEvidence().getMarket()).isEqualTo(LedgerOnABroker.MARKET);
            assertThat(call.getEvidence().getDebtPrice()).isEqualTo("1.17");
            assertThat(call.getEvidence().getExposure()).isEqualTo("70200.00");
            assertThat(call.getEvidence().getDebtAsset()).isEqualTo("USD");
            // 70,200 / 0.6 / 10,000 = 11.7 of a coin; 60,000 - 60,000 / 1.17 = 8,717.94871794.. of what is owed
            assertThat(call.getTopUpToCure()).isEqualTo("1.70000000");
            assertThat(new BigDecimal(call.getRepayToCure())).isEqualByComparingTo("8717.948718");
            assertThat(call.getDebtAsset()).isEqualTo("USDX");
        });
        debt = "1.00";
        until(() -> !isCalled(FREE) && !isCalled(FLOORED), "not healed by the debt's price");
        assertThat(cures(FREE)).containsExactly(CureKind.PRICE);
    }

    /** At 0.87 on 85,714.20: 52,200 are 60.9 %; as 60,000 they are 70.0001 %. */
    private void aDebtUnderItsPegCountsForLessUnlessFloored() {
        debt = "0.87";
        ledger.price(DEBT_MARKET, now(), debt, IndexState.LIVE);
        coin = "8571.42";
        until(() -> isCalled(FLOORED), "no call at the floor");
        assertThat(isCalled(FREE)).isFalse();
        coin = "10000.00";
        until(() -> !isCalled(FLOORED), "not healed by the coin's price");
        assertThat(cures(FLOORED)).containsExactly(CureKind.PRICE, CureKind.PRICE);
        assertThat(calls(FREE)).hasSize(1);
        debt = "1.00";
    }

    /** 60,000 at 1.30 on 97,500 are exactly 80 %; 5 BTC bring them to 60 %. The measure of the request holds to the end. */
    private void theSaleIsInDollarsAndPaysWhatIsOwed() {
        ledger.price(DEBT_MARKET, now(), debt, IndexState.LIVE);
        coin = "9750.00";
        ledger.price(now(), coin, IndexState.LIVE);
        debt = "1.30";
        until(() -> !orders().isEmpty(), "nothing is ordered");
        LiquidationRequested request = requests().getFirst();
        assertThat(requests()).hasSize(1);
        assertThat(request.getLoanId()).isEqualTo(FREE);
        assertThat(request.getReservedQuantity()).isEqualTo("5.00000000");
        assertThat(request.getDebtAsset()).isEqualTo("USD");
        assertThat(request.getEvidence().getExposure()).isEqualTo("78000.00");
        assertThat(request.getEvidence().getDebtPrice()).isEqualTo("1.30");

        sellHalf();
        until(() -> soldSoFar().signum() > 0, "the first fill is not booked");
        debt = "1.00";
        sellTheRest();
        until(() -> closedCases() == 1, "never settled");

        BigDecimal gross = orders().stream().map(ScriptedDesk::grossOf).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal fees = COMMISSION.multiply(BigDecimal.valueOf(2L * orders().size()));
        JournalFold fold = ledger.foldOfTheJournal();
        assertThat(fold.findings()).isEmpty();
        Loan loan = fold.loan(FREE).loan();
        ClosedCase closed = loan.closedCases().getFirst();
        assertThat(closed.cumQuantity().amount()).isEqualByComparingTo("5");
        assertThat(closed.cumGross().amount()).isEqualByComparingTo(ofDebt(gross));
        assertThat(closed.cumDeskFees().amount()).isEqualByComparingTo(ofDebt(fees));
        assertThat(loan.debt().posted().amount()).isEqualByComparingTo(PRINCIPAL.subtract(ofDebt(gross)));
        assertThat(loan.settlement().clearing().amount())
                .isEqualByComparingTo(ofDebt(gross).subtract(ofDebt(fees)));
        assertThat(loan.collateral().held().amount()).isEqualByComparingTo("5");
        assertThat(loan.marginCall()).isNull();
        assertThat(ledger.read(TopicCatalogue.LIQUIDATION_REQUESTS, LiquidationAmended.class))
                .isEmpty();
    }

    private static BigDecimal ofDebt(BigDecimal dollars) {
        return dollars.divide(new BigDecimal("1.30"), 6, RoundingMode.DOWN);
    }

    // --- the world outside -------------------------------------------------------------------------------------------

    private void until(BooleanSupplier done, String otherwise) {
        Await.until(
                () -> {
                    ledger.price(DEBT_MARKET, now(), debt, IndexState.LIVE);
                    ledger.price(now(), coin, IndexState.LIVE);
                    return done.getAsBoolean();
                },
                PATIENCE,
                () -> otherwise + ": coin at " + coin + ", debt at " + debt + ", " + ledger.loan(FREE) + ", "
                        + ledger.loan(FLOORED) + "; orders " + orders() + "; replies "
                        + ledger.read(TopicCatalogue.LIQUIDATION_REPLIES));
    }

    private void live(String loanId) {
        ledger.send(
                TopicCatalogue.LOANS,
                loanId,
                new LoanRequested(nextId(), now(), "test", loanId, "alice", loanId, "60000.00", "USDX", "BTC", null));
        ledger.locked(loanId, now(), "coin-of-" + loanId, "10.00000000");
        until(() -> disbursement(loanId) != null, loanId + " was not issued");
        ledger.disbursed(disbursement(loanId), now());
        until(() -> status(loanId) == LoanStatus.ACTIVE, loanId + " is not paid out");
    }

    private Disburse disbursement(String loanId) {
        return ledger.read(TopicCatalogue.PAYMENT_INSTRUCTIONS, Disburse.class).stream()
                .filter(instruction -> instruction.getLoanId().equals(loanId))
                .findFirst()
                .orElse(null);
    }

    private void repaid(String loanId) {
        ledger.send(
                TopicCatalogue.MOVEMENTS,
                loanId,
                new RepaymentReceived(
                        nextId(), now(), "test", loanId, "all-of-" + loanId, PRINCIPAL.toPlainString(), "USDX"));
        until(() -> status(loanId) == LoanStatus.REPAID, loanId + " is not repaid");
    }

    /** The desk takes each order and sells the half of it. */
    private void sellHalf() {
        for (SellOrder order : orders()) {
            assertThat(order.getSymbol()).isEqualTo(LedgerOnABroker.MARKET);
            assertThat(answered.add(order.getClOrdId())).isTrue();
            BigDecimal all = new BigDecimal(order.getOrderQty());
            BigDecimal half = half(all);
            desk.takes(order);
            desk.sells(order, half, half);
        }
    }

    private void sellTheRest() {
        assertThat(orders()).extracting(SellOrder::getClOrdId).containsExactlyInAnyOrderElementsOf(answered);
        for (SellOrder order : orders()) {
            BigDecimal all = new BigDecimal(order.getOrderQty());
            desk.sells(order, all.subtract(half(all)), all);
        }
    }

    private static BigDecimal half(BigDecimal all) {
        return all.divide(BigDecimal.TWO, 4, RoundingMode.DOWN);
    }

    private String nextId() {
        return "debt-price-fact-" + ++facts;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    // --- what is read back -------------------------------------------------------------------------------------------

    private LoanStatus status(String loanId) {
        return ledger.loan(loanId).map(Loan::status).orElse(LoanStatus.UNKNOWN);
    }

    private boolean isCalled(String loanId) {
        MarginCall call = ledger.loan(loanId).map(Loan::marginCall).orElse(null);
        return call != null;
    }

    private BigDecimal soldSoFar() {
        return ledger.loan(FREE).orElseThrow().collateral().sold().amount();
    }

    /** As committed, so that what is read back afterwards is complete. */
    private int closedCases() {
        var stored = ledger.foldOfTheJournal().loan(FREE);
        return stored == null ? 0 : stored.loan().closedCases().size();
    }

    private List<LoanEvent.MarginCallIssued> calls(String loanId) {
        return events(loanId, LoanEvent.MarginCallIssued.class);
    }

    private List<CureKind> cures(String loanId) {
        return events(loanId, LoanEvent.MarginCallCured.class).stream()
                .map(LoanEvent.MarginCallCured::kind)
                .toList();
    }

    /** Of what is committed, once that is all. */
    private <E extends LoanEvent> List<E> events(String loanId, Class<E> kind) {
        assertThat(ledger.foldThatGivesTheStores(PATIENCE).findings()).isEmpty();
        return ledger.journal().stream()
                .filter(entry -> entry.header().loanId().equals(loanId))
                .map(entry -> entry.event())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private List<LiquidationRequested> requests() {
        return ledger.read(TopicCatalogue.LIQUIDATION_REQUESTS, LiquidationRequested.class);
    }

    private List<SellOrder> orders() {
        return ledger.read(TopicCatalogue.ORDERS, SellOrder.class);
    }

    private void publishTerms(String productId, boolean flooredAtPeg) {
        AssetDefinition stable = new AssetDefinition("USDX", 6, "");
        AssetDefinition bitcoin = new AssetDefinition("BTC", 8, "bip122:000000000019d6689c085ae165831e93/slip44:0");
        AssetDefinition dollar = new AssetDefinition("USD", 2, "swift/iso4217:USD");
        ledger.send(
                TopicCatalogue.TERMS,
                productId,
                ProductTerms.newBuilder()
                        .setEventId("terms-" + productId)
                        .setOccurredAt(Instant.EPOCH)
                        .setProducer("test")
                        .setProductId(productId)
                        .setVersion(1)
                        .setDebtAsset(stable)
                        .setCollateral(List.of(CollateralTerms.newBuilder()
                                .setAsset(bitcoin)
                                .setMarket(LedgerOnABroker.MARKET)
                                .setHaircut("0")
                                .setLotSize("0.00010000")
                                .build()))
                        .setOpenLtv(percent(65))
                        .setMarginCall(
                                new MarginCallTerms(reaches(70), percent(60), 86_400L, 3_600L, ClockStopper.DETECTED))
                        .setLiquidation(new LiquidationTerms(reaches(80), percent(60), "0", "0", "0.02", null))
                        .setAnnualRate("0")
                        .setDayCount(DayCount.IN_AGREEMENT)
                        .setExposureBasis(ExposureBasis.OUTSTANDING)
                        .setTermDays(0)
                        .setAgreement(AgreementTerms.newBuilder()
                                .setDayCount(DayCount.ACT_365F)
                                .setDebtPrice(new DebtPrice(DEBT_MARKET, dollar, flooredAtPeg))
                                .build())
                        .build());
    }

    private static Fraction percent(int percent) {
        return new Fraction(Integer.toString(percent), "100");
    }

    private static Threshold reaches(int percent) {
        return new Threshold(percent(percent), ThresholdComparator.REACHES);
    }
}
