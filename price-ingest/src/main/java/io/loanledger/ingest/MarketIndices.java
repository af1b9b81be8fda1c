package io.loanledger.ingest;

import io.loanledger.core.price.IndexCalculator;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexRules;
import io.loanledger.core.price.MarketIndex;
import io.loanledger.core.price.VenueQuote;
import io.loanledger.events.PriceTick;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The index calculators of all markets, and the time that drives them.
 *
 * <p>By the wall clock every market is looked at after each batch of ticks. A market whose last index lies further ahead of that clock
 * than any reader takes (a former process, or this one, had a wrong clock) begins anew, as if without a past: waiting until the clock
 * has caught up would be silence. By the ticks' own time a market's index is made when a
 * later tick of the market shows that all of an instant have come, or when there is nothing left to read; then every market stands at the
 * newest time of all, so that one that has gone silent ages while others go on.
 *
 * <p>The open index of a pair "COIN-USD" converts what venues quote in that coin. No clock of its own, no Kafka. One thread.
 */
final class MarketIndices {
    /** How far a tick's time may run ahead of its append time, and an index of the clock: readers refuse it beyond. */
    private static final Duration MOST_AHEAD = Duration.ofSeconds(5);

    private static final class Market {
        IndexCalculator calculator;

        /** The newest instant that the calculator knows; it takes no earlier one. */
        @Nullable
        Instant now;

        Market(IndexCalculator calculator, @Nullable Instant now) {
            this.calculator = calculator;
            this.now = now;
        }
    }

    private final IndexClock clock;
    private final Consumer<MarketIndex> publish;
    private final BiConsumer<String, Duration> begunAnew;
    private final SortedMap<String, Market> markets = new TreeMap<>();
    private @Nullable Instant newest;

    /**
     * Without markets yet.
     *
     * @param publish takes each index as it is made
     * @param begunAnew told of each market that began anew, and how far its last index lay ahead of the clock
     */
    MarketIndices(IndexClock clock, Consumer<MarketIndex> publish, BiConsumer<String, Duration> begunAnew) {
        this.clock = clock;
        this.publish = publish;
        this.begunAnew = begunAnew;
    }

    /** Adds a market, which goes on from its former writer's last record if there is one. */
    void add(IndexRules rules, Optional<IndexPrice> last) {
        IndexCalculator calculator = last.map(price -> IndexCalculator.resumedFrom(price, rules))
                .orElseGet(() -> new IndexCalculator(rules));
        markets.put(
                rules.market(),
                new Market(calculator, last.map(IndexPrice::priceTime).orElse(null)));
    }

    Collection<String> names() {
        return markets.keySet();
    }

    /** Uses a tick, or says why not. */
    Optional<TickRefusal> take(PriceTick tick, Instant appendedAt) {
        return use(tick, appendedAt, true);
    }

    /** The same for a tick that was used before a restart: no index is made of it. */
    void recall(PriceTick tick, Instant appendedAt) {
        // Counted when it was first read.
        var unused = use(tick, appendedAt, false);
    }

    private Optional<TickRefusal> use(PriceTick tick, Instant appendedAt, boolean publishing) {
        Market market = markets.get(tick.getMarket());
        if (market == null) {
            return Optional.of(TickRefusal.UNKNOWN_MARKET);
        }
        Optional<VenueQuote> quote = IndexRecords.quoteOf(tick);
        if (quote.isEmpty()) {
            return Optional.of(TickRefusal.MALFORMED);
        }
        Instant at = tick.getOccurredAt();
        if (at.isAfter(appendedAt.plus(MOST_AHEAD))) {
            return Optional.of(TickRefusal.TIME_AHEAD);
        }
        if (!market.calculator.rules().venueCurrencies().containsKey(tick.getVenue())) {
            // Known before the time is looked at: nobody but a venue of the market moves its clock.
            return Optional.of(TickRefusal.UNKNOWN_VENUE);
        }
        if (clock == IndexClock.TICKS && (market.now == null || at.isAfter(market.now))) {
            if (publishing && market.now != null) {
                makeIndex(market, market.now);
            }
            market.now = at;
            newest = newest == null || at.isAfter(newest) ? at : newest;
        }
        return market.calculator.onQuote(quote.get()).map(TickRefusal::of);
    }

    /**
     * To be called after each batch of ticks.
     *
     * @param caughtUp whether nothing was left to read
     * @param wallNow the process's clock
     */
    void batchEnded(boolean caughtUp, Instant wallNow) {
        switch (clock) {
            case WALL ->
                markets.values().forEach(market -> {
                    beginAnewIfAhead(market, wallNow);
                    market.now = wallNow;
                    makeIndex(market, wallNow);
                });
            case TICKS -> {
                if (caughtUp && newest != null) {
                    for (Market market : markets.values()) {
                        market.now = newest;
                        makeIndex(market, newest);
                    }
                }
            }
        }
    }

    private void beginAnewIfAhead(Market market, Instant wallNow) {
        if (market.now != null && market.now.isAfter(wallNow.plus(MOST_AHEAD))) {
            IndexRules rules = market.calculator.rules();
            market.calculator = new IndexCalculator(rules);
            begunAnew.accept(rules.market(), Duration.between(wallNow, market.now));
        }
    }

    private void makeIndex(Market market, Instant now) {
        market.calculator.onTime(now).ifPresent(index -> {
            publish.accept(index);
            convertBy(index, market.calculator.rules().quoteCurrency());
        });
    }

    private void convertBy(MarketIndex index, String quoteCurrency) {
        int dash = index.market().indexOf('-');
        String base = dash < 0 ? index.market() : index.market().substring(0, dash);
        BigDecimal price = index.state().isOpen() ? index.price() : null;
        for (Market other : markets.values()) {
            IndexRules rules = other.calculator.rules();
            if (rules.quoteCurrency().equals(quoteCurrency)
                    && rules.venueCurrencies().containsValue(base)) {
                other.calculator.onConversion(base, price, index.priceTime());
            }
        }
    }
}
