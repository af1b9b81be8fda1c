package io.loanledger.core.liquidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.liquidation.BookEffect.CancelOrder;
import io.loanledger.core.liquidation.BookEffect.PlaceOrder;
import io.loanledger.core.liquidation.BookEffect.Suspend;
import io.loanledger.core.money.Quantity;
import org.junit.jupiter.api.Test;

/** Larger, smaller, late, repeated: what becomes of an amendment, and when it is acknowledged. */
class LiquidationBookAmendmentsTest {
    @Test
    void enlargesAtOnceAndSellsTheRestAfterTheBlock() {
        Market market = Market.at("74000.00");
        market.sell("A", "0.5");
        OrderEntry order = market.order();

        market.amend("A", 2, "0.8");
        assertThat(market.acks()).isEqualTo("v2 0.5");
        assertThat(market.effects(PlaceOrder.class)).isEmpty();
        market.report(market.trade(order, "0.5", "74000.00", "0.5", "0"));

        assertThat(market.order().quantity()).isEqualTo(Quantity.of("0.3", Market.BTC));
        assertThat(market.settled()).isEqualTo("0.5 37000.00 0.00");
    }

    @Test
    void shrinksWhatIsQueuedAtOnce() {
        Market market = new Market(Market.rules("10", "50000.00", 4, 100));
        market.price("74000.00");
        market.sell("A", "1"); // 0.6756 fits under the cap, 0.3244 wait
        assertThat(market.order().quantity()).isEqualTo(Quantity.of("0.6756", Market.BTC));

        market.amend("A", 2, "0.7");

        assertThat(market.acks()).isEqualTo("v2 0.6756");
        assertThat(market.effects(CancelOrder.class)).isEmpty();
    }

    @Test
    void takesLiveQuantityBackBeforeItAcknowledgesLess() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();
        market.report(market.trade(order, "0.3", "74000.00", "0.3", "0"));

        market.amend("A", 2, "0.5");
        assertThat(market.acks()).isEmpty();
        assertThat(market.effects(CancelOrder.class)).hasSize(1);
        market.report(market.trade(order, "0.1", "74000.00", "0.4", "0"));
        assertThat(market.acks()).isEmpty();
        market.report(market.state(order, ExecType.CANCELED, OrdStatus.CANCELED, "0.4", "0"));

        assertThat(market.acks()).isEqualTo("v2 0.4");
        assertThat(market.order().quantity()).isEqualTo(Quantity.of("0.1", Market.BTC));
    }

    @Test
    void keepsWhatWasFilledBeforeTheCancelReachedTheDesk() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();
        market.amend("A", 2, "0.5");

        market.report(market.trade(order, "0.9", "74000.00", "0.9", "0"));
        assertThat(market.last.effects()).hasSize(1);
        assertThat(market.settled()).isEqualTo("0.9 66600.00 0.00");
        market.apply(new BookInput.CancelRefused("DESK", order.orderId()));
        assertThat(market.acks()).isEmpty();
        market.report(market.state(order, ExecType.CANCELED, OrdStatus.CANCELED, "0.9", "0"));

        assertThat(market.acks()).isEqualTo("v2 0.9");
        assertThat(market.settled()).isEqualTo("0.9 66600.00 0.00 final");
    }

    @Test
    void endsACaseThatIsAmendedToNothing() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();
        market.amend("A", 2, "0");

        market.report(market.state(order, ExecType.CANCELED, OrdStatus.CANCELED, "0", "0"));

        assertThat(market.acks()).isEqualTo("v2 0");
        assertThat(market.settled()).isEqualTo("0 0.00 0.00 final");
    }

    @Test
    void goesByTheNewestVersionAlone() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();
        market.amend("A", 3, "0.2");
        assertThat(market.effects(CancelOrder.class)).hasSize(1);

        assertThat(market.amend("A", 2, "0.9")).isEmpty();
        assertThat(market.amend("A", 3, "0.2")).isEmpty();
        assertThat(market.amend("A", 4, "0.6")).isEmpty();
        market.report(market.state(order, ExecType.CANCELED, OrdStatus.CANCELED, "0", "0"));

        assertThat(market.acks()).isEqualTo("v4 0");
        assertThat(market.order().quantity()).isEqualTo(Quantity.of("0.6", Market.BTC));
        market.amend("A", 3, "0.2");
        assertThat(market.acks()).isEqualTo("v4 0.6");
    }

    @Test
    void keepsTheNewerOfTwoAmendmentsThatWaitForTheSameOrder() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();
        market.amend("A", 3, "0.2");
        market.amend("A", 2, "0.9");

        market.report(market.state(order, ExecType.CANCELED, OrdStatus.CANCELED, "0", "0"));

        assertThat(market.acks()).isEqualTo("v3 0");
        assertThat(market.order().quantity()).isEqualTo(Quantity.of("0.2", Market.BTC));
    }

    @Test
    void takesAPendingAmendmentBackToLargerWithoutWaiting() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        market.amend("A", 2, "0.2");

        market.amend("A", 3, "1.5");

        assertThat(market.acks()).isEqualTo("v3 1");
    }

    @Test
    void cancelsOnlyTheCaseOwnBlockAndSellsItsOtherMembersOn() {
        Market market = new Market(Market.rules("10", "1000000.00", 1, 100));
        market.price("74000.00");
        market.sell("first", "1");
        OrderEntry first = market.order();
        market.sell("A", "1");
        market.sell("B", "1");
        market.report(market.trade(first, "1", "74000.00", "1", "0"));
        OrderEntry block = market.order();

        market.amend("A", 2, "0");
        market.report(market.state(block, ExecType.CANCELED, OrdStatus.CANCELED, "0", "0"));

        assertThat(market.acks()).isEqualTo("v2 0");
        assertThat(market.order().allocations())
                .containsExactly(new OrderEntry.Allocation("B", Quantity.of("1", Market.BTC)));
    }

    @Test
    void repeatsTheLastWordOnAnEndedCase() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        market.report(market.trade(market.order(), "1", "74000.00", "1", "0"));

        market.amend("A", 2, "2");

        assertThat(market.acks()).isEqualTo("v2 1");
        assertThat(market.settled()).isEqualTo("1 74000.00 0.00 final");
        assertThat(market.effects(BookEffect.Settle.class).getLast().version()).isEqualTo(2);
        assertThat(market.effects(PlaceOrder.class)).isEmpty();
    }

    @Test
    void setsAsideAnAmendmentOfAnUnknownCase() {
        Market market = Market.at("74000.00");

        market.amend("A", 2, "2");

        assertThat(market.effects(Suspend.class))
                .extracting(Suspend::reason)
                .containsExactly(BookEffect.SuspenseReason.UNKNOWN_CASE);
    }
}
