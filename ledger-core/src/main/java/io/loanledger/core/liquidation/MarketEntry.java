package io.loanledger.core.liquidation;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a book knows of its market.
 *
 * @param newest the newest price seen; null before the first
 * @param killed whether the kill switch is engaged: no new order, live ones are cancelled
 * @param paused whether the market is paused: no new order, live ones run on until they expire
 * @param blocksFormed counts the market's blocks, so that their order survives a restart
 */
public record MarketEntry(@Nullable Quote newest, boolean killed, boolean paused, long blocksFormed)
        implements BookEntry {
    static final MarketEntry NEW = new MarketEntry(null, false, false, 0);

    /**
     * One index price, as far as a sale needs it.
     *
     * @param price null while the market never had one
     * @param open whether it may be sold at
     */
    public record Quote(
            long epoch,
            long sequence,
            Instant priceTime,
            @Nullable BigDecimal price,
            boolean open) {
        boolean isAfter(@Nullable Quote other) {
            return other == null || (epoch != other.epoch ? epoch > other.epoch : sequence > other.sequence);
        }
    }

    @Override
    public EntryKey key() {
        return new EntryKey(EntryKey.Kind.MARKET, "");
    }

    MarketEntry withNewest(Quote quote) {
        return new MarketEntry(quote, killed, paused, blocksFormed);
    }

    MarketEntry withKilled(boolean engaged) {
        return new MarketEntry(newest, engaged, paused, blocksFormed);
    }

    MarketEntry withPaused(boolean now) {
        return new MarketEntry(newest, killed, now, blocksFormed);
    }

    MarketEntry withBlocksFormed(long number) {
        return new MarketEntry(newest, killed, paused, number);
    }

    boolean mayPlace() {
        return !killed && !paused;
    }
}
