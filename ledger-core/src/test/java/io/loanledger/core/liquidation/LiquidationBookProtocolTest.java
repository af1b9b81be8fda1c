package io.loanledger.core.liquidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.liquidation.BookEffect.AckAmend;
import io.loanledger.core.liquidation.BookEffect.AlarmKind;
import io.loanledger.core.liquidation.BookEffect.AskStatus;
import io.loanledger.core.liquidation.BookEffect.CancelOrder;
import io.loanledger.core.liquidation.BookEffect.DeclineCase;
import io.loanledger.core.liquidation.BookEffect.PlaceOrder;
import io.loanledger.core.liquidation.BookEffect.RaiseAlarm;
import io.loanledger.core.liquidation.BookEffect.Suspend;
import io.loanledger.core.liquidation.BookEffect.SuspenseReason;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The protocol with ledger and desk in the orders in which a real world brings its records, the unwelcome ones above all. */
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
        assertThat(acks(market)).as(name).isEqualTo(ack);
        assertThat(market.effects(CancelOrder.class)).isEmpty();
        assertThat(market.settled()).isEqualTo(ordered.equals("none") ? "0 0.00 0.00 final" : "none");
        market.report(market.trade(first, "1", "74000.00", "1", "0"));

        assertThat(market.effects(PlaceOrder.class).stream()
                        .map(placed -> placed.order().quantity()))
                .isEqualTo(ordered.equals("none") ? List.of() : List.of(bitcoin(ordered)));
    }

    @Test
    void enlargesAHalfFilledCaseToAllThereIs() {
        Market market = Market.at("74000.00");
        market.sell("A", "0.5");
        OrderEntry order = market.order();
        market.report(market.trade(order, "0.2", "74000.00", "0.2", "0"));

        market.amend("A", 2, "1");
        assertThat(acks(market)).isEqualTo("v2 0.5");
        market.report(market.trade(order, "0.3", "74000.00", "0.5", "0"));
        assertThat(market.settled()).isEqualTo("0.5 37000.00 0.00");
        OrderEntry rest = market.order();
        assertThat(rest.quantity()).isEqualTo(bitcoin("0.5"));
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

        assertThat(market.order().quantity()).isEqualTo(bitcoin("0.5"));
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
        assertThat(alarms(market)).containsExactly(AlarmKind.CANCEL_REFUSED);
        assertThat(acks(market)).as("all of it can still be filled").isEmpty();
        market.report(market.trade(order, "1", "74000.00", "1", "0"));

        assertThat(acks(market)).isEqualTo("v2 1");
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

        assertThat(acks(market)).isEqualTo("v2 0");
        assertThat(market.order().quantity()).isEqualTo(bitcoin("0.2"));
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

        assertThat(suspended(market)).containsExactly(SuspenseReason.UNKNOWN_ORDER);
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

        market.after(Duration.ofMinutes(5)).report(correction(market, fill, corrected));

        assertThat(market.settled()).as(name).isEqualTo(settled);
        assertThat(suspended(market))
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

        market.after(Duration.ofSeconds(1)).report(correction(market, fill, "0.4"));
        assertThat(market.settled()).isEqualTo("0.4 29600.00 0.00");
        market.report(market.state(order, ExecType.EXPIRED, OrdStatus.EXPIRED, "0.4", "0"));

        assertThat(market.order().quantity()).isEqualTo(bitcoin("0.6"));
    }

    // ---- a former attempt speaks up
    // ---------------------------------------------------------------------------------

    @Test
    void asksTheLiveOrderBackWhenAFormerAttemptTurnsOutToBeFilled() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry first = market.order();
        market.report(market.state(first, ExecType.EXPIRED, OrdStatus.EXPIRED, "0", "0"));
        OrderEntry second = market.order();

        market.report(market.trade(first, "0.3", "74000.00", "0.3", "0"));
        assertThat(market.settled()).isEqualTo("0.3 22200.00 0.00");
        assertThat(alarms(market)).containsExactly(AlarmKind.OVER_COMMITTED);
        assertThat(market.effects(CancelOrder.class))
                .singleElement()
                .satisfies(cancel -> assertThat(cancel.order().orderId()).isEqualTo(second.orderId()));
        assertThat(market.book.isHalted())
                .as("the desk's doing, not the book's")
                .isFalse();
        market.report(market.trade(first, "0.1", "74000.00", "0.4", "0"));
        assertThat(market.effects(CancelOrder.class)).as("asked once").isEmpty();

        market.report(market.state(second, ExecType.CANCELED, OrdStatus.CANCELED, "0", "0"));
        assertThat(market.order().quantity()).isEqualTo(bitcoin("0.6"));
    }

    @Test
    void reservesNoMoreThanItDidWhateverTheDeskSoldBeyond() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry first = market.order();
        market.report(market.state(first, ExecType.EXPIRED, OrdStatus.EXPIRED, "0", "0"));
        OrderEntry second = market.order();
        market.report(market.trade(second, "0.5", "74000.00", "0.5", "0"));
        market.amend("A", 2, "0.2");
        market.report(market.trade(first, "0.7", "74000.00", "0.7", "0"));

        market.report(market.state(second, ExecType.CANCELED, OrdStatus.CANCELED, "0.5", "0"));

        // 1.2 is sold. The ledger reserved 1 and refuses to hear of more.
        assertThat(acks(market)).isEqualTo("v2 1");
        assertThat(market.settled()).isEqualTo("1 74000.00 0.00 final");
    }

    @Test
    void learnsFromAFormerAttemptsStatusThatFillsAreMissingAndWaitsForThem() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry first = market.order();
        market.report(market.state(first, ExecType.EXPIRED, OrdStatus.EXPIRED, "0", "0"));
        OrderEntry second = market.order();

        market.after(Duration.ofSeconds(1))
                .report(market.state(first, ExecType.ORDER_STATUS, OrdStatus.EXPIRED, "0.3", "0"));
        assertThat(alarms(market)).containsExactly(AlarmKind.LOST_FILLS, AlarmKind.OVER_COMMITTED);
        assertThat(market.settled()).isEqualTo("none");
        assertThat(market.book.ordersMissingFills()).isEqualTo(1);
        market.report(market.state(second, ExecType.CANCELED, OrdStatus.CANCELED, "0", "0"));
        assertThat(market.order().quantity()).as("0.3 is held back").isEqualTo(bitcoin("0.7"));

        market.report(market.trade(first, "0.3", "74000.00", "0.3", "0"));
        assertThat(market.settled()).isEqualTo("0.3 22200.00 0.00");
        assertThat(market.book.ordersMissingFills()).isZero();
    }

    // ---- a desk that is silent, and what it says when it is asked
    // ---------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            expired unsold         | EXPIRED          | 0   | 0   | 1    | 0
            never had it           | REJECTED         | 0   | 0   | 1    | 0
            lives on               | NEW              | 0   | 1   | none | 1
            partly filled, lives   | PARTIALLY_FILLED | 0.4 | 0.6 | none | 1
            done for the day       | DONE_FOR_DAY     | 0   | 0   | none | 1
            ended, fills missing   | EXPIRED          | 0.4 | 0   | none | 1
            """)
    void endsASilentOrderOnlyByACertainAnswer(
            String name, OrdStatus status, String cum, String leaves, String next, int overdue) {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();
        market.after(Duration.ofSeconds(91)).price("70000.00");
        assertThat(market.effects(AskStatus.class)).hasSize(1);
        assertThat(market.effects(PlaceOrder.class)).isEmpty();

        market.report(market.state(order, ExecType.ORDER_STATUS, status, cum, leaves));
        List<BookEffect> answer = market.last.effects();
        market.after(Duration.ofSeconds(2)).price("70000.00");

        List<PlaceOrder> placed = Market.of(answer, PlaceOrder.class);
        String ordered = placed.isEmpty() && market.effects(PlaceOrder.class).isEmpty()
                ? "none"
                : (placed.isEmpty() ? market.order() : placed.getFirst().order())
                        .quantity()
                        .amount()
                        .stripTrailingZeros()
                        .toPlainString();
        assertThat(ordered).as(name).isEqualTo(next);
        assertThat(market.book.overdueOrders()).as(name).isEqualTo(overdue);
        assertThat(market.settled()).isEqualTo("none");
    }

    @Test
    void keepsAskingForFillsThatTheDeskCountsAndSellsTheRestOnlyThen() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();
        ExecutionReport lost = market.trade(order, "0.4", "74000.00", "0.4", "0");
        market.after(Duration.ofSeconds(30)).price("74000.00");
        market.report(market.state(order, ExecType.EXPIRED, OrdStatus.EXPIRED, "0.4", "0"));
        assertThat(market.effects(PlaceOrder.class)).isEmpty();

        market.after(Duration.ofSeconds(61)).price("74000.00");
        assertThat(alarms(market)).containsExactly(AlarmKind.ORDER_OVERDUE);
        market.after(Duration.ofMinutes(1)).price("74000.00");
        assertThat(market.effects(AskStatus.class)).hasSize(1);
        market.report(lost);

        assertThat(market.order().quantity()).isEqualTo(bitcoin("0.6"));
        assertThat(market.book.overdueOrders()).isZero();
    }

    @Test
    void makesTheSameQuestionUnderTheSameIdAfterARestart() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        List<BookEntry> entries = market.book.entries();
        market.after(Duration.ofSeconds(91)).price("70000.00");
        AskStatus before = market.effects(AskStatus.class).getFirst();

        market.book = LiquidationBook.restore(Market.RULES, entries);
        market.sequence--;
        market.price("70000.00");

        assertThat(market.effects(AskStatus.class)).containsExactly(before);
    }

    @Test
    void takesAnOlderStatusThatCountsLessForOvertakenAndANewerOneForAMismatch() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();
        ExecutionReport early = market.state(order, ExecType.ORDER_STATUS, OrdStatus.NEW, "0", "1");
        market.after(Duration.ofSeconds(1)).report(market.trade(order, "0.4", "74000.00", "0.4", "0"));

        assertThat(market.report(early)).isEmpty();
        market.after(Duration.ofSeconds(1))
                .report(market.state(order, ExecType.ORDER_STATUS, OrdStatus.PARTIALLY_FILLED, "0.3", "0.7"));

        assertThat(alarms(market)).containsExactly(AlarmKind.CUMULATIVE_MISMATCH);
        assertThat(Market.text(market.book.settlementOf("A"))).isEqualTo("0.4 29600.00 0.00");
    }

    @Test
    void fillsOnAfterTheDeskWasDoneForTheDay() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        OrderEntry order = market.order();
        market.report(market.trade(order, "0.4", "74000.00", "0.4", "0"));
        market.report(market.state(order, ExecType.DONE_FOR_DAY, OrdStatus.DONE_FOR_DAY, "0.4", "0"));
        assertThat(market.last.effects()).isEmpty();

        market.after(Duration.ofSeconds(1)).report(market.trade(order, "0.6", "74000.00", "1", "0"));

        assertThat(market.settled()).isEqualTo("1 74000.00 0.00 final");
    }

    // ---- what is forgotten
    // ------------------------------------------------------------------------------------------

    /** A and B were sold together; A is forgotten while B, enlarged, still waits in a paused market. */
    private static Market withAForgottenMember(List<ExecutionReport> fills) {
        Market market = new Market(Market.rules("10", "1000000.00", 1, 100));
        market.price("74000.00");
        market.sell("first", "1");
        OrderEntry first = market.order();
        market.sell("A", "0.1");
        market.sell("B", "0.1");
        market.report(market.trade(first, "1", "74000.00", "1", "0"));
        OrderEntry block = market.order();
        market.amend("B", 2, "0.3");
        market.apply(new BookInput.PauseMarket(true));
        ExecutionReport fill = market.trade(block, "0.2", "74000.00", "0.2", "0");
        market.report(fill);
        fills.add(fill);
        assertThat(market.book.remembered()).isEqualTo(3);
        market.after(Market.RULES.retention().plusSeconds(1)).price("74000.00");
        return market;
    }

    @Test
    void forgetsWhatItToldOfACaseWithTheCase() {
        Market market = withAForgottenMember(new java.util.ArrayList<>());

        assertThat(market.book.remembered()).isEqualTo(1);
        assertThat(market.book.isHalted()).isFalse();
        LiquidationBook again = LiquidationBook.restore(Market.RULES, market.book.entries());
        assertThat(again.remembered()).as("the order still names A").isEqualTo(1);
        assertThat(again.isHalted()).isFalse();
    }

    @Test
    void setsAsideABustOfAFillWhoseCaseIsForgotten() {
        List<ExecutionReport> fills = new java.util.ArrayList<>();
        Market market = withAForgottenMember(fills);

        market.report(market.bust(fills.getFirst(), "0"));

        assertThat(suspended(market)).containsExactly(SuspenseReason.FORGOTTEN_CASE);
        assertThat(market.settled()).isEqualTo("0 0.00 0.00");
        assertThat(market.book.isHalted()).isFalse();
    }

    // ---- words
    // ------------------------------------------------------------------------------------------------------

    private static ExecutionReport correction(Market market, ExecutionReport fill, String corrected) {
        Quantity quantity = bitcoin(corrected);
        return new ExecutionReport(
                fill.desk(),
                fill.orderId(),
                "C" + fill.execId(),
                fill.execId(),
                ExecType.TRADE_CORRECT,
                fill.ordStatus(),
                quantity,
                fill.lastPx(),
                quantity,
                fill.leavesQty(),
                BigDecimal.ZERO,
                market.now);
    }

    private static Quantity bitcoin(String amount) {
        return Quantity.of(amount, Market.BTC);
    }

    private static String acks(Market market) {
        return String.join(
                " ",
                market.effects(AckAmend.class).stream()
                        .map(ack -> "v" + ack.version() + " "
                                + ack.irrevocable()
                                        .amount()
                                        .stripTrailingZeros()
                                        .toPlainString())
                        .toList());
    }

    private static List<SuspenseReason> suspended(Market market) {
        return market.effects(Suspend.class).stream().map(Suspend::reason).toList();
    }

    private static List<AlarmKind> alarms(Market market) {
        return market.effects(RaiseAlarm.class).stream().map(RaiseAlarm::kind).toList();
    }
}
