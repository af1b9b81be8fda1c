package io.loanledger.core.liquidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.liquidation.BookEffect.AlarmKind;
import io.loanledger.core.liquidation.BookEffect.AskStatus;
import io.loanledger.core.liquidation.BookEffect.CancelOrder;
import io.loanledger.core.liquidation.BookEffect.PlaceOrder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders of which the desk says nothing for long, says more after their end, or answers only when it is asked. */
class LiquidationBookSilentDeskTest {

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
        assertThat(market.alarms()).containsExactly(AlarmKind.OVER_COMMITTED);
        assertThat(market.effects(CancelOrder.class))
                .singleElement()
                .satisfies(cancel -> assertThat(cancel.order().orderId()).isEqualTo(second.orderId()));
        assertThat(market.book.isHalted())
                .as("the desk's doing, not the book's")
                .isFalse();
        market.report(market.trade(first, "0.1", "74000.00", "0.4", "0"));
        assertThat(market.effects(CancelOrder.class)).as("asked once").isEmpty();

        market.report(market.state(second, ExecType.CANCELED, OrdStatus.CANCELED, "0", "0"));
        assertThat(market.order().quantity()).isEqualTo(Market.bitcoin("0.6"));
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
        assertThat(market.acks()).isEqualTo("v2 1");
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
        assertThat(market.alarms()).containsExactly(AlarmKind.LOST_FILLS, AlarmKind.OVER_COMMITTED);
        assertThat(market.settled()).isEqualTo("none");
        assertThat(market.book.ordersMissingFills()).isEqualTo(1);
        market.report(market.state(second, ExecType.CANCELED, OrdStatus.CANCELED, "0", "0"));
        assertThat(market.order().quantity()).as("0.3 is held back").isEqualTo(Market.bitcoin("0.7"));

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
        assertThat(market.alarms()).containsExactly(AlarmKind.ORDER_OVERDUE);
        market.after(Duration.ofMinutes(1)).price("74000.00");
        assertThat(market.effects(AskStatus.class)).hasSize(1);
        market.report(lost);

        assertThat(market.order().quantity()).isEqualTo(Market.bitcoin("0.6"));
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

        assertThat(market.alarms()).containsExactly(AlarmKind.CUMULATIVE_MISMATCH);
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
}
