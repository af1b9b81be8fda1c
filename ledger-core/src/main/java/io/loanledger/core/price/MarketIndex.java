package io.loanledger.core.price;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the venues of a market make of it at an instant: an {@link IndexPrice} that its writer has not yet given a place. The parts mean
 * the same.
 */
public record MarketIndex(
        String market,
        Instant priceTime,
        @Nullable BigDecimal price,
        IndexState state,
        String stateReason,
        int quorum,
        List<IndexSource> sources) {
    public MarketIndex {
        sources = List.copyOf(sources);
    }

    public IndexPrice at(long epoch, long sequence) {
        return new IndexPrice(market, epoch, sequence, priceTime, price, state, stateReason, quorum, sources);
    }
}
