package io.loanledger.core.liquidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.liquidation.BookEffect.AlarmKind;
import io.loanledger.core.liquidation.BookEffect.CancelOrder;
import io.loanledger.core.liquidation.BookEffect.DeclineCase;
import io.loanledger.core.liquidation.BookEffect.PlaceOrder;
import io.loanledger.core.liquidation.BookEffect.SuspenseReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The protocol with ledger and desk in the orders in which a real world brings its records: amendments, refused cancels, busts. */
class LiquidationBookProtocolTest {

    // ---- the ledger measures anew
    // -----------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            smaller            | 0.4 | v2 0 | 0.4
            larger             | 0.9 | v2 0 | 0.9
            to nothing         | 0   | v2 0 | none
            """)
    void takesAnAmendmentOfAQueuedCaseAtOnce(String name, String reserved, String ack, String ordered) {
        Market market = new Market(Market.rules("10", "1000000.00", 1, 100));
        market.price("74000.00");
        market.sell("first", "1");
        OrderEntry first = market.order();
        market.sell("A", "0.5");

        market.amend("A", 2, reserved);
        assertThat(market.acks()).as(name).isEqualTo(ack);
        assertThat(market.effects(CancelOrder.class)).isEmpty();
        assertThat(market.settled()).isEqualTo(ordered.equals("none") ? "0 0.00 0.00 final" : "none");
        market.report(market.trade(first, "1", "74000.00", "1", "0"));

        assertThat(market.effects(PlaceOrder.class).stream()
                        .map(placed -> placed.order().quantity()))
                .isEqualTo(ordered.equals("none") ? List.of() : List.of(Market.bitcoin(ordered)));
    }

    @Test
    void enlargesAHalfFilledCaseToAllThereIs() {
        Market market = Market.at("74000.00");
        market.sell("A", "0.5");
        OrderEntry order = market.order();
        market.report(market.trade(order, "0.2", "74000.00", "0.2", "0"));

        market.amend("A", 2, "1");
        assertThat(market.acks()).isEqualTo("v2 0.5");
        market.report(market.trade(order, "0.3", "74000.00", "0.5", "0"));
        assertThat(market.settled()).isEqualTo("0.5 37000.00 0.00");
        OrderEntry rest = market.order();
        assertThat(rest.quantity()).isEqualTo(Market.bitcoin("0.5"));
        market.report(market.trade(rest, "0.5", "74000.00", "0.5", "0"));

        assertThat(market.settled()).isEqualTo("1 74000.00 0.00 final");
    }

    @Test
    void saysOnlyOnceMoreToAnAmendmentInFlightThatTheCaseIsDeclined() {
        Market market = Market.at("76000.00");
        market.sell("A", "0.5");
        assertThat(market.effects(DeclineCase.class)).hasSize(1);

        market.amend("A", 2, "0.4");

        assertThat(market.last.effects())
                .singleElement()
                .isInstanceOfSatisfying(
                        DeclineCase.class,
                        decline -> assertThat(decline.version()).isEqualTo(2));
    }

    @Test
    void sellsForALoanWhoseFormerCaseItDeclined() {
        Market market = Market.at("76000.00");
        market.sell("A", "0.5");
        assertThat(market.effects(DeclineCase.class)).hasSize(1);

        market.after(Duration.ofSeconds(1)).price("74000.00");
        assertThat(market.last.effects()).as("a declined case stays declined").isEmpty();
        SaleRequest next =
                market.request("B", SaleReason.HARD_LTV, "0.5", market.evidence("74000.00", "60000.00", "1"));
        market.apply(new BookInput.RequestSale(new SaleRequest(
                "B",
                "loan-A",
                1,
                next.reason(),
                next.reserved(),
                next.lot(),
                next.floorDiscount(),
                next.requestedAt(),
                next.evidence())));

        assertThat(market.order().quantity()).isEqualTo(Market.bitcoin("0.5"));
    }

    // ---- a cancel that is refused
    // -----------------------------------------------------------------------------------

    @Test
    void keepsACaseThatShrinksTooLateIrrevocableUntilTheOrderIsFilled() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();
        market.amend("A", 2, "0.2");
        assertThat(market.effects(CancelOrder.class)).hasSize(1);

        market.apply(new BookInput.CancelRefused("DESK", order.orderId()));
        assertThat(market.alarms()).containsExactly(AlarmKind.CANCEL_REFUSED);
        assertThat(market.acks()).as("all of it can still be filled").isEmpty();
        market.report(market.trade(order, "1", "74000.00", "1", "0"));

        assertThat(market.acks()).isEqualTo("v2 1");
        assertThat(market.settled()).isEqualTo("1 74000.00 0.00 final");
    }

    @Test
    void shrinksWhenAnOrderWhoseCancelWasRefusedRunsOut() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();
        market.amend("A", 2, "0.2");
        market.apply(new BookInput.CancelRefused("DESK", order.orderId()));

        market.after(Duration.ofSeconds(30)).price("74000.00");
        market.report(market.state(order, ExecType.EXPIRED, OrdStatus.EXPIRED, "0", "0"));

        assertThat(market.acks()).isEqualTo("v2 0");
        assertThat(market.order().quantity()).isEqualTo(Market.bitcoin("0.2"));
    }

    @Test
    void asksAgainForACancelThatWasRefusedWhenTheKillSwitchIsEngaged() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();
        market.amend("A", 2, "0.2");
        String first = market.effects(CancelOrder.class).getFirst().cancelId();
        market.apply(new BookInput.CancelRefused("DESK", order.orderId()));

        market.apply(new BookInput.SwitchKill(true));

        assertThat(market.effects(CancelOrder.class))
                .singleElement()
                .satisfies(cancel -> assertThat(cancel.cancelId()).isNotEqualTo(first));
    }

    @Test
    void setsAsideTheRefusalOfACancelForAnUnknownOrder() {
        Market market = Market.at("74000.00");

        market.apply(new BookInput.CancelRefused("DESK", "nobody's"));

        assertThat(market.suspended()).containsExactly(SuspenseReason.UNKNOWN_ORDER);
    }

    // ---- busts and corrections
    // --------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lowers after the close            | 1   | 0.4  | 0.4 29600.00 0.00 final  |
            raises within the reservation     | 0.9 | 1    | 1 74000.00 0.00 final    |
            raises over the order             | 1   | 1.25 | none                     | OVERFILL
            """)
    void correctsAFillAfterTheCaseWasClosed(
            String name, String filled, String corrected, String settled, String setAside) {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();
        ExecutionReport fill = market.trade(order, filled, "74000.00", filled, "0");
        market.report(fill);
        if (!filled.equals("1")) {
            market.price("76000.00");
            market.report(market.state(order, ExecType.EXPIRED, OrdStatus.EXPIRED, filled, "0"));
        }
        assertThat(market.book.openCases()).as(name).isZero();

        market.after(Duration.ofMinutes(5)).report(market.correction(fill, corrected));

        assertThat(market.settled()).as(name).isEqualTo(settled);
        assertThat(market.suspended())
                .isEqualTo(setAside == null ? List.of() : List.of(SuspenseReason.valueOf(setAside)));
        assertThat(market.effects(PlaceOrder.class)).isEmpty();
    }

    @Test
    void sellsLessAfterACorrectionThatRaisesWhatWasFilled() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();
        ExecutionReport fill = market.trade(order, "0.3", "74000.00", "0.3", "0");
        market.report(fill);

        market.after(Duration.ofSeconds(1)).report(market.correction(fill, "0.4"));
        assertThat(market.settled()).isEqualTo("0.4 29600.00 0.00");
        market.report(market.state(order, ExecType.EXPIRED, OrdStatus.EXPIRED, "0.4", "0"));

        assertThat(market.order().quantity()).isEqualTo(Market.bitcoin("0.6"));
    }
}
