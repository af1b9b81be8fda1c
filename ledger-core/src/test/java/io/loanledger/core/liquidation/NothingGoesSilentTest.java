package io.loanledger.core.liquidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.liquidation.BookEffect.AlarmKind;
import io.loanledger.core.liquidation.BookEffect.AskStatus;
import io.loanledger.core.liquidation.BookEffect.CancelOrder;
import io.loanledger.core.liquidation.BookEffect.DeclineCase;
import io.loanledger.core.liquidation.BookEffect.PlaceOrder;
import io.loanledger.core.liquidation.BookEffect.RaiseAlarm;
import io.loanledger.core.liquidation.BookEffect.Settle;
import io.loanledger.core.liquidation.BookEffect.Suspend;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the ledger, the desk or an operator would otherwise never hear of, and wait for. */
class NothingGoesSilentTest {
    private static final Duration LONGER_THAN_KEPT = Market.RULES.retention().plusSeconds(1);

    /** A bust that leaves the order in this state. */
    private static ExecutionReport bust(Market market, ExecutionReport fill, OrdStatus status, String leaves) {
        return new ExecutionReport(
                fill.desk(),
                fill.orderId(),
                "B" + fill.execId(),
                fill.execId(),
                ExecType.TRADE_CANCEL,
                status,
                Quantity.zero(Market.BTC),
                BigDecimal.ZERO,
                Quantity.zero(Market.BTC),
                Quantity.of(leaves, Market.BTC),
                BigDecimal.ZERO,
                market.now);
    }

    /** A is sold whole and has ended, its block is closed; then the desk busts the fill and the order lives again. */
    private static OrderEntry revivedAfterTheEndOfItsBlock(Market market) {
        market.sell("A", "0.5");
        OrderEntry order = market.order();
        ExecutionReport fill = market.trade(order, "0.5", "74000.00", "0.5", "0");
        market.report(fill);
        assertThat(market.settled()).isEqualTo("0.5 37000.00 0.00 final");
        market.after(Duration.ofSeconds(1)).report(bust(market, fill, OrdStatus.NEW, "0.5"));
        assertThat(market.settled()).isEqualTo("0 0.00 0.00");
        return order;
    }

    @Test
    void settlesTheBustThatEndsTheCaseToo() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        ExecutionReport fill = market.trade(market.order(), "0.4", "74000.00", "0.4", "2.00");
        market.report(fill);
        assertThat(market.settled()).isEqualTo("0.4 29600.00 2.00");

        // One report busts the fill and ends the order, when the index is too old to try again.
        market.after(Duration.ofSeconds(6)).report(bust(market, fill, OrdStatus.CANCELED, "0"));

        assertThat(market.settled()).isEqualTo("0 0.00 0.00 final");
        assertThat(market.effects(DeclineCase.class))
                .as("refused by a ledger that counts 0.4 as sold")
                .isEmpty();
        assertThat(market.book.openCases()).isZero();
    }

    @Test
    void declinesACaseWhoseBustWasSettledBeforeItsEnd() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();
        ExecutionReport fill = market.trade(order, "0.4", "74000.00", "0.4", "2.00");
        market.report(fill);
        market.after(Duration.ofSeconds(1)).report(bust(market, fill, OrdStatus.NEW, "1"));
        assertThat(market.settled()).isEqualTo("0 0.00 0.00");

        market.after(Duration.ofSeconds(6)).report(market.state(order, ExecType.EXPIRED, OrdStatus.EXPIRED, "0", "0"));

        assertThat(market.effects(DeclineCase.class)).hasSize(1);
        assertThat(market.effects(Settle.class)).isEmpty();
    }

    @Test
    void asksForAnOrderThatCameBackToLifeAfterTheEndOfItsBlock() {
        Market market = Market.at("74000.00");
        OrderEntry order = revivedAfterTheEndOfItsBlock(market);
        assertThat(market.book.notionalOnTheWay()).isEqualByComparingTo("36260.00"); // 0.5 at 72,520.00

        market.after(Duration.ofSeconds(90)).price("74000.00");

        assertThat(market.effects(RaiseAlarm.class))
                .extracting(RaiseAlarm::kind)
                .containsExactly(AlarmKind.ORDER_OVERDUE);
        assertThat(market.effects(AskStatus.class))
                .singleElement()
                .satisfies(ask -> assertThat(ask.order().orderId()).isEqualTo(order.orderId()));
        assertThat(market.book.overdueOrders()).isEqualTo(1);
        market.report(market.state(order, ExecType.ORDER_STATUS, OrdStatus.CANCELED, "0", "0"));
        assertThat(market.settled()).isEqualTo("0 0.00 0.00 final");
        assertThat(market.book.overdueOrders()).isZero();
        assertThat(market.after(Duration.ofMinutes(10)).price("74000.00")).isEmpty();
    }

    @Test
    void asksARevivedOrderBackAgainAtTheKillSwitchOnceItsCancelWasRefused() {
        Market market = Market.at("74000.00");
        OrderEntry order = revivedAfterTheEndOfItsBlock(market);
        market.apply(new BookInput.CancelRefused("DESK", order.orderId()));

        market.apply(new BookInput.SwitchKill(true));

        assertThat(market.effects(CancelOrder.class))
                .singleElement()
                .satisfies(cancel -> assertThat(cancel.order().orderId()).isEqualTo(order.orderId()));
    }

    @Test
    void keepsACaseOfWhichAnOrderMayStillFillAndForgetsTheOthers() {
        Market market = Market.at("74000.00");
        OrderEntry revived = revivedAfterTheEndOfItsBlock(market);
        market.sell("B", "0.1");
        market.report(market.trade(market.order(), "0.1", "74000.00", "0.1", "0"));
        assertThat(market.book.remembered()).isEqualTo(2);

        market.after(LONGER_THAN_KEPT).price("74000.00");

        assertThat(market.book.remembered()).as("A, though it ended first").isEqualTo(1);
        market.report(market.trade(revived, "0.5", "74000.00", "0.5", "0"));
        assertThat(market.settled()).isEqualTo("0.5 37000.00 0.00 final");
        assertThat(market.effects(Suspend.class)).isEmpty();
        market.price("74000.00");
        assertThat(market.book.remembered()).as("its order has ended").isZero();
    }

    /** A lot of 0.0001 BTC is worth 7.40. */
    @Test
    void declinesWithAnAlarmWhatTheMarketsCapCanNeverHold() {
        Market market = new Market(Market.rules("10", "7.39", 4, 100));
        market.price("74000.00");

        market.sell("A", "0.5");

        assertThat(market.effects(DeclineCase.class))
                .singleElement()
                .satisfies(decline -> assertThat(decline.reason()).isEqualTo(CaseEnd.CAP_UNDER_LOT));
        assertThat(market.effects(RaiseAlarm.class))
                .extracting(RaiseAlarm::kind)
                .containsExactly(AlarmKind.CAP_UNDER_LOT);
        assertThat(market.effects(PlaceOrder.class)).isEmpty();
    }

    /** 0.1 BTC fill the cap of 7,400.00: a lot more waits for them, and is no misfit. */
    @Test
    void letsWaitWhatFindsTheCapUsedUpByOthers() {
        Market market = new Market(Market.rules("10", "7400.00", 4, 100));
        market.price("74000.00");
        market.sell("A", "0.1");
        OrderEntry first = market.order();

        market.sell("B", "0.0001");
        assertThat(market.effects(DeclineCase.class)).isEmpty();
        assertThat(market.book.queuedCases()).isEqualTo(1);

        market.report(market.trade(first, "0.1", "74000.00", "0.1", "0"));
        assertThat(market.order().quantity()).isEqualTo(Quantity.of("0.0001", Market.BTC));
    }
}
