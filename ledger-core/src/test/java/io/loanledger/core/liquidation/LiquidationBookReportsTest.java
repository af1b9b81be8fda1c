package io.loanledger.core.liquidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.liquidation.BookEffect.AlarmKind;
import io.loanledger.core.liquidation.BookEffect.CancelOrder;
import io.loanledger.core.liquidation.BookEffect.PlaceOrder;
import io.loanledger.core.liquidation.BookEffect.Settle;
import io.loanledger.core.liquidation.BookEffect.SuspenseReason;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the desk reports, in and out of order, once and twice, right and wrong. */
class LiquidationBookReportsTest {
    @Test
    void settlesEachPartialFillCumulatively() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();

        market.report(market.trade(order, "0.25", "74000.00", "0.25", "1.85"));
        assertThat(market.settled()).isEqualTo("0.25 18500.00 1.85");
        market.report(market.trade(order, "0.5", "73999.99", "0.75", "3.70"));
        // 18,500.00 + 36,999.995 = 55,499.995, half-even at the cent of the order's exact sum
        assertThat(market.settled()).isEqualTo("0.75 55500.00 5.55");
        market.report(market.trade(order, "0.25", "73999.98", "1", "1.85"));
        assertThat(market.settled()).isEqualTo("1 73999.99 7.40 final");
    }

    @Test
    void countsAFillOnce() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        ExecutionReport fill = market.trade(market.order(), "0.25", "74000.00", "0.25", "0");
        market.report(fill);

        assertThat(market.report(fill)).isEmpty();
    }

    @Test
    void countsTheSameExecutionIdOfAnotherDeskForItself() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        ExecutionReport fill = market.trade(market.order(), "0.25", "74000.00", "0.25", "0");
        market.report(fill);

        market.report(new ExecutionReport(
                "OTHER",
                fill.orderId(),
                fill.execId(),
                null,
                ExecType.TRADE,
                OrdStatus.PARTIALLY_FILLED,
                fill.lastQty(),
                fill.lastPx(),
                Quantity.of("0.5", Market.BTC),
                Quantity.of("0.5", Market.BTC),
                BigDecimal.ZERO,
                market.now));

        assertThat(market.settled()).isEqualTo("0.5 37000.00 0.00");
    }

    @Test
    void setsAsideAnExecutionIdWithOtherContent() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        ExecutionReport fill = market.trade(market.order(), "0.25", "74000.00", "0.25", "0");
        market.report(fill);

        market.report(new ExecutionReport(
                fill.desk(),
                fill.orderId(),
                fill.execId(),
                null,
                ExecType.TRADE,
                fill.ordStatus(),
                Quantity.of("0.3", Market.BTC),
                fill.lastPx(),
                fill.cumQty(),
                fill.leavesQty(),
                BigDecimal.ZERO,
                market.now));

        assertThat(market.suspended()).containsExactly(SuspenseReason.CONFLICTING_FILL);
        assertThat(market.settled()).isEqualTo("none");
    }

    @Test
    void neverCountsAnOrderStatusAsAFill() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();

        market.report(market.state(order, ExecType.ORDER_STATUS, OrdStatus.PARTIALLY_FILLED, "0.4", "0.6"));

        assertThat(market.settled()).isEqualTo("none");
        assertThat(market.alarms()).containsExactly(AlarmKind.LOST_FILLS);
    }

    @Test
    void setsAsideAReportForAnUnknownOrder() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        ExecutionReport fill = market.trade(market.order(), "0.25", "74000.00", "0.25", "0");

        Market other = Market.at("74000.00");
        other.report(fill);

        assertThat(other.suspended()).containsExactly(SuspenseReason.UNKNOWN_ORDER);
        assertThat(other.last.changed()).isEmpty();
    }

    @Test
    void keepsTheExcessOfAnOverfillOutOfTheSettlement() {
        Market market = Market.at("74000.00");
        market.sell("A", "0.5");
        OrderEntry order = market.order();

        market.report(market.trade(order, "0.6", "74000.00", "0.6", "6.00"));

        assertThat(market.suspended()).containsExactly(SuspenseReason.OVERFILL);
        assertThat(market.settled()).isEqualTo("0.5 37000.00 5.00 final");
    }

    @Test
    void waitsForTheFillsThatTheDeskCountsBeforeItOrdersTheRest() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();
        ExecutionReport fill = market.trade(order, "0.4", "74000.00", "0.4", "0");
        ExecutionReport end = market.state(order, ExecType.EXPIRED, OrdStatus.EXPIRED, "0.4", "0");

        market.report(end);
        assertThat(market.effects(PlaceOrder.class)).isEmpty();

        market.report(fill);
        assertThat(market.order().quantity()).isEqualTo(Quantity.of("0.6", Market.BTC));
        assertThat(market.settled()).isEqualTo("0.4 29600.00 0.00");
    }

    @Test
    void acceptsALateFillAfterTheEndAndKeepsWhatIsTooMuchOutOfTheSettlement() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry first = market.order();
        market.report(market.state(first, ExecType.EXPIRED, OrdStatus.EXPIRED, "0", "0"));
        OrderEntry second = market.order();

        market.report(market.trade(first, "0.3", "74000.00", "0.3", "0"));
        assertThat(market.settled()).isEqualTo("0.3 22200.00 0.00");
        market.report(market.trade(second, "1", "74000.00", "1", "0"));

        assertThat(market.suspended()).containsExactly(SuspenseReason.OVERSOLD_CASE);
        assertThat(market.settled()).isEqualTo("1 74000.00 0.00 final");
    }

    @Test
    void takesABustBackAndSellsTheCoinAgain() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();
        ExecutionReport fill = market.trade(order, "0.4", "74000.00", "0.4", "4.00");
        market.report(fill);
        market.after(Duration.ofSeconds(1)).report(market.bust(fill, "0"));
        assertThat(market.settled()).isEqualTo("0 0.00 0.00");

        market.report(market.state(order, ExecType.EXPIRED, OrdStatus.EXPIRED, "0", "0"));

        assertThat(market.order().quantity()).isEqualTo(Quantity.of("1", Market.BTC));
    }

    @Test
    void lowersTheFinalSettlementAfterABustAndStaysFinal() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        ExecutionReport fill = market.trade(market.order(), "1", "74000.00", "1", "7.40");
        market.report(fill);
        assertThat(market.settled()).isEqualTo("1 74000.00 7.40 final");

        market.after(Duration.ofMinutes(5)).report(market.bust(fill, "0"));

        assertThat(market.settled()).isEqualTo("0 0.00 0.00 final");
        assertThat(market.effects(PlaceOrder.class)).isEmpty();
    }

    @Test
    void putsACorrectionInPlaceOfItsFill() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        ExecutionReport fill = market.trade(market.order(), "0.4", "74000.00", "0.4", "0");
        market.report(fill);

        market.after(Duration.ofSeconds(1))
                .report(new ExecutionReport(
                        "DESK",
                        fill.orderId(),
                        "C1",
                        fill.execId(),
                        ExecType.TRADE_CORRECT,
                        OrdStatus.PARTIALLY_FILLED,
                        Quantity.of("0.3", Market.BTC),
                        new BigDecimal("73900.00"),
                        Quantity.of("0.3", Market.BTC),
                        Quantity.of("0.7", Market.BTC),
                        BigDecimal.ZERO,
                        market.now));

        assertThat(market.settled()).isEqualTo("0.3 22170.00 0.00");
    }

    @Test
    void saysNoLastWordWhileAnOrderThatABustBroughtBackCanStillFill() {
        Market market = Market.at("74000.00");
        market.sell("A", "0.5");
        OrderEntry order = market.order();
        ExecutionReport fill = market.trade(order, "0.5", "74000.00", "0.5", "0");
        market.report(fill);
        assertThat(market.settled()).isEqualTo("0.5 37000.00 0.00 final");

        market.after(Duration.ofSeconds(1))
                .report(new ExecutionReport(
                        "DESK",
                        order.orderId(),
                        "B1",
                        fill.execId(),
                        ExecType.TRADE_CANCEL,
                        OrdStatus.NEW,
                        Quantity.zero(Market.BTC),
                        BigDecimal.ZERO,
                        Quantity.zero(Market.BTC),
                        Quantity.of("0.5", Market.BTC),
                        BigDecimal.ZERO,
                        market.now));
        assertThat(market.settled()).isEqualTo("0 0.00 0.00");

        market.after(Duration.ofSeconds(1))
                .report(market.state(order, ExecType.CANCELED, OrdStatus.CANCELED, "0", "0"));
        assertThat(market.settled()).isEqualTo("0 0.00 0.00 final");
    }

    @Test
    void cancelsAnOrderThatABustBringsBackToLife() {
        Market market = new Market(Market.rules("0.5", "1000000.00", 4, 100));
        market.price("74000.00");
        market.sell("A", "1");
        OrderEntry first = market.order();
        ExecutionReport fill = market.trade(first, "0.5", "74000.00", "0.5", "0");
        market.report(fill);
        OrderEntry second = market.order();

        market.after(Duration.ofSeconds(1))
                .report(new ExecutionReport(
                        "DESK",
                        first.orderId(),
                        "B1",
                        fill.execId(),
                        ExecType.TRADE_CANCEL,
                        OrdStatus.NEW,
                        Quantity.zero(Market.BTC),
                        BigDecimal.ZERO,
                        Quantity.zero(Market.BTC),
                        Quantity.of("0.5", Market.BTC),
                        BigDecimal.ZERO,
                        market.now));
        assertThat(market.alarms()).containsExactly(AlarmKind.ORDER_REVIVED);
        assertThat(market.effects(CancelOrder.class))
                .singleElement()
                .satisfies(cancel -> assertThat(cancel.order().orderId()).isEqualTo(first.orderId()));
        // The second order ends without a fill; the first may still fill 0.5, so only 0.5 is tried again.
        market.report(market.state(second, ExecType.EXPIRED, OrdStatus.EXPIRED, "0", "0"));
        assertThat(market.order().quantity()).isEqualTo(Quantity.of("0.5", Market.BTC));
    }

    @Test
    void divideAFillAndItsCommissionToTheLastUnit() {
        Market market = new Market(Market.rules("10", "1000000.00", 1, 100));
        market.price("74000.00");
        market.sell("first", "1");
        OrderEntry first = market.order();
        for (String id : List.of("A", "B", "C")) {
            market.sell(id, "0.1");
        }
        market.report(market.trade(first, "1", "74000.00", "1", "0"));
        OrderEntry block = market.order();

        market.report(market.trade(block, "0.1", "74000.00", "0.1", "1.00"));

        assertThat(market.effects(Settle.class))
                .extracting(settle -> settle.caseId() + " " + Market.text(settle.settlement()))
                .containsExactly("A 0.03333334 2466.67 0.34", "B 0.03333333 2466.67 0.33", "C 0.03333333 2466.66 0.33");
    }

    /** Fills, a bust, a correction and the end, each three times, in a thousand orders of arrival: always the same place. */
    @Test
    void endsUpAtTheSamePlaceInWhateverOrderReportsArrive() {
        long seed = 311;
        Random random = new Random(seed);
        for (int round = 0; round < 1000; round++) {
            Market market = Market.at("74000.00");
            market.sell("A", "1");
            OrderEntry order = market.order();
            List<ExecutionReport> reports = story(market, order);
            List<ExecutionReport> shuffled = new ArrayList<>(reports);
            shuffled.addAll(reports);
            shuffled.addAll(reports);
            Collections.shuffle(shuffled, random);

            shuffled.forEach(market::report);

            // 0.2 x 74,000 busted; 0.3 x 73,900 corrected to 0.25 x 73,800; 0.1 x 73,000; commissions 2.50 and 1.00
            assertThat(Market.text(market.book.settlementOf("A")))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo("0.35 25750.00 3.50");
            assertThat(market.book.openCases()).isEqualTo(1);
        }
    }

    private static List<ExecutionReport> story(Market market, OrderEntry order) {
        ExecutionReport first = market.trade(order, "0.2", "74000.00", "0.2", "2.00");
        ExecutionReport second = market.trade(order, "0.3", "73900.00", "0.5", "3.00");
        ExecutionReport bust = market.after(Duration.ofMillis(1)).bust(first, "0.3");
        ExecutionReport correction = new ExecutionReport(
                "DESK",
                order.orderId(),
                "C1",
                second.execId(),
                ExecType.TRADE_CORRECT,
                OrdStatus.PARTIALLY_FILLED,
                Quantity.of("0.25", Market.BTC),
                new BigDecimal("73800.00"),
                Quantity.of("0.25", Market.BTC),
                Quantity.of("0.75", Market.BTC),
                new BigDecimal("2.50"),
                market.after(Duration.ofMillis(1)).now);
        market.after(Duration.ofMillis(1));
        ExecutionReport third = market.trade(order, "0.1", "73000.00", "0.35", "1.00");
        ExecutionReport end = market.state(order, ExecType.EXPIRED, OrdStatus.EXPIRED, "0.35", "0");
        return List.of(first, second, bust, correction, third, end);
    }
}
