package io.loanledger.core.liquidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.liquidation.BookEffect.DeclineCase;
import io.loanledger.core.liquidation.BookEffect.PlaceOrder;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The processor stopped for an hour, a new writer of the index, a clock that is wrong: nothing is sold on a price that is not of now. */
class OldEvidenceTest {
    private static final Duration HOUR = Duration.ofHours(1);

    /** Everything that was placed or declined. */
    private final List<BookEffect> seen = new ArrayList<>();

    private final Market market = Market.at("74000.00");

    private void take(BookInput input) {
        seen.addAll(market.apply(input));
    }

    /** An hour of prices, one a minute, with a wick to 50,000 in its midst, as the topic gives them back after a stop. */
    private List<IndexPrice> hourWithAWick() {
        List<IndexPrice> prices = new ArrayList<>();
        for (int minute = 1; minute < 60; minute++) {
            String price = minute >= 25 && minute < 35 ? "50000.00" : "90000.00";
            prices.add(Market.index(1 + minute, price, IndexState.LIVE, Market.T0.plus(Duration.ofMinutes(minute))));
        }
        return prices;
    }

    private SaleRequest requestOf(IndexPrice index) {
        return market.request(
                "wick-" + index.sequence(),
                SaleReason.HARD_LTV,
                "0.5",
                new SaleEvidence(
                        1,
                        index.sequence(),
                        index.priceTime(),
                        index.price(),
                        market.evidence("50000.00", "60000.00", "1").exposure(),
                        market.evidence("50000.00", "60000.00", "1").collateral(),
                        BigDecimal.ZERO,
                        market.evidence("50000.00", "60000.00", "1").threshold()));
    }

    @Test
    void sellsNothingOfAnHourThatItSleptThrough() {
        market.apply(new BookInput.PauseMarket(true));
        market.sell("queued", "0.5");
        market.apply(new BookInput.PauseMarket(false));
        OrderEntry live = market.order();
        market.book = LiquidationBook.restore(Market.RULES, market.book.entries());

        market.now = Market.T0.plus(HOUR);
        for (IndexPrice index : hourWithAWick()) {
            take(new BookInput.ObserveIndex(index));
            if (index.price().compareTo(new BigDecimal("75000.00")) < 0) {
                take(new BookInput.RequestSale(requestOf(index)));
            }
        }
        take(new BookInput.Report(market.state(live, ExecType.EXPIRED, OrdStatus.EXPIRED, "0", "0")));
        take(new BookInput.ObserveIndex(Market.index(100, "90000.00", IndexState.LIVE, market.now)));

        assertThat(Market.of(seen, PlaceOrder.class)).isEmpty();
        assertThat(Market.of(seen, DeclineCase.class))
                .filteredOn(decline -> decline.caseId().startsWith("wick-"))
                .hasSize(10)
                .allSatisfy(decline -> assertThat(decline.reason()).isEqualTo(CaseEnd.REQUEST_TOO_OLD));
        assertThat(Market.of(seen, DeclineCase.class))
                .filteredOn(decline -> decline.caseId().equals("queued"))
                .singleElement()
                .satisfies(decline -> assertThat(decline.reason()).isEqualTo(CaseEnd.INDEX_TOO_OLD));
    }

    @Test
    void sellsAtThePriceOfNowWhenTheBreachIsStillThereAfterTheHour() {
        market.now = Market.T0.plus(HOUR);
        for (IndexPrice index : hourWithAWick()) {
            take(new BookInput.ObserveIndex(index));
        }
        market.sequence = 99;
        market.price("72000.00");
        market.sell("new", "0.5");

        assertThat(market.order().limit()).isEqualByComparingTo("70560.00"); // 72,000.00 less 2 %
        assertThat(market.order().sequence()).isEqualTo(100);
    }

    @Test
    void goesByTheNewWritersPricesAloneOnceItHasReadOne() {
        market.sequence = 500;
        market.price("74000.00");
        IndexPrice first = new IndexPrice(
                "BTC-USD", 2, 1, market.now, new BigDecimal("76000.00"), IndexState.LIVE, "", 3, List.of());
        market.apply(new BookInput.ObserveIndex(first));

        // What the former writer still had on its way counts for nothing, however high its sequence.
        market.price("60000.00");
        market.sell("A", "0.5");

        assertThat(market.effects(DeclineCase.class)).singleElement().satisfies(decline -> {
            assertThat(decline.reason()).isEqualTo(CaseEnd.BREACH_IS_OVER);
            assertThat(List.of(decline.indexEpoch(), decline.indexSequence())).containsExactly(2L, 1L);
        });
    }

    @Test
    void takesAHigherEpochFromTheIndexItselfAndNotFromARequest() {
        SaleEvidence ahead = new SaleEvidence(
                2,
                1,
                market.now,
                new BigDecimal("50000.00"),
                market.evidence("50000.00", "60000.00", "1").exposure(),
                market.evidence("50000.00", "60000.00", "1").collateral(),
                BigDecimal.ZERO,
                market.evidence("50000.00", "60000.00", "1").threshold());
        market.apply(new BookInput.RequestSale(market.request("A", SaleReason.HARD_LTV, "0.5", ahead)));

        assertThat(market.order().epoch()).isEqualTo(1);
        assertThat(market.order().limit()).isEqualByComparingTo("72520.00"); // 74,000.00 less 2 %
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            an hour ahead            | PT1H     | HARD_LTV     | REQUEST_TOO_OLD
            an hour behind           | PT-1H    | HARD_LTV     | INDEX_TOO_OLD
            an hour behind, a call   | PT-1H    | CALL_EXPIRED | INDEX_TOO_OLD
            ten seconds ahead        | PT10S    | HARD_LTV     | INDEX_TOO_OLD
            ten seconds behind       | PT-10S   | MANUAL       | INDEX_TOO_OLD
            a second ahead           | PT1S     | HARD_LTV     | sold
            a second behind          | PT-1S    | HARD_LTV     | sold
            """)
    void sellsNothingByAClockThatIsWrong(String name, Duration off, SaleReason reason, String outcome) {
        Instant truth = market.now;
        SaleRequest request = market.request("A", reason, "0.5", market.evidence("74000.00", "60000.00", "1"));
        market.now = truth.plus(off);

        market.apply(new BookInput.RequestSale(request));

        assertThat(market.effects(PlaceOrder.class)).as(name).hasSize(outcome.equals("sold") ? 1 : 0);
        assertThat(market.effects(DeclineCase.class).stream()
                        .map(decline -> decline.reason().name()))
                .as(name)
                .isEqualTo(outcome.equals("sold") ? List.of() : List.of(outcome));
    }

    /** A live order outlives the clock's error: it is asked about too early or too late, never sold a second time. */
    @ParameterizedTest
    @CsvSource({"PT1H", "PT-1H"})
    void sellsNoLiveOrderTwiceByAClockThatIsWrong(Duration off) {
        market.sell("A", "0.5");
        OrderEntry order = market.order();
        market.now = market.now.plus(off);

        take(new BookInput.ObserveIndex(Market.index(2, "70000.00", IndexState.LIVE, Market.T0.plusSeconds(1))));
        take(new BookInput.Report(market.state(order, ExecType.CANCELED, OrdStatus.CANCELED, "0", "0")));

        assertThat(Market.of(seen, PlaceOrder.class)).isEmpty();
        assertThat(Market.of(seen, DeclineCase.class))
                .singleElement()
                .satisfies(decline -> assertThat(decline.reason()).isEqualTo(CaseEnd.INDEX_TOO_OLD));
    }
}
