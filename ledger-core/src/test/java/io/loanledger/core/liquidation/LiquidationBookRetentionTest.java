package io.loanledger.core.liquidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.liquidation.BookEffect.SuspenseReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the book forgets of closed cases after their retention, and what it makes of late reports about them. */
class LiquidationBookRetentionTest {

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
        Market market = withAForgottenMember(new ArrayList<>());

        assertThat(market.book.remembered()).isEqualTo(1);
        assertThat(market.book.isHalted()).isFalse();
        LiquidationBook again = LiquidationBook.restore(Market.RULES, market.book.entries());
        assertThat(again.remembered()).as("the order still names A").isEqualTo(1);
        assertThat(again.isHalted()).isFalse();
    }

    @Test
    void setsAsideABustOfAFillWhoseCaseIsForgotten() {
        List<ExecutionReport> fills = new ArrayList<>();
        Market market = withAForgottenMember(fills);

        market.report(market.bust(fills.getFirst(), "0"));

        assertThat(market.suspended()).containsExactly(SuspenseReason.FORGOTTEN_CASE);
        assertThat(market.settled()).isEqualTo("0 0.00 0.00");
        assertThat(market.book.isHalted()).isFalse();
    }
}
