package io.loanledger.core.price;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What one venue said of a market: a quote, or a trade, which is a quote without a spread. As it came: neither sign nor order of
 * the prices is checked here.
 *
 * @param venue the venue's name
 * @param currency the currency it quotes in
 * @param bid quote currency for one whole base unit
 * @param ask likewise
 * @param observedAt the venue's time
 */
public record VenueQuote(String venue, String currency, BigDecimal bid, BigDecimal ask, Instant observedAt) {
    private static final BigDecimal HALF = new BigDecimal("0.5");

    public static VenueQuote ofTrade(String venue, String currency, BigDecimal price, Instant observedAt) {
        return new VenueQuote(venue, currency, price, price, observedAt);
    }

    /** (bid + ask) / 2, exact. */
    public BigDecimal mid() {
        return bid.add(ask).multiply(HALF);
    }

    /** ask - bid; negative when crossed. */
    public BigDecimal spread() {
        return ask.subtract(bid);
    }
}
