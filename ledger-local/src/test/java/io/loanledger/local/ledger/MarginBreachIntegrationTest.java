package io.loanledger.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.ClosedCase;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.events.DeliverCollateral;
import io.loanledger.events.Disburse;
import io.loanledger.events.ExecType;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.IndexPrice;
import io.loanledger.events.IndexState;
import io.loanledger.events.LiquidationAmended;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.MarginCallIssued;
import io.loanledger.events.OrdStatus;
import io.loanledger.events.PriceEvidence;
import io.loanledger.events.PriceTick;
import io.loanledger.events.SellOrder;
import io.loanledger.events.Side;
import io.loanledger.events.TickKind;
import io.loanledger.events.service.ServicePhase;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.ingest.PriceIngestService;
import io.loanledger.ingest.PriceIngestSettings;
import io.loanledger.ingest.feed.TickPublisher;
import io.loanledger.liquidation.LiquidationService;
import io.loanledger.liquidation.LiquidationSettings;
import io.loanledger.local.checker.Check;
import io.loanledger.local.checker.CheckOnABroker;
import io.loanledger.local.checker.CheckReport;
import io.loanledger.local.net.FreePorts;
import io.loanledger.local.testing.Await;
import io.loanledger.streams.wire.JournalFold;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
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
 * All services together: venues' ticks become an index, the index breaks a loan's limits, the sale goes to a scripted desk that reports
 * in parts and twice, and its settlement comes back into the journal. Everything is then read back and computed again.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class MarginBreachIntegrationTest {
    private static final int PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration PRICE_AGE = Duration.ofMinutes(1);
    private static final String LOAN = "breached";
    private static final BigDecimal PRINCIPAL = new BigDecimal("9000.00");
    private static final BigDecimal COMMISSION = new BigDecimal("0.37");
    private static final BigDecimal LOT = new BigDecimal("0.0001");
    private static final BigDecimal BOTTOM = new BigDecimal("11200.00");

    /** Under the 3 % at which a venue that others have not followed yet counts as an outlier. */
    private static final BigDecimal STEP = new BigDecimal("0.975");

    private static final List<String> VENUES = List.of("alpha", "bravo", "charlie");

    @TempDir
    private Path folder;

    private final Set<String> answered = new HashSet<>();
    private BigDecimal quote = new BigDecimal("18500.00");
    private int reports;
    private LedgerOnABroker ledger;
    private PriceIngestService prices;
    private LiquidationService liquidation;
    private TickPublisher venues;

    @BeforeEach
    void start() throws InterruptedException {
        ledger = new LedgerOnABroker(folder, PARTITIONS);
        ledger.startService();
        Map<String, String> common = common(ledger.connection());
        Map<String, String> ingest = new HashMap<>(common);
        ingest.putAll(Map.of("INDEX_MARKETS", "BTC-USD:2", "INDEX_VENUES", "alpha:USD,bravo:USD,charlie:USD"));
        prices = new PriceIngestService(
                PriceIngestSettings.from(PriceIngestSettings.TABLE.read(ingest)), new SimpleMeterRegistry(), null);
        prices.start();
        assertThat(prices.awaitRunning()).isTrue();
        Map<String, String> selling = new HashMap<>(common);
        selling.putAll(Map.of(
                "LIQUIDATION_STATE_DIR",
                folder.resolve("liquidation").toString(),
                "LIQUIDATION_MARKETS",
                "BTC-USD:BTC/8:USD/2:0.01:10:1000000",
                // A busy machine may take its time; how old things may be is tested elsewhere.
                "LIQUIDATION_PRICE_MAX_AGE_MS",
                Long.toString(PRICE_AGE.toMillis()),
                "LIQUIDATION_REQUEST_MAX_AGE_MS",
                "60000",
                "LIQUIDATION_ORDER_LIFE_MS",
                "120000"));
        liquidation = LiquidationService.start(LiquidationSettings.from(LiquidationSettings.TABLE.read(selling)));
        venues = new TickPublisher(ledger.connection());
    }

    private static Map<String, String> common(KafkaConnectionSettings kafka) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                "SCHEMA_REGISTRY_URL", String.join(",", kafka.registryUrls()),
                "LEDGER_PARTITIONS", Integer.toString(PARTITIONS),
                "LEDGER_REPLICATION_FACTOR", "1",
                "METRICS_PORT", Integer.toString(FreePorts.one()));
    }

    @AfterEach
    void stop() {
        venues.close();
        liquidation.close();
        prices.close();
        ledger.close();
    }

    @Test
    void sellsWhatTheEvidenceDemandsAndNoMoreFromTickToJournal() {
        ledger.terms(1, "0");
        ledger.requested(LOAN, now(), PRINCIPAL.toPlainString());
        ledger.locked(LOAN, now(), "the-coin", "1.00000000");
        until(() -> !disbursements().isEmpty(), "never issued");
        ledger.disbursed(disbursements().getFirst(), now());
        until(() -> status() == LoanStatus.ACTIVE, "never active");

        until(
                () -> {
                    if (indexHasFollowed()) {
                        BigDecimal next = quote.multiply(STEP).setScale(2, RoundingMode.HALF_EVEN);
                        quote = next.max(BOTTOM);
                    }
                    return isMeasuredAtTheBottom();
                },
                "never broke the limit");
        until(
                () -> {
                    work();
                    return closedCases() == 1;
                },
                "never settled");

        Await.until(
                () -> delivered().compareTo(lastWord(requests().getFirst()).quantity()) == 0,
                PATIENCE,
                () -> "delivered " + delivered());
        LiquidationRequested request = requests().getFirst();
        LastWord word = lastWord(request);
        noSellWithoutReason(word);
        assertThat(word.evidence().getPrice()).isEqualTo(BOTTOM.toPlainString());
        // On its way from 49 % to 80 % the loan was called first.
        assertThat(ledger.read(TopicCatalogue.MARGIN_CALLS, MarginCallIssued.class))
                .singleElement()
                .satisfies(call -> assertThat(call.getIssuedAt()).isBefore(request.getRequestedAt()));
        List<SellOrder> orders = ledger.read(TopicCatalogue.ORDERS, SellOrder.class);
        orderArithmetic(word, orders);
        theJournalSaysWhatTheDeskSold(word, orders);
        assertThat(prices.phase()).isEqualTo(ServicePhase.RUNNING);
        assertThat(liquidation.phase()).isEqualTo(ServicePhase.RUNNING);
        assertThat(ledger.service().phase()).isEqualTo(ServicePhase.RUNNING);
        assertThat(ledger.read(TopicCatalogue.DEAD_LETTERS)).isEmpty();
        assertThat(ledger.read(TopicCatalogue.REJECTIONS)).isEmpty();
        CheckReport report = CheckOnABroker.check(ledger.connection(), PRICE_AGE);
        assertThat(report.violations()).isEmpty();
        assertThat(report.counts().get(Check.SETTLEMENT_IS_FILLS).looked()).isEqualTo(1);
        assertThat(report.counts().get(Check.ORDER_HAS_A_REASON).looked()).isPositive();
        assertThat(report.counts().get(Check.BREACH_IMPLIES_ACTION).looked()).isPositive();
    }

    // --- the world outside -------------------------------------------------------------------------------------------

    private void until(BooleanSupplier done, String otherwise) {
        Await.until(
                () -> {
                    venues.publish(VENUES.stream().map(this::tick).toList());
                    venues.flush();
                    return done.getAsBoolean();
                },
                PATIENCE,
                () -> otherwise + " at " + quote + ": " + ledger.loan(LOAN) + "; last index "
                        + ledger.readPartition(TopicCatalogue.INDEX_PRICES, 0, IndexPrice.class)
                                .getLast()
                        + "; orders " + ledger.read(TopicCatalogue.ORDERS) + "; replies "
                        + ledger.read(TopicCatalogue.LIQUIDATION_REPLIES));
    }

    private PriceTick tick(String venue) {
        Instant now = now();
        return PriceTick.newBuilder()
                .setEventId(venue + "-" + now)
                .setOccurredAt(now)
                .setProducer("test")
                .setMarket(LedgerOnABroker.MARKET)
                .setVenue(venue)
                .setKind(TickKind.TRADE)
                .setPrice(quote.toPlainString())
                .setQuoteCurrency("USD")
                .build();
    }

    /** The desk: it takes each order, sells a part of it, says so twice, then the rest, and says that twice. */
    private void work() {
        for (SellOrder order : ledger.read(TopicCatalogue.ORDERS, SellOrder.class)) {
            if (answered.add(order.getClOrdId())) {
                BigDecimal all = new BigDecimal(order.getOrderQty());
                BigDecimal part = all.divide(new BigDecimal("3"), 4, RoundingMode.DOWN);
                report(order, ExecType.NEW, BigDecimal.ZERO, BigDecimal.ZERO, all);
                ExecutionReport first = report(order, ExecType.TRADE, part, part, all.subtract(part));
                ledger.send(TopicCatalogue.EXECUTIONS, order.getSymbol(), first);
                ExecutionReport last = report(order, ExecType.TRADE, all.subtract(part), all, BigDecimal.ZERO);
                ledger.send(TopicCatalogue.EXECUTIONS, order.getSymbol(), last);
            }
        }
    }

    private ExecutionReport report(
            SellOrder order, ExecType type, BigDecimal quantity, BigDecimal cumulative, BigDecimal leaves) {
        boolean trade = type == ExecType.TRADE;
        OrdStatus status =
                !trade ? OrdStatus.NEW : leaves.signum() == 0 ? OrdStatus.FILLED : OrdStatus.PARTIALLY_FILLED;
        ExecutionReport report = ExecutionReport.newBuilder()
                .setSenderCompId("DESK")
                .setOrderId("desk-" + order.getClOrdId())
                .setExecId("E" + ++reports)
                .setExecRefId(null)
                .setClOrdId(order.getClOrdId())
                .setOrigClOrdId(null)
                .setExecType(type)
                .setOrdStatus(status)
                .setSymbol(order.getSymbol())
                .setSide(Side.SELL)
                .setLastQty(quantity.toPlainString())
                .setLastPx(trade ? order.getPrice() : "0")
                .setCumQty(cumulative.toPlainString())
                .setLeavesQty(leaves.toPlainString())
                .setAvgPx(trade ? order.getPrice() : "0")
                .setCommission(trade ? COMMISSION.toPlainString() : "0")
                .setCurrency(order.getCurrency())
                .setTransactTime(now())
                .setText(null)
                .build();
        ledger.send(TopicCatalogue.EXECUTIONS, order.getSymbol(), report);
        return report;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    // --- what is read back -------------------------------------------------------------------------------------------

    /** The evidence is a committed, open index price, the limit is broken at it, and the quantity is the least that heals. */
    private void noSellWithoutReason(LastWord word) {
        PriceEvidence evidence = word.evidence();
        assertThat(ledger.readPartition(TopicCatalogue.INDEX_PRICES, 0, IndexPrice.class))
                .filteredOn(index ->
                        index.getEpoch() == evidence.getEpoch() && index.getSequence() == evidence.getSequence())
                .singleElement()
                .satisfies(index -> {
                    assertThat(index.getPrice()).isEqualTo(evidence.getPrice());
                    assertThat(index.getPriceTime()).isEqualTo(evidence.getPriceTime());
                    assertThat(index.getSources()).isEqualTo(evidence.getSources());
                    assertThat(index.getState()).isIn(IndexState.LIVE, IndexState.DEGRADED);
                });
        BigDecimal price = new BigDecimal(evidence.getPrice());
        BigDecimal coin = new BigDecimal(evidence.getCollateralQuantity());
        assertThat(new BigDecimal(evidence.getExposure())).isEqualByComparingTo(PRINCIPAL);
        assertThat(coin).isEqualByComparingTo("1");
        assertThat(PRINCIPAL).isGreaterThanOrEqualTo(coin.multiply(price).multiply(new BigDecimal("0.80")));

        BigDecimal least = LOT;
        while (!heals(least, price)) {
            least = least.add(LOT);
        }
        assertThat(word.quantity()).isEqualByComparingTo(least);
    }

    /** Debt left over what the rest of the coin is worth is at most 60 %. */
    private static boolean heals(BigDecimal sold, BigDecimal price) {
        BigDecimal gross = sold.multiply(price).setScale(2, RoundingMode.DOWN);
        BigDecimal left = PRINCIPAL.subtract(gross.subtract(fee(gross)));
        BigDecimal worth = BigDecimal.ONE.subtract(sold).multiply(price);
        return left.compareTo(worth.multiply(new BigDecimal("0.60"))) <= 0;
    }

    private static BigDecimal fee(BigDecimal gross) {
        return gross.multiply(new BigDecimal("0.0099")).setScale(2, RoundingMode.HALF_EVEN);
    }

    /** Each order is the sum of its parts, all of them are of the case, and together they are not more than it reserves. */
    private static void orderArithmetic(LastWord word, List<SellOrder> orders) {
        BigDecimal total = BigDecimal.ZERO;
        BigDecimal floor = new BigDecimal(word.evidence().getPrice()).multiply(new BigDecimal("0.9"));
        for (SellOrder order : orders) {
            BigDecimal parts = order.getAllocations().stream()
                    .map(part -> new BigDecimal(part.getAllocQty()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(parts).isEqualByComparingTo(order.getOrderQty());
            assertThat(order.getAllocations())
                    .allMatch(part -> part.getAllocAccount().equals(word.caseId()));
            assertThat(new BigDecimal(order.getPrice())).isGreaterThan(floor);
            total = total.add(parts);
        }
        assertThat(total).as("SellBound").isEqualByComparingTo(word.quantity());
    }

    private void theJournalSaysWhatTheDeskSold(LastWord word, List<SellOrder> orders) {
        BigDecimal quantity = word.quantity();
        BigDecimal gross = BigDecimal.ZERO;
        BigDecimal commission = BigDecimal.ZERO;
        for (SellOrder order : orders) {
            gross = gross.add(new BigDecimal(order.getOrderQty()).multiply(new BigDecimal(order.getPrice())));
            commission = commission.add(COMMISSION).add(COMMISSION);
        }
        gross = gross.setScale(2, RoundingMode.DOWN);
        LiquidationSettled last = ledger.read(TopicCatalogue.LIQUIDATION_REPLIES, LiquidationSettled.class).stream()
                .filter(LiquidationSettled::getFinalSettlement)
                .findFirst()
                .orElseThrow();
        assertThat(last.getCumQuantity()).isEqualTo(quantity.setScale(8).toPlainString());
        assertThat(last.getCumGross()).isEqualTo(gross.toPlainString());
        assertThat(last.getCumFees()).isEqualTo(commission.toPlainString());

        JournalFold fold = ledger.foldOfTheJournal();
        assertThat(fold.findings()).isEmpty();
        Loan loan = fold.loan(LOAN).loan();
        ClosedCase closed = loan.closedCases().getFirst();
        assertThat(closed.caseId()).isEqualTo(word.caseId());
        assertThat(closed.cumQuantity().amount()).isEqualByComparingTo(quantity);
        assertThat(closed.cumGross().amount()).isEqualByComparingTo(gross);
        assertThat(closed.cumDeskFees().amount()).isEqualByComparingTo(commission);
        assertThat(loan.debt().posted().amount()).isEqualByComparingTo(PRINCIPAL.subtract(gross.subtract(fee(gross))));
        assertThat(loan.collateral().held().amount()).isEqualByComparingTo(BigDecimal.ONE.subtract(quantity));
        assertThat(loan.collateral().reserved().isZero()).isTrue();
        assertThat(loan.marginCall()).isNull();
        assertThat(delivered()).isEqualByComparingTo(quantity);
    }

    private BigDecimal delivered() {
        return ledger.read(TopicCatalogue.CUSTODY_INSTRUCTIONS, DeliverCollateral.class).stream()
                .map(delivery -> new BigDecimal(delivery.getQuantity()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private List<Disburse> disbursements() {
        return ledger.read(TopicCatalogue.PAYMENT_INSTRUCTIONS, Disburse.class);
    }

    private List<LiquidationRequested> requests() {
        return ledger.read(TopicCatalogue.LIQUIDATION_REQUESTS, LiquidationRequested.class);
    }

    /** The case as the ledger left it: what it reserves, and the price behind that. */
    private record LastWord(String caseId, BigDecimal quantity, PriceEvidence evidence) {}

    /** One venue's tick may have broken the limit before the others followed: the case was then enlarged. */
    private LastWord lastWord(LiquidationRequested request) {
        assertThat(requests()).containsExactly(request);
        List<LiquidationAmended> amendments =
                ledger.read(TopicCatalogue.LIQUIDATION_REQUESTS, LiquidationAmended.class);
        return amendments.isEmpty()
                ? new LastWord(
                        request.getCaseId(), new BigDecimal(request.getReservedQuantity()), request.getEvidence())
                : new LastWord(
                        request.getCaseId(),
                        new BigDecimal(amendments.getLast().getReservedQuantity()),
                        amendments.getLast().getEvidence());
    }

    private boolean indexHasFollowed() {
        List<IndexPrice> all = ledger.readPartition(TopicCatalogue.INDEX_PRICES, 0, IndexPrice.class);
        return !all.isEmpty()
                && all.getLast().getState() == IndexState.LIVE
                && quote.toPlainString().equals(all.getLast().getPrice());
    }

    private boolean isMeasuredAtTheBottom() {
        return ledger.loan(LOAN)
                .map(Loan::openCase)
                .filter(open -> BOTTOM.toPlainString().equals(open.measuredAt().toString()))
                .isPresent();
    }

    private LoanStatus status() {
        return ledger.loan(LOAN).map(Loan::status).orElse(LoanStatus.UNKNOWN);
    }

    /** As committed, so that what is read back afterwards is complete. */
    private int closedCases() {
        var stored = ledger.foldOfTheJournal().loan(LOAN);
        return stored == null ? 0 : stored.loan().closedCases().size();
    }
}
