package io.loanledger.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.ClosedCase;
import io.loanledger.core.loan.Collateral;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.events.AssetDefinition;
import io.loanledger.events.ClockStopper;
import io.loanledger.events.CollateralTerms;
import io.loanledger.events.DayCount;
import io.loanledger.events.Disburse;
import io.loanledger.events.ExposureBasis;
import io.loanledger.events.Fraction;
import io.loanledger.events.IndexState;
import io.loanledger.events.LiquidationMode;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.LiquidationTerms;
import io.loanledger.events.MarginCallIssued;
import io.loanledger.events.MarginCallTerms;
import io.loanledger.events.ProductTerms;
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
 * One loan of 6,500.00 on a BTC and ten ETH, whose prices come by streams of their own. It is called for what both are worth, healed by
 * one of them, and sold coin by coin, each in its own market: ETH, which the terms name first, then of the BTC as much as brings the
 * loan to 60 %. No interest, no fee.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class BasketIntegrationTest {
    private static final int PARTITIONS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration PRICE_AGE = Duration.ofMinutes(1);
    private static final String ETH_MARKET = "ETH-USD";
    private static final String LOAN = "on-two-coins";
    private static final BigDecimal PRINCIPAL = new BigDecimal("6500.00");

    @TempDir
    private Path folder;

    private final Set<String> sold = new HashSet<>();
    private String bitcoin = "10000.00";
    private String ether = "300.00";
    private LedgerOnABroker ledger;
    private LiquidationService liquidation;
    private ScriptedDesk desk;

    @BeforeEach
    void start() {
        ledger = new LedgerOnABroker(folder, PARTITIONS);
        ledger.startService();
        ledger.openIndexOf(ETH_MARKET);
        desk = new ScriptedDesk(ledger, new BigDecimal("1.00"));
        liquidation = LiquidationService.start(LiquidationSettings.from(LiquidationSettings.TABLE.read(Map.ofEntries(
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", ledger.connection().bootstrapServers()),
                Map.entry(
                        "SCHEMA_REGISTRY_URL",
                        String.join(",", ledger.connection().registryUrls())),
                Map.entry("LEDGER_PARTITIONS", Integer.toString(PARTITIONS)),
                Map.entry("LEDGER_REPLICATION_FACTOR", "1"),
                Map.entry("METRICS_PORT", Integer.toString(FreePorts.one())),
                Map.entry("LIQUIDATION_STATE_DIR", folder.resolve("liquidation").toString()),
                Map.entry(
                        "LIQUIDATION_MARKETS",
                        "BTC-USD:BTC/8:USD/2:0.01:10:1000000, ETH-USD:ETH/8:USD/2:0.01:100:1000000"),
                // A busy machine may take its time; how old things may be is tested elsewhere.
                Map.entry("LIQUIDATION_PRICE_MAX_AGE_MS", Long.toString(PRICE_AGE.toMillis())),
                Map.entry("LIQUIDATION_REQUEST_MAX_AGE_MS", "60000"),
                Map.entry("LIQUIDATION_ORDER_LIFE_MS", "120000")))));
    }

    @AfterEach
    void stop() {
        liquidation.close();
        ledger.close();
    }

    @Test
    void isCalledForBothCoinsAndSoldInTheMarketsOfBoth() {
        live();
        ether = "290.00";
        bitcoin = "6385.00"; // 6,500 on 9,285 are 70.005 %
        until(() -> isCalled(), "no call");
        assertThat(ledger.read(TopicCatalogue.MARGIN_CALLS, MarginCallIssued.class, 1, PATIENCE))
                .last()
                .satisfies(
                        call -> assertThat(call.getEvidence().getOtherValue()).isNotNull());
        ether = "450.00"; // on 10,885: 59.7 %
        until(() -> !isCalled(), "not healed by the other coin");

        ether = "174.00"; // on 8,125: exactly 80 %
        until(() -> requests().size() == 1, "nothing is to be sold");
        LiquidationRequested first = requests().getFirst();
        assertThat(first.getMarket()).isEqualTo(ETH_MARKET);
        assertThat(first.getCaseId()).endsWith("/ETH");
        assertThat(first.getMode()).isEqualTo(LiquidationMode.INCREMENT);
        assertThat(first.getReservedQuantity()).isEqualTo("10.00000000");
        assertThat(first.getEvidence().getOtherValue()).isEqualTo("6385.00");
        until(() -> sellsIn(ETH_MARKET), "no order for ETH");

        until(() -> requests().size() == 2, "the sale does not go on");
        LiquidationRequested second = requests().getLast();
        assertThat(second.getMarket()).isEqualTo(LedgerOnABroker.MARKET);
        assertThat(second.getCaseId()).endsWith("/BTC");
        assertThat(second.getMode()).isEqualTo(LiquidationMode.PARTIAL);
        assertThat(second.getEvidence().getOtherValue()).isNull();
        until(() -> sellsIn(LedgerOnABroker.MARKET), "no order for BTC");
        until(() -> closedCases() == 2, "never settled");

        theJournalSaysWhatWasSold(new BigDecimal(second.getReservedQuantity()));
        assertThat(ledger.read(TopicCatalogue.DEAD_LETTERS)).isEmpty();
        assertThat(ledger.read(TopicCatalogue.REJECTIONS)).isEmpty();
        ledger.foldThatGivesTheStores(PATIENCE);
        CheckReport report = CheckOnABroker.check(ledger.connection(), PRICE_AGE);
        assertThat(report.violations()).isEmpty();
        assertThat(report.counts().get(Check.SETTLEMENT_IS_FILLS).looked()).isEqualTo(2);
        assertThat(report.counts().get(Check.BREACH_IMPLIES_ACTION).looked()).isPositive();
    }

    private void theJournalSaysWhatWasSold(BigDecimal bitcoins) {
        JournalFold fold = ledger.foldOfTheJournal();
        assertThat(fold.findings()).isEmpty();
        Loan loan = fold.loan(LOAN).loan();
        assertThat(loan.closedCases())
                .extracting(closed -> closed.cumGross().amount())
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactlyInAnyOrder(gross(ETH_MARKET), gross(LedgerOnABroker.MARKET));
        assertThat(loan.closedCases())
                .extracting(ClosedCase::caseId)
                .allSatisfy(caseId -> assertThat(caseId).startsWith(LOAN + "/case/"));
        assertThat(loan.debt().posted().amount())
                .isEqualByComparingTo(PRINCIPAL.subtract(gross(ETH_MARKET)).subtract(gross(LedgerOnABroker.MARKET)));
        assertThat(held(loan, "ETH")).isEqualByComparingTo("0");
        assertThat(held(loan, "BTC")).isEqualByComparingTo(BigDecimal.ONE.subtract(bitcoins));
        assertThat(loan.marginCall()).isNull();
        // What is left is at 60 % by the index; the desk sold a little under it.
        assertThat(loan.debt().posted().amount())
                .isLessThan(held(loan, "BTC").multiply(new BigDecimal(bitcoin)).multiply(new BigDecimal("0.65")));
    }

    private static BigDecimal held(Loan loan, String asset) {
        return loan.coins().stream()
                .filter(coin -> coin.asset().code().equals(asset))
                .map(Collateral::held)
                .map(held -> held.amount())
                .findFirst()
                .orElseThrow();
    }

    private BigDecimal gross(String market) {
        return orders().stream()
                .filter(order -> order.getSymbol().equals(market))
                .map(ScriptedDesk::grossOf)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    // --- the world outside -------------------------------------------------------------------------------------------

    private void until(BooleanSupplier done, String otherwise) {
        Await.until(
                () -> {
                    ledger.price(ETH_MARKET, now(), ether, IndexState.LIVE);
                    ledger.price(now(), bitcoin, IndexState.LIVE);
                    return done.getAsBoolean();
                },
                PATIENCE,
                () -> otherwise + ": BTC at " + bitcoin + ", ETH at " + ether + ", " + ledger.loan(LOAN) + "; orders "
                        + orders() + "; replies " + ledger.read(TopicCatalogue.LIQUIDATION_REPLIES));
    }

    private void live() {
        publishTerms();
        ledger.requested(LOAN, now(), PRINCIPAL.toPlainString());
        ledger.locked(LOAN, now(), "the-bitcoin", "1.00000000");
        ledger.locked(LOAN, now(), "the-ether", "ETH", "10.00000000");
        until(
                () -> !ledger.read(TopicCatalogue.PAYMENT_INSTRUCTIONS, Disburse.class)
                        .isEmpty(),
                "never issued");
        ledger.disbursed(
                ledger.read(TopicCatalogue.PAYMENT_INSTRUCTIONS, Disburse.class).getFirst(), now());
        until(
                () -> ledger.loan(LOAN).map(Loan::status).orElse(LoanStatus.UNKNOWN) == LoanStatus.ACTIVE,
                "never active");
    }

    /** Every order of a market is filled in two parts; true when there was one. */
    private boolean sellsIn(String market) {
        boolean some = false;
        for (SellOrder order : orders()) {
            if (order.getSymbol().equals(market) && sold.add(order.getClOrdId())) {
                BigDecimal all = new BigDecimal(order.getOrderQty());
                BigDecimal part = all.divide(new BigDecimal("3"), 2, RoundingMode.DOWN);
                desk.takes(order);
                desk.sells(order, part, part);
                desk.sells(order, all.subtract(part), all);
                some = true;
            }
        }
        return some;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    // --- what is read back -------------------------------------------------------------------------------------------

    private boolean isCalled() {
        return ledger.loan(LOAN).filter(loan -> loan.marginCall() != null).isPresent();
    }

    /** As committed, so that what is read back afterwards is complete. */
    private int closedCases() {
        var stored = ledger.foldOfTheJournal().loan(LOAN);
        return stored == null ? 0 : stored.loan().closedCases().size();
    }

    private List<LiquidationRequested> requests() {
        return ledger.read(TopicCatalogue.LIQUIDATION_REQUESTS, LiquidationRequested.class);
    }

    private List<SellOrder> orders() {
        return ledger.read(TopicCatalogue.ORDERS, SellOrder.class);
    }

    private void publishTerms() {
        ledger.send(
                TopicCatalogue.TERMS,
                LedgerOnABroker.PRODUCT,
                ProductTerms.newBuilder()
                        .setEventId("terms-of-two-coins")
                        .setOccurredAt(Instant.EPOCH)
                        .setProducer("test")
                        .setProductId(LedgerOnABroker.PRODUCT)
                        .setVersion(1)
                        .setDebtAsset(new AssetDefinition("USD", 2, "swift/iso4217:USD"))
                        .setCollateral(List.of(
                                coin("ETH", "eip155:1/slip44:60", ETH_MARKET, "0.01000000"),
                                coin(
                                        "BTC",
                                        "bip122:000000000019d6689c085ae165831e93/slip44:0",
                                        LedgerOnABroker.MARKET,
                                        "0.00010000")))
                        .setOpenLtv(percent(50))
                        .setMarginCall(
                                new MarginCallTerms(reaches(70), percent(60), 86_400L, 3_600L, ClockStopper.DETECTED))
                        .setLiquidation(new LiquidationTerms(reaches(80), percent(60), "0", "0", "0.02", null))
                        .setAnnualRate("0")
                        .setDayCount(DayCount.ACT_365F)
                        .setExposureBasis(ExposureBasis.OUTSTANDING)
                        .setTermDays(365)
                        .setMixedCollateral(true)
                        .build());
    }

    private static CollateralTerms coin(String code, String caip, String market, String lot) {
        return CollateralTerms.newBuilder()
                .setAsset(new AssetDefinition(code, 8, caip))
                .setMarket(market)
                .setHaircut("0")
                .setLotSize(lot)
                .build();
    }

    private static Fraction percent(int percent) {
        return new Fraction(Integer.toString(percent), "100");
    }

    private static Threshold reaches(int percent) {
        return new Threshold(percent(percent), ThresholdComparator.REACHES);
    }
}
