package io.loanledger.liquidation;

import static io.loanledger.liquidation.ProcessorDriver.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.AmendAck;
import io.loanledger.events.ExecType;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.LiquidationDeclined;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.OrdStatus;
import io.loanledger.events.OrderCancel;
import io.loanledger.events.OrderCancelReject;
import io.loanledger.events.OrderStatusRequest;
import io.loanledger.events.SellOrder;
import io.loanledger.events.header.DeadLetter;
import io.loanledger.events.topic.TopicCatalogue;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong between processor, desk and clock, in records of the wire and in meters; the decisions are the book's. */
class DeskTroublesTest {
    private final ProcessorDriver driver = new ProcessorDriver();
    private final WireSamples samples = new WireSamples(driver);

    @AfterEach
    void close() {
        driver.close();
    }

    private SellOrder sell() {
        samples.index("74000.00");
        samples.request("A", "0.5");
        return only(driver.read(TopicCatalogue.ORDERS), SellOrder.class);
    }

    private double gauge(String name) {
        return driver.meters().get(name).tag("market", "BTC-USD").gauge().value();
    }

    private double alarms(String kind) {
        return driver.meters()
                .get("liquidation_desk_alarms")
                .tag("market", "BTC-USD")
                .tag("kind", kind)
                .counter()
                .count();
    }

    @Test
    void asksASilentDeskAndGoesOnFromItsAnswer() {
        SellOrder order = sell();
        driver.now = driver.now.plusSeconds(91);
        samples.index("73000.00");

        OrderStatusRequest question = only(driver.read(TopicCatalogue.ORDERS), OrderStatusRequest.class);
        assertThat(question.getClOrdId()).isEqualTo(order.getClOrdId());
        assertThat(question.getSymbol()).isEqualTo("BTC-USD");
        assertThat(question.getTransactTime()).isEqualTo(driver.now);
        assertThat(gauge("liquidation_orders_overdue")).isEqualTo(1);
        assertThat(alarms("ORDER_OVERDUE")).isEqualTo(1);

        // The desk never had it; it knows the order's id and the market, no more.
        driver.pipe(
                TopicCatalogue.EXECUTIONS,
                "BTC-USD",
                ExecutionReport.newBuilder(
                                samples.report(order.getClOrdId(), ExecType.ORDER_STATUS, OrdStatus.REJECTED))
                        .setOrderId("NONE")
                        .setExecId(question.getOrdStatusReqId())
                        .setLeavesQty("0")
                        .setCurrency("")
                        .build());
        assertThat(gauge("liquidation_orders_overdue")).isZero();
        driver.now = driver.now.plusSeconds(1);
        samples.index("73000.00");

        SellOrder next = only(driver.read(TopicCatalogue.ORDERS), SellOrder.class);
        assertThat(next.getAttempt()).isEqualTo(2);
        assertThat(next.getOrderQty()).isEqualTo("0.50000000");
    }

    @Test
    void showsFillsThatTheDeskCountsAndHasNotReported() {
        SellOrder order = sell();
        ExecutionReport fill = samples.fill(order.getClOrdId(), "E1", "0.2", "0.2", "0.3", "0");
        driver.now = driver.now.plusSeconds(1);
        driver.pipe(
                TopicCatalogue.EXECUTIONS,
                "BTC-USD",
                ExecutionReport.newBuilder(samples.report(order.getClOrdId(), ExecType.EXPIRED, OrdStatus.EXPIRED))
                        .setCumQty("0.2")
                        .setLeavesQty("0")
                        .build());

        assertThat(gauge("liquidation_orders_missing_fills")).isEqualTo(1);
        assertThat(driver.read(TopicCatalogue.ORDERS)).isEmpty();
        driver.pipe(TopicCatalogue.EXECUTIONS, "BTC-USD", fill);
        assertThat(gauge("liquidation_orders_missing_fills")).isZero();
        assertThat(only(driver.read(TopicCatalogue.ORDERS), SellOrder.class).getOrderQty())
                .isEqualTo("0.30000000");
    }

    @Test
    void takesARefusedCancelAndThenTheFillThatRefusedIt() {
        SellOrder order = sell();
        samples.amend("A", 2, "0.1");
        OrderCancel cancel = only(driver.read(TopicCatalogue.ORDERS), OrderCancel.class);
        assertThat(driver.read(TopicCatalogue.LIQUIDATION_REPLIES)).isEmpty();

        driver.pipe(
                TopicCatalogue.EXECUTIONS,
                "BTC-USD",
                OrderCancelReject.newBuilder()
                        .setSenderCompId("DESK")
                        .setOrderId("desk-1")
                        .setClOrdId(cancel.getClOrdId())
                        .setOrigClOrdId(order.getClOrdId())
                        .setOrdStatus(OrdStatus.FILLED)
                        .setCxlRejReason("0")
                        .setText(null)
                        .setTransactTime(driver.now)
                        .build());
        assertThat(alarms("CANCEL_REFUSED")).isEqualTo(1);
        assertThat(driver.read(TopicCatalogue.LIQUIDATION_REPLIES)).isEmpty();
        samples.trade(order, "E1", "0.5", "0.5", "0", "0");

        var replies = driver.read(TopicCatalogue.LIQUIDATION_REPLIES);
        assertThat(only(replies, AmendAck.class).getIrrevocableQuantity()).isEqualTo("0.50000000");
        assertThat(only(replies, LiquidationSettled.class).getFinalSettlement()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a blank text where FIX leaves the tag out | ''
            spaces                                    | '  '
            """)
    void takesABlankTagForAnAbsentOne(String name, String blank) {
        SellOrder order = sell();

        driver.pipe(
                TopicCatalogue.EXECUTIONS,
                "BTC-USD",
                ExecutionReport.newBuilder(samples.fill(order.getClOrdId(), "E1", "0.5", "0.5", "0", "0"))
                        .setOrigClOrdId(blank)
                        .setExecRefId(blank)
                        .build());

        assertThat(only(driver.read(TopicCatalogue.LIQUIDATION_REPLIES), LiquidationSettled.class)
                        .getCumQuantity())
                .as(name)
                .isEqualTo("0.50000000");
    }

    @Test
    void setsAsideABustThatNamesNothing() {
        SellOrder order = sell();

        driver.pipe(
                TopicCatalogue.EXECUTIONS,
                "BTC-USD",
                ExecutionReport.newBuilder(samples.report(order.getClOrdId(), ExecType.TRADE_CANCEL, OrdStatus.NEW))
                        .setExecRefId(" ")
                        .build());

        assertThat(driver.drain(TopicCatalogue.DEAD_LETTERS))
                .singleElement()
                .satisfies(letter -> assertThat(
                                DeadLetter.readFrom(letter.headers()).orElseThrow())
                        .satisfies(why -> assertThat(why.reason()).isEqualTo("IMPOSSIBLE"))
                        .satisfies(
                                why -> assertThat(why.detail()).isEqualTo("a bust or correction without execRefId")));
    }

    // ---- clocks
    // -----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"PT1H, 3600, REQUEST_TOO_OLD", "PT-1H, -3600, INDEX_TOO_OLD"})
    void saysThatItsClockIsAnHourOffAndSellsNothing(Duration off, double ahead, String reason) {
        var index = samples.nextIndex("74000.00");
        var request = samples.requestIn("BTC-USD", "A", "0.5");
        driver.now = driver.now.plus(off);

        driver.pipe(TopicCatalogue.INDEX_PRICES, "BTC-USD", index);
        driver.pipe(TopicCatalogue.LIQUIDATION_REQUESTS, "BTC-USD", request);

        assertThat(driver.read(TopicCatalogue.ORDERS)).isEmpty();
        assertThat(only(driver.read(TopicCatalogue.LIQUIDATION_REPLIES), LiquidationDeclined.class)
                        .getReason())
                .isEqualTo(reason);
        assertThat(driver.meters()
                        .get("liquidation_declines")
                        .tag("reason", reason)
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(gauge("liquidation_clock_ahead_seconds")).isEqualTo(ahead);
    }

    @Test
    void sellsNothingOfAnHourThatItWasStoppedFor() {
        SellOrder before = sell();
        var wick = samples.nextIndex("50000.00");
        var request = samples.requestIn("BTC-USD", "B", "0.5");
        var expired = ExecutionReport.newBuilder(
                        samples.report(before.getClOrdId(), ExecType.EXPIRED, OrdStatus.EXPIRED))
                .setLeavesQty("0")
                .build();
        driver.now = driver.now.plus(Duration.ofHours(1));
        driver.restart();

        driver.pipe(TopicCatalogue.INDEX_PRICES, "BTC-USD", wick);
        driver.pipe(TopicCatalogue.LIQUIDATION_REQUESTS, "BTC-USD", request);
        driver.pipe(TopicCatalogue.EXECUTIONS, "BTC-USD", expired);
        samples.index("90000.00");

        assertThat(driver.read(TopicCatalogue.ORDERS))
                .as("a question about the order of before, no order")
                .allMatch(OrderStatusRequest.class::isInstance);
        assertThat(driver.read(TopicCatalogue.LIQUIDATION_REPLIES))
                .hasSize(2)
                .allMatch(LiquidationDeclined.class::isInstance);
    }

    // ---- the book's own sums
    // ----------------------------------------------------------------------------------------

    @Test
    void haltsAMarketOfWhichTheStoreLostAFill() {
        SellOrder order = sell();
        samples.trade(order, "E1", "0.2", "0.2", "0.3", "0");
        driver.stored().keySet().stream()
                .filter(key -> key.startsWith("BTC-USD\0" + "4\0"))
                .forEach(driver::delete);
        driver.restart();

        samples.index("74000.00");
        samples.request("B", "0.5");

        assertThat(driver.read(TopicCatalogue.ORDERS)).isEmpty();
        assertThat(gauge("liquidation_market_halted")).isEqualTo(1);
        assertThat(driver.meters()
                        .get("ledger_invariant_violations")
                        .tag("invariant", "BookEqualsSum")
                        .counter()
                        .count())
                .isEqualTo(1);

        driver.restart();
        samples.index("74000.00");
        assertThat(gauge("liquidation_market_halted")).isEqualTo(1);
        samples.pause(1, "BTC-USD", true);
        samples.pause(2, "BTC-USD", false);
        assertThat(gauge("liquidation_market_halted")).isZero();
        assertThat(only(driver.read(TopicCatalogue.ORDERS), SellOrder.class)
                        .getAllocations()
                        .getFirst()
                        .getAllocAccount())
                .isEqualTo("B");
    }
}
