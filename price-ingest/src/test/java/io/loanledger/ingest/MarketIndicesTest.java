package io.loanledger.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexRules;
import io.loanledger.core.price.IndexSource;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.price.MarketIndex;
import io.loanledger.events.PriceTick;
import io.loanledger.events.TickKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarketIndicesTest {
    private static final Instant START = Instant.parse("2020-03-12T00:00:00Z");
    /** The broker took the replay long after the history that it tells. */
    private static final Instant APPENDED = Instant.parse("2026-01-01T00:00:00Z");

    private static final IndexRules BTC =
            IndexRules.standard("BTC-USD", "USD", Map.of("a", "USD", "b", "USD", "c", "USD"));
    private static final IndexRules ETH =
            IndexRules.standard("ETH-USD", "USD", Map.of("a", "USD", "b", "USD", "c", "USD"));

    private final List<MarketIndex> published = new ArrayList<>();
    private final List<String> begunAnew = new ArrayList<>();

    @Test
    void makesAnIndexByTheTicksTimeOnceALaterTickShowsThatAllHaveCome() {
        MarketIndices indices = byTicks(BTC);

        quoteAll(indices, "BTC-USD", 0, "100");
        assertThat(published).isEmpty();
        take(indices, "BTC-USD", "a", 1, "101");

        assertThat(published).hasSize(1);
        assertThat(published.getFirst().priceTime()).isEqualTo(START);
        assertThat(used(published.getFirst())).isEqualTo(3);
    }

    @Test
    void makesAnIndexByTheTicksTimeWhenNothingIsLeftToRead() {
        MarketIndices indices = byTicks(BTC);

        quoteAll(indices, "BTC-USD", 0, "100");
        indices.batchEnded(false, APPENDED);
        assertThat(published).isEmpty();
        indices.batchEnded(true, APPENDED);

        assertThat(published).hasSize(1);
        assertThat(used(published.getFirst())).isEqualTo(3);
    }

    @Test
    void letsTimeStandStillBetweenTicksOfAReplay() {
        MarketIndices indices = byTicks(BTC);
        quoteAll(indices, "BTC-USD", 0, "100");
        quoteAll(indices, "BTC-USD", 1, "100");
        indices.batchEnded(true, APPENDED);
        int before = published.size();

        indices.batchEnded(true, APPENDED.plusSeconds(3600));

        assertThat(published).hasSize(before);
        assertThat(published.getLast().state()).isEqualTo(IndexState.LIVE);
    }

    @Test
    void agesAMarketThatFallsSilentWhileAnotherGoesOn() {
        MarketIndices indices = byTicks(BTC, ETH);
        for (int second = 0; second <= 6; second++) {
            quoteAll(indices, "BTC-USD", second, "100");
            quoteAll(indices, "ETH-USD", second, "200");
            indices.batchEnded(true, APPENDED);
        }
        assertThat(lastOf("BTC-USD").state()).isEqualTo(IndexState.LIVE);
        for (int second = 7; second <= 20; second++) {
            quoteAll(indices, "ETH-USD", second, "200");
            indices.batchEnded(true, APPENDED);
        }

        assertThat(lastOf("BTC-USD").state()).isEqualTo(IndexState.STALE);
        assertThat(lastOf("BTC-USD").price()).isEqualByComparingTo("100");
        assertThat(lastOf("ETH-USD").state()).isEqualTo(IndexState.LIVE);
    }

    @Test
    void saysByTheWallClockThatAMarketIsStaleWhenTicksCease() {
        MarketIndices indices = new MarketIndices(
                IndexClock.WALL, published::add, (market, ahead) -> begunAnew.add(market + " " + ahead));
        indices.add(BTC, Optional.empty());
        for (int second = 0; second <= 6; second++) {
            quoteAll(indices, "BTC-USD", second, "100");
            indices.batchEnded(false, START.plusSeconds(second));
        }
        assertThat(lastOf("BTC-USD").state()).isEqualTo(IndexState.LIVE);
        for (int second = 7; second <= 17; second++) {
            indices.batchEnded(true, START.plusSeconds(second));
        }

        assertThat(lastOf("BTC-USD").state()).isEqualTo(IndexState.STALE);
        assertThat(lastOf("BTC-USD").priceTime()).isEqualTo(START.plusSeconds(17));
    }

    @Test
    void beginsAnewWhenTheLastIndexLiesAnHourAheadOfTheClock() {
        MarketIndices indices = byTheWallAfter(START.plusSeconds(3_600));
        for (int second = 0; second <= 10; second++) {
            quoteAll(indices, "BTC-USD", second, "100");
            indices.batchEnded(false, START.plusSeconds(second));
        }

        assertThat(begunAnew).containsExactly("BTC-USD PT1H");
        assertThat(published).hasSize(11);
        assertThat(published.getFirst().state().isOpen()).isFalse();
        assertThat(lastOf("BTC-USD").state()).isEqualTo(IndexState.LIVE);
        assertThat(lastOf("BTC-USD").priceTime()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void beginsAnewWhenItsOwnClockIsSetBack() {
        MarketIndices indices = byTheWallAfter(START.plusSeconds(3_599));
        indices.batchEnded(true, START.plusSeconds(3_600));
        quoteAll(indices, "BTC-USD", 1, "100");
        indices.batchEnded(true, START.plusSeconds(1));

        assertThat(begunAnew).containsExactly("BTC-USD PT59M59S");
        assertThat(lastOf("BTC-USD").priceTime()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void goesOnWhenTheClockIsBehindByNoMoreThanReadersAllow() {
        MarketIndices indices = byTheWallAfter(START.plusSeconds(5));
        quoteAll(indices, "BTC-USD", 0, "100");
        indices.batchEnded(true, START);

        assertThat(begunAnew).isEmpty();
        assertThat(lastOf("BTC-USD").priceTime()).isEqualTo(START.plusSeconds(5));
    }

    @Test
    void saysOfQuotesOfAnHourAgoThatTheyAreTooOld() {
        MarketIndices indices = byTheWallAfter(START.minusSeconds(1));
        quoteAll(indices, "BTC-USD", 0, "50");
        indices.batchEnded(true, START.plusSeconds(3_600));

        assertThat(lastOf("BTC-USD").state()).isEqualTo(IndexState.STALE);
        assertThat(lastOf("BTC-USD").price()).isEqualByComparingTo("100");
    }

    private MarketIndices byTheWallAfter(Instant last) {
        MarketIndices indices = new MarketIndices(
                IndexClock.WALL, published::add, (market, ahead) -> begunAnew.add(market + " " + ahead));
        indices.add(
                BTC,
                Optional.of(new IndexPrice(
                        "BTC-USD", 3, 9, last, new BigDecimal("100"), IndexState.LIVE, "", 3, List.of())));
        return indices;
    }

    @Test
    void recallsTicksWithoutMakingAnIndexOfThem() {
        MarketIndices indices = new MarketIndices(
                IndexClock.TICKS, published::add, (market, ahead) -> begunAnew.add(market + " " + ahead));
        IndexPrice last = new IndexPrice(
                "BTC-USD", 3, 9, START.plusSeconds(4), new BigDecimal("100.00"), IndexState.LIVE, "", 3, List.of());
        indices.add(BTC, Optional.of(last));
        for (int second = 0; second <= 4; second++) {
            for (String venue : List.of("a", "b", "c")) {
                indices.recall(tick("BTC-USD", venue, second, "100"), APPENDED);
            }
        }
        assertThat(published).isEmpty();

        quoteAll(indices, "BTC-USD", 5, "101");
        indices.batchEnded(true, APPENDED);
        // One second after the last index and within a jump of it: no gap, so no doubt.
        assertThat(lastOf("BTC-USD").state()).isEqualTo(IndexState.LIVE);
        assertThat(lastOf("BTC-USD").price()).isEqualByComparingTo("101");
    }

    @Test
    void refusesTicksInTheOrderOfPrecedence() {
        MarketIndices indices = byTicks(BTC);
        quoteAll(indices, "BTC-USD", 10, "100");

        assertThat(take(indices, "XRP-USD", "z", 10, "-1")).contains(TickRefusal.UNKNOWN_MARKET);
        PriceTick empty = PriceTick.newBuilder(tick("BTC-USD", "z", 10, "1"))
                .setPrice(null)
                .build();
        assertThat(indices.take(empty, APPENDED)).contains(TickRefusal.MALFORMED);
        assertThat(take(indices, "BTC-USD", "a", 10, "1e3")).contains(TickRefusal.MALFORMED);
        PriceTick ahead = PriceTick.newBuilder(tick("BTC-USD", "z", 10, "1"))
                .setOccurredAt(APPENDED.plusMillis(5_001))
                .build();
        assertThat(indices.take(ahead, APPENDED)).contains(TickRefusal.TIME_AHEAD);
        assertThat(take(indices, "BTC-USD", "z", 10, "-1")).contains(TickRefusal.UNKNOWN_VENUE);
        PriceTick coin = PriceTick.newBuilder(tick("BTC-USD", "a", 10, "100"))
                .setQuoteCurrency("USDT")
                .build();
        assertThat(indices.take(coin, APPENDED)).contains(TickRefusal.WRONG_CURRENCY);
        assertThat(take(indices, "BTC-USD", "a", 9, "100")).contains(TickRefusal.OUT_OF_ORDER);
        assertThat(take(indices, "BTC-USD", "a", 10, "-1")).contains(TickRefusal.ABSURD);
        assertThat(take(indices, "BTC-USD", "a", 10, "100")).isEmpty();
    }

    @Test
    void lets5SecondsAheadOfTheBrokerPassAndNotMore() {
        MarketIndices indices = byTicks(BTC);
        Instant appended = START.minusSeconds(5);

        assertThat(indices.take(tick("BTC-USD", "a", 0, "100"), appended)).isEmpty();
        assertThat(indices.take(tick("BTC-USD", "a", 0, "100"), appended.minusMillis(1)))
                .contains(TickRefusal.TIME_AHEAD);
    }

    @Test
    void doesNotLetAStrangerMoveTheClock() {
        MarketIndices indices = byTicks(BTC);
        quoteAll(indices, "BTC-USD", 0, "100");
        take(indices, "BTC-USD", "stranger", 3_600, "100");
        quoteAll(indices, "BTC-USD", 1, "100");
        indices.batchEnded(true, APPENDED);

        assertThat(lastOf("BTC-USD").priceTime()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void convertsByTheOpenIndexOfTheCoin() {
        IndexRules btc = IndexRules.standard("BTC-USD", "USD", Map.of("a", "USD", "b", "USD", "c", "USDT"));
        IndexRules usdt = IndexRules.standard("USDT-USD", "USD", Map.of("a", "USD", "b", "USD", "c", "USD"))
                .withPriceScale(4);
        MarketIndices indices = byTicks(btc, usdt);
        for (int second = 0; second <= 3; second++) {
            quoteAll(indices, "USDT-USD", second, "0.87");
            take(indices, "BTC-USD", "a", second, "87000");
            take(indices, "BTC-USD", "b", second, "87000");
            PriceTick inCoin = PriceTick.newBuilder(tick("BTC-USD", "c", second, "100000"))
                    .setQuoteCurrency("USDT")
                    .build();
            assertThat(indices.take(inCoin, APPENDED)).isEmpty();
            indices.batchEnded(true, APPENDED);
        }

        // 100,000 coins at 0.87 are 87,000 dollars: without the conversion there would be no quorum.
        assertThat(lastOf("BTC-USD").price()).isEqualByComparingTo("87000");
        assertThat(lastOf("BTC-USD").state().isOpen()).isTrue();
        assertThat(published.stream()
                        .filter(index -> index.market().equals("BTC-USD"))
                        .findFirst())
                .get()
                .extracting(MarketIndex::state)
                .isEqualTo(IndexState.STALE);
    }

    private MarketIndices byTicks(IndexRules... markets) {
        MarketIndices indices = new MarketIndices(
                IndexClock.TICKS, published::add, (market, ahead) -> begunAnew.add(market + " " + ahead));
        for (IndexRules rules : markets) {
            indices.add(rules, Optional.empty());
        }
        return indices;
    }

    private MarketIndex lastOf(String market) {
        return published.stream()
                .filter(index -> index.market().equals(market))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static long used(MarketIndex index) {
        return index.sources().stream().filter(IndexSource::counts).count();
    }

    private static void quoteAll(MarketIndices indices, String market, int second, String price) {
        for (String venue : List.of("a", "b", "c")) {
            take(indices, market, venue, second, price);
        }
    }

    private static Optional<TickRefusal> take(
            MarketIndices indices, String market, String venue, int second, String price) {
        return indices.take(tick(market, venue, second, price), APPENDED);
    }

    private static PriceTick tick(String market, String venue, int second, String price) {
        return PriceTick.newBuilder()
                .setEventId(market + venue + second)
                .setOccurredAt(START.plusSeconds(second))
                .setProducer("test")
                .setMarket(market)
                .setVenue(venue)
                .setKind(TickKind.TRADE)
                .setPrice(price)
                .setQuoteCurrency("USD")
                .build();
    }
}
