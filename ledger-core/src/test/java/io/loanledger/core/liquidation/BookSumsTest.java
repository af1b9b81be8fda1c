package io.loanledger.core.liquidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.liquidation.BookEffect.AlarmKind;
import io.loanledger.core.liquidation.BookEffect.PlaceOrder;
import io.loanledger.core.liquidation.BookEffect.RaiseAlarm;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A book that does not add up gets no new order until people let its market go; one that does is never halted. */
class BookSumsTest {
    /** What a bad disk, a bug or a hand may have done to one entry of a book; null stands for a lost one. */
    private record Damage(String name, String message, UnaryOperator<BookEntry> to) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Damage> damages() {
        return Stream.of(
                new Damage(
                        "a fill is lost",
                        "BookEqualsSum: cases were told",
                        entry -> entry instanceof FillEntry ? null : entry),
                new Damage(
                        "a fill is larger",
                        "BookEqualsSum: cases were told",
                        entry -> entry instanceof FillEntry fill && fill.traded() != null
                                ? new FillEntry(
                                        fill.orderId(),
                                        fill.desk(),
                                        fill.execId(),
                                        new FillEntry.Traded(
                                                Market.bitcoin("0.3"),
                                                fill.traded().price(),
                                                fill.traded().commission()),
                                        false)
                                : entry),
                new Damage(
                        "an order is larger than its parts",
                        "OrderArithmetic: order",
                        entry -> entry instanceof OrderEntry order
                                ? new OrderEntry(
                                        order.orderId(),
                                        order.blockId(),
                                        order.slice(),
                                        order.attempt(),
                                        order.allocations(),
                                        Market.bitcoin("2"),
                                        order.limit(),
                                        order.epoch(),
                                        order.sequence(),
                                        order.placedAt(),
                                        order.expireAt(),
                                        order.report(),
                                        order.cancelsSent(),
                                        order.cancelPending(),
                                        order.timesAsked())
                                : entry),
                new Damage(
                        "the case of a live order is lost",
                        "BookEqualsSum: order",
                        entry -> entry instanceof CaseEntry ? null : entry));
    }

    /** 0.2 of 1 bitcoin is sold for A, the rest is live. */
    private static Market halfFilled() {
        Market market = Market.at("74000.00");
        market.sell("A", "1");
        market.report(market.trade(market.order(), "0.2", "74000.00", "0.2", "1.85"));
        return market;
    }

    private static void restore(Market market, UnaryOperator<BookEntry> damage) {
        List<BookEntry> entries = market.book.entries().stream()
                .map(damage)
                .filter(entry -> entry != null)
                .toList();
        market.book = LiquidationBook.restore(Market.RULES, entries);
    }

    @ParameterizedTest
    @MethodSource("damages")
    void haltsAMarketWhoseRestoredBookDoesNotAddUp(Damage damage) {
        Market market = halfFilled();
        restore(market, damage.to());

        market.price("74000.00");

        assertThat(market.effects(RaiseAlarm.class)).singleElement().satisfies(alarm -> {
            assertThat(alarm.kind()).isEqualTo(AlarmKind.MARKET_HALTED);
            assertThat(alarm.detail()).startsWith(damage.message());
        });
        assertThat(market.book.isHalted()).isTrue();
        market.sell("B", "0.5");
        assertThat(market.effects(PlaceOrder.class)).isEmpty();
        assertThat(market.book.queuedCases()).isEqualTo(1);
        assertThat(market.price("74000.00")).as("one alarm").isEmpty();
    }

    @Test
    void staysHaltedThroughARestartAndAPauseThatWasLetGo() {
        Market market = halfFilled();
        market.apply(new BookInput.PauseMarket(true));
        restore(market, entry -> entry instanceof FillEntry ? null : entry);
        market.price("74000.00");
        assertThat(market.book.isHalted()).isTrue();

        restore(market, entry -> entry);
        market.apply(new BookInput.PauseMarket(false));

        assertThat(market.book.isHalted())
                .as("whoever let that pause go did not know")
                .isTrue();
        market.sell("B", "0.5");
        assertThat(market.effects(PlaceOrder.class)).isEmpty();
    }

    @Test
    void sellsAgainOncePeopleHaveSeenTheHaltAndLetTheMarketGo() {
        Market market = halfFilled();
        restore(market, entry -> entry instanceof FillEntry ? null : entry);
        market.price("74000.00");
        market.sell("B", "0.5");

        market.apply(new BookInput.PauseMarket(true));
        assertThat(market.book.isHalted()).isTrue();
        market.apply(new BookInput.PauseMarket(false));

        assertThat(market.book.isHalted()).isFalse();
        assertThat(market.order().allocations())
                .extracting(OrderEntry.Allocation::caseId)
                .containsExactly("B");
    }

    @Test
    void isHaltedAgainAtOnceWhenItStillDoesNotAddUp() {
        Market market = halfFilled();
        restore(market, entry -> entry instanceof CaseEntry ? null : entry);
        market.price("74000.00");

        market.apply(new BookInput.PauseMarket(true));
        market.apply(new BookInput.PauseMarket(false));

        assertThat(market.book.isHalted()).isTrue();
    }

    @Test
    void stillBooksWhatTheDeskFillsWhileItIsHalted() {
        Market market = halfFilled();
        OrderEntry order = market.book.entries().stream()
                .filter(OrderEntry.class::isInstance)
                .map(OrderEntry.class::cast)
                .findFirst()
                .orElseThrow();
        restore(market, entry -> entry instanceof MarketEntry old ? old.halted() : entry);

        market.report(market.trade(order, "0.8", "74000.00", "1", "0"));

        assertThat(market.settled()).isEqualTo("1 74000.00 1.85 final");
    }

    /** Each law of the running sums, broken in the state itself behind the book's back. */
    @Test
    void findsAChangeThatNobodyNotedWhenItComesRound() {
        BookState state = new BookState(Market.RULES);
        Cases cases = new Cases(state);
        BookSums sums = new BookSums(state, cases);
        halfFilled().book.entries().forEach(state::put);
        cases.rememberAsTold();
        sums.takeAnew();
        state.drain();
        assertThat(sums.check(false)).isNull();

        OrderEntry order = state.order(state.orderIds().getFirst());
        state.put(new FillEntry(
                order.orderId(),
                "DESK",
                "E99",
                new FillEntry.Traded(
                        Market.bitcoin("0.1"), new java.math.BigDecimal("74000.00"), java.math.BigDecimal.ZERO),
                false));
        state.drain(); // forgets that anything was touched

        assertThat(sums.check(false)).startsWith("BookEqualsSum: order " + order.orderId());
    }

    @Test
    void takesACaseOverItsReservationForABreachUnlessTheDeskDidIt() {
        BookState state = new BookState(Market.RULES);
        Cases cases = new Cases(state);
        BookSums sums = new BookSums(state, cases);
        halfFilled().book.entries().forEach(state::put);
        cases.rememberAsTold();
        sums.takeAnew();
        state.drain();

        CaseEntry entry = state.caseOf("A");
        state.put(entry.inEffect(2, Market.bitcoin("0.9"))); // 0.2 filled + 0.8 live
        assertThat(sums.check(true)).isNull();
        state.drain();
        state.put(entry.inEffect(3, Market.bitcoin("0.8")));
        assertThat(sums.check(false)).startsWith("SellBound: case A");
    }
}
