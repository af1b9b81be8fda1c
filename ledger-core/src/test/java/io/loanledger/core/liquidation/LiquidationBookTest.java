package io.loanledger.core.liquidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.liquidation.BookEffect.CancelOrder;
import io.loanledger.core.liquidation.BookEffect.DeclineCase;
import io.loanledger.core.liquidation.BookEffect.FormBlock;
import io.loanledger.core.liquidation.BookEffect.PlaceOrder;
import io.loanledger.core.liquidation.BookEffect.RecordExecution;
import io.loanledger.core.liquidation.BookEffect.Settle;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.price.IndexState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** From the request to the order: the check of old evidence, priority, blocks, slices, attempts, kill switch and pause. */
class LiquidationBookTest {
    @Test
    void sellsAtTheFloorUnderTheNewestIndex() {
        Market market = Market.at("74000.00");

        market.sell("A", "0.5");

        OrderEntry order = market.order();
        assertThat(order.quantity()).isEqualTo(Quantity.of("0.5", Market.BTC));
        assertThat(order.limit()).isEqualByComparingTo("72520.00"); // 74,000.00 less 2 %
        assertThat(order.expireAt()).isEqualTo(Market.T0.plusSeconds(30));
        assertThat(order.sequence()).isEqualTo(1);
        assertThat(order.allocations()).containsExactly(new OrderEntry.Allocation("A", Quantity.of("0.5", Market.BTC)));
    }

    @Test
    void roundsTheFloorUpToTheTick() {
        Market market = Market.at("74000.33"); // x 0.98 = 72,520.3234

        market.sell("A", "0.5");

        assertThat(market.order().limit()).isEqualByComparingTo("72520.33");
    }

    @Test
    void namesTheBlockBeforeItsOrder() {
        Market market = Market.at("74000.00");

        market.sell("A", "0.5");

        List<Class<?>> kinds =
                market.last.effects().stream().<Class<?>>map(Object::getClass).toList();
        assertThat(kinds).containsExactly(FormBlock.class, RecordExecution.class, PlaceOrder.class);
        assertThat(market.effects(RecordExecution.class).getFirst().task().outcome())
                .isEqualTo("STARTED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            case                     | reason       | reserved | index     | state   | requestAge | indexAge | answer
            nothing reserved first   | HARD_LTV     | 0        | 80000.00  | HALTED  | 100        | 100      | NOTHING_RESERVED
            own evidence too dear    | HARD_LTV     | 0.5      | 80000.00  | HALTED  | -1         | 100      | EVIDENCE_DOES_NOT_HOLD
            request over 30 s        | HARD_LTV     | 0.5      | 80000.00  | HALTED  | 31         | 0        | REQUEST_TOO_OLD
            request just 30 s        | HARD_LTV     | 0.5      | 74000.00  | LIVE    | 30         | 0        | ORDER
            index halted             | HARD_LTV     | 0.5      | 80000.00  | HALTED  | 0          | 100      | INDEX_NOT_OPEN
            index suspect            | MANUAL       | 0.5      | 70000.00  | SUSPECT | 0          | 0        | INDEX_NOT_OPEN
            index stale              | CALL_EXPIRED | 0.5      | 70000.00  | STALE   | 0          | 0        | INDEX_NOT_OPEN
            index over 5 s           | HARD_LTV     | 0.5      | 80000.00  | LIVE    | 0          | 6        | INDEX_TOO_OLD
            index just 5 s           | HARD_LTV     | 0.5      | 74000.00  | LIVE    | 0          | 5        | ORDER
            index from the future    | HARD_LTV     | 0.5      | 74000.00  | LIVE    | 0          | -6       | INDEX_TOO_OLD
            recovered                | HARD_LTV     | 0.5      | 75000.01  | LIVE    | 0          | 0        | BREACH_IS_OVER
            exactly at the threshold | HARD_LTV     | 0.5      | 75000.00  | LIVE    | 0          | 0        | ORDER
            degraded is open         | HARD_LTV     | 0.5      | 74000.00  | DEGRADED| 0          | 0        | ORDER
            a call needs no breach   | CALL_EXPIRED | 0.5      | 90000.00  | LIVE    | 0          | 0        | ORDER
            nor does maturity        | MATURITY     | 0.5      | 90000.00  | LIVE    | 0          | 0        | ORDER
            """, useHeadersInDisplayName = true)
    void checksTheEvidenceInOrderOfPrecedence(
            String name,
            SaleReason reason,
            String reserved,
            String index,
            IndexState state,
            int requestAge,
            int indexAge,
            String answer) {
        Market market = new Market(Market.RULES);
        market.now = Market.T0.minusSeconds(indexAge);
        market.sequence = 10;
        market.price(index, state);
        market.now = Market.T0.minusSeconds(Math.max(requestAge, 0));
        market.sequence = 5;
        // An age of -1 stands for evidence that shows no breach at its own price.
        SaleEvidence evidence = market.evidence(requestAge < 0 ? "75000.01" : "75000.00", "60000.00", "1");
        market.now = Market.T0;

        market.apply(new BookInput.RequestSale(market.request("A", reason, reserved, evidence)));

        List<DeclineCase> declines = market.effects(DeclineCase.class);
        String seen =
                declines.isEmpty() ? "ORDER" : declines.getFirst().reason().name();
        assertThat(seen).as(name).isEqualTo(answer);
        assertThat(market.effects(PlaceOrder.class)).hasSize(declines.isEmpty() ? 1 : 0);
        assertThat(market.effects(Settle.class)).isEmpty();
        declines.forEach(decline -> assertThat(decline.indexSequence()).isEqualTo(11));
    }

    @Test
    void takesTheEvidenceForTheNewestPriceWhenTheIndexHasNotComeYet() {
        Market market = new Market(Market.RULES);

        market.sell("A", "0.5");

        assertThat(market.order().limit()).isEqualByComparingTo("73500.00"); // 75,000.00 less 2 %
    }

    @Test
    void sellsAnOlderRequestAtTheNewestPriceWhenThatShowsTheBreachToo() {
        Market market = Market.at("75000.00");
        SaleRequest old = market.request("A", SaleReason.HARD_LTV, "0.5", market.evidence("75000.00", "60000.00", "1"));
        market.after(Duration.ofSeconds(20)).price("73000.00");

        market.apply(new BookInput.RequestSale(old));

        assertThat(market.order().limit()).isEqualByComparingTo("71540.00"); // 73,000.00 less 2 %
        assertThat(market.order().sequence()).isEqualTo(2);
    }

    @Test
    void answersARepeatedRequestOnce() {
        Market market = Market.at("74000.00");
        SaleRequest request =
                market.request("A", SaleReason.HARD_LTV, "0.5", market.evidence("75000.00", "60000.00", "1"));
        market.apply(new BookInput.RequestSale(request));

        assertThat(market.apply(new BookInput.RequestSale(request))).isEmpty();

        SaleRequest other =
                market.request("A", SaleReason.HARD_LTV, "0.6", market.evidence("75000.00", "60000.00", "1"));
        assertThat(market.apply(new BookInput.RequestSale(other)))
                .singleElement()
                .isInstanceOfSatisfying(
                        BookEffect.Suspend.class,
                        suspend ->
                                assertThat(suspend.reason()).isEqualTo(BookEffect.SuspenseReason.CONFLICTING_REQUEST));
    }

    @Test
    void repeatsADeclineToARepeatedRequest() {
        Market market = Market.at("76000.00");
        SaleRequest request =
                market.request("A", SaleReason.HARD_LTV, "0.5", market.evidence("75000.00", "60000.00", "1"));
        List<BookEffect> first = List.copyOf(market.apply(new BookInput.RequestSale(request)));
        DeclineCase decline = Market.of(first, DeclineCase.class).getFirst();

        assertThat(market.apply(new BookInput.RequestSale(request))).containsExactly(decline);
    }

    @Test
    void sellsTheDeepestFirstThenTheLargestThenTheOldestThenByName() {
        Market market = new Market(Market.rules("10", "1000000.00", 1, 100));
        market.price("74000.00");
        market.sell("first", "1");
        OrderEntry first = market.order();
        queue(market, "d", "61000.00", "0.2");
        queue(market, "c", "61000.00", "0.3");
        queue(market, "b", "62000.00", "0.1");
        market.after(Duration.ofMillis(1));
        queue(market, "a", "61000.00", "0.2");
        market.now = market.now.minusMillis(1);
        queue(market, "e", "61000.00", "0.2");

        market.report(market.trade(first, "1", "74000.00", "1", "0"));

        assertThat(market.effects(FormBlock.class).getFirst().block().members())
                .extracting(BlockEntry.Member::caseId)
                .containsExactly("b", "c", "d", "e", "a");
        assertThat(market.order().quantity()).isEqualTo(Quantity.of("1", Market.BTC));
    }

    private static void queue(Market market, String id, String debt, String reserved) {
        market.apply(new BookInput.RequestSale(
                market.request(id, SaleReason.HARD_LTV, reserved, market.evidence("74000.00", debt, "1"))));
        RecordExecution record = market.effects(RecordExecution.class).getFirst();
        assertThat(record.task().outcome()).isEqualTo("QUEUED");
        assertThat(record.task().dependencies()).hasSize(1);
    }

    @Test
    void keepsTheNotionalInFlightUnderTheCapAndQueuesTheRest() {
        Market market = new Market(Market.rules("10", "100000.00", 4, 100));
        market.price("74000.00");

        market.sell("A", "1");
        assertThat(market.order().quantity()).isEqualTo(Quantity.of("1", Market.BTC));
        OrderEntry first = market.order();
        market.sell("B", "1");
        OrderEntry second = market.order();
        // 26,000 of room at 74,000 buys 0.3513 in lots of 0.0001.
        assertThat(second.quantity()).isEqualTo(Quantity.of("0.3513", Market.BTC));

        market.report(market.trade(first, "1", "74000.00", "1", "0"));
        market.report(market.trade(second, "0.3513", "74000.00", "0.3513", "0"));

        assertThat(market.order().quantity()).isEqualTo(Quantity.of("0.6487", Market.BTC));
        assertThat(market.settled()).isEqualTo("0.3513 25996.20 0.00");
    }

    @Test
    void sellsABlockInSlicesAndOneOrderAtATime() {
        Market market = new Market(Market.rules("0.4", "1000000.00", 4, 100));
        market.price("74000.00");
        market.sell("A", "1");

        OrderEntry first = market.order();
        market.report(market.trade(first, "0.4", "74000.00", "0.4", "0"));
        OrderEntry second = market.order();
        market.report(market.trade(second, "0.4", "73900.00", "0.4", "0"));
        OrderEntry third = market.order();

        assertThat(List.of(first.slice(), second.slice(), third.slice())).containsExactly(1, 2, 3);
        assertThat(third.quantity()).isEqualTo(Quantity.of("0.2", Market.BTC));
        assertThat(third.blockId()).isEqualTo(first.blockId());
        market.report(market.trade(third, "0.2", "73800.00", "0.2", "0"));
        // 0.4 x 74,000 + 0.4 x 73,900 + 0.2 x 73,800
        assertThat(market.settled()).isEqualTo("1 73920.00 0.00 final");
    }

    @Test
    void checksTheEvidenceAgainBeforeEachSlice() {
        Market market = new Market(Market.rules("0.4", "1000000.00", 4, 100));
        market.price("74000.00");
        market.sell("A", "1");
        OrderEntry first = market.order();
        market.price("76000.00");

        market.report(market.trade(first, "0.4", "74000.00", "0.4", "0"));

        assertThat(market.effects(PlaceOrder.class)).isEmpty();
        // Something was sold, so the last word is a final settlement and no decline.
        assertThat(market.effects(DeclineCase.class)).isEmpty();
        assertThat(market.settled()).isEqualTo("0.4 29600.00 0.00 final");
        assertThat(market.effects(RecordExecution.class).getFirst().task().outcome())
                .isEqualTo("BREACH_IS_OVER");
    }

    @ParameterizedTest
    @EnumSource(
            value = OrdStatus.class,
            names = {"CANCELED", "EXPIRED"})
    void takesANewFloorAfterACertainEnd(OrdStatus end) {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry first = market.order();
        market.after(Duration.ofSeconds(30)).price("70000.00");
        assertThat(market.last.effects()).isEmpty();

        market.report(market.state(first, ExecType.EXPIRED, end, "0", "0"));

        OrderEntry second = market.order();
        assertThat(second.slice()).isEqualTo(1);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.limit()).isEqualByComparingTo("68600.00"); // 70,000.00 less 2 %
        assertThat(second.orderId()).isNotEqualTo(first.orderId());
        assertThat(second.sequence()).isEqualTo(2);
    }

    @Test
    void doesNotTakeFilledOrDoneForDayForAnEnd() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();

        market.report(market.state(order, ExecType.ORDER_STATUS, OrdStatus.FILLED, "0", "1"));
        assertThat(market.effects(PlaceOrder.class)).isEmpty();
        market.report(market.state(order, ExecType.DONE_FOR_DAY, OrdStatus.DONE_FOR_DAY, "0", "0"));
        assertThat(market.effects(PlaceOrder.class)).isEmpty();
    }

    @Test
    void waitsAfterARejectionAndRaisesAnAlarm() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");

        market.report(market.state(market.order(), ExecType.REJECTED, OrdStatus.REJECTED, "0", "0"));
        assertThat(market.last.effects())
                .singleElement()
                .isInstanceOfSatisfying(
                        BookEffect.RaiseAlarm.class,
                        alarm -> assertThat(alarm.kind()).isEqualTo(BookEffect.AlarmKind.ORDER_REJECTED));
        market.after(Duration.ofMillis(999)).price("74000.00");
        assertThat(market.effects(PlaceOrder.class)).isEmpty();
        market.after(Duration.ofMillis(1)).price("74000.00");

        assertThat(market.order().attempt()).isEqualTo(2);
    }

    @Test
    void alarmsASilentDeskOnceAsksItAndSellsNothingInItsPlace() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();

        // Expires after 30 s; with a grace of 60 s the desk is asked after 90 s, then 2, 4, 8 ... 64 minutes after the
        // expiry.
        assertThat(market.after(Duration.ofSeconds(90)).price("60000.00")).isEmpty();
        market.after(Duration.ofMillis(1)).price("60000.00");
        assertThat(market.effects(BookEffect.RaiseAlarm.class))
                .extracting(BookEffect.RaiseAlarm::kind)
                .containsExactly(BookEffect.AlarmKind.ORDER_OVERDUE);
        assertThat(market.effects(BookEffect.AskStatus.class))
                .singleElement()
                .satisfies(ask -> assertThat(ask.order().orderId()).isEqualTo(order.orderId()));
        assertThat(market.last.effects()).hasSize(2);
        assertThat(market.book.overdueOrders()).isEqualTo(1);

        assertThat(market.price("60000.00")).isEmpty();
        market.after(Duration.ofMinutes(1)).price("60000.00");
        assertThat(market.last.effects()).singleElement().isInstanceOf(BookEffect.AskStatus.class);
        // An hour without a price makes up for nothing: one question, the next in its place.
        market.after(Duration.ofHours(1)).price("60000.00");
        assertThat(market.last.effects()).singleElement().isInstanceOf(BookEffect.AskStatus.class);
        assertThat(market.after(Duration.ofMinutes(1)).price("60000.00")).isEmpty();
    }

    @Test
    void cancelsAndQueuesWhileTheKillSwitchIsEngaged() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry first = market.order();

        market.apply(new BookInput.SwitchKill(true));
        assertThat(market.effects(CancelOrder.class))
                .singleElement()
                .satisfies(cancel -> assertThat(cancel.order().orderId()).isEqualTo(first.orderId()));
        market.report(market.state(first, ExecType.CANCELED, OrdStatus.CANCELED, "0", "0"));
        market.sell("B", "1");
        assertThat(market.effects(PlaceOrder.class)).isEmpty();

        market.apply(new BookInput.SwitchKill(false));
        assertThat(market.effects(PlaceOrder.class)).hasSize(2);
    }

    @Test
    void letsLiveOrdersRunOutWhileTheMarketIsPaused() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry first = market.order();

        assertThat(market.apply(new BookInput.PauseMarket(true))).isEmpty();
        market.report(market.state(first, ExecType.EXPIRED, OrdStatus.EXPIRED, "0", "0"));
        assertThat(market.last.effects()).isEmpty();
        market.price("76000.00");

        market.apply(new BookInput.PauseMarket(false));
        assertThat(market.effects(DeclineCase.class))
                .singleElement()
                .satisfies(decline -> assertThat(decline.reason()).isEqualTo(CaseEnd.BREACH_IS_OVER));
    }

    @Test
    void usesTheStrictestFloorOfABlock() {
        Market market = new Market(Market.rules("10", "1000000.00", 1, 100));
        market.price("74000.00");
        market.sell("first", "1");
        OrderEntry first = market.order();
        market.sell("A", "1");
        SaleRequest strict = new SaleRequest(
                "B",
                "loan-B",
                1,
                SaleReason.HARD_LTV,
                Quantity.of("1", Market.BTC),
                Quantity.of("0.0001", Market.BTC),
                new java.math.BigDecimal("0.005"),
                market.now,
                market.evidence("75000.00", "60000.00", "1"));
        market.apply(new BookInput.RequestSale(strict));

        market.report(market.trade(first, "1", "74000.00", "1", "0"));

        assertThat(market.order().limit()).isEqualByComparingTo("73630.00"); // 74,000.00 less 0.5 %
    }
}
