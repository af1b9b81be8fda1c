package io.loanledger.core.price;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One market's index price as every task reads it.
 *
 * @param market the market's id, "BTC-USD"
 * @param epoch counts the writers: a restarted or replacing writer takes a higher one
 * @param sequence rises by one with each record of an epoch; (epoch, sequence) rises strictly per market
 * @param priceTime the market's time of this price
 * @param price quote currency for one whole base unit; the last good one in a closed state; null when there never was one
 * @param state whether it may be acted on
 * @param stateReason why, for people
 * @param quorum how many venues had to agree
 * @param sources every venue's part, in the order of their names
 */
public record IndexPrice(
        String market,
        long epoch,
        long sequence,
        Instant priceTime,
        @Nullable BigDecimal price,
        IndexState state,
        String stateReason,
        int quorum,
        List<IndexSource> sources) {
    public IndexPrice {
        sources = sources instanceof SourcesOnDemand ? sources : List.copyOf(sources);
        if (state.isOpen() && (price == null || price.signum() <= 0)) {
            throw new IllegalArgumentException(
                    "an open index has a positive price: " + market + " " + epoch + "/" + sequence);
        }
    }

    /** Whether this record comes after the other in its market's own order. */
    public boolean isAfter(long otherEpoch, long otherSequence) {
        return epoch != otherEpoch ? epoch > otherEpoch : sequence > otherSequence;
    }
}
