package io.loanledger.core.liquidation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a book knows of its market.
 *
 * @param newest the newest price seen; null before the first
 * @param killed whether the kill switch is engaged: no new order, live ones are cancelled
 * @param paused whether the market is paused: no new order, live ones run on until they expire
 * @param blocksFormed counts the market's blocks, so that their order survives a restart
 * @param halt whether the book was found not to add up: no new order, live ones run on
 * @param told what the ledger was told of all kept cases together; null in a book that an earlier program stored
 */
public record MarketEntry(
        @Nullable Quote newest,
        boolean killed,
        boolean paused,
        long blocksFormed,
        MarketHalt halt,
        @Nullable Told told) implements BookEntry {
    static final MarketEntry NEW = new MarketEntry(null, false, false, 0, MarketHalt.NONE, null);

    /** Sums of settlements, in the smallest units of base asset and quote currency. */
    public record Told(BigInteger quantity, BigInteger gross, BigInteger fees) {
        static final Told NOTHING = new Told(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

        Told plus(CaseSettlement settlement) {
            return new Told(
                    quantity.add(OrderTally.units(settlement.cumQty())),
                    gross.add(settlement.cumGross().amount().unscaledValue()),
                    fees.add(settlement.cumFees().amount().unscaledValue()));
        }

        Told minus(CaseSettlement settlement) {
            return new Told(
                    quantity.subtract(OrderTally.units(settlement.cumQty())),
                    gross.subtract(settlement.cumGross().amount().unscaledValue()),
                    fees.subtract(settlement.cumFees().amount().unscaledValue()));
        }
    }

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
        return new MarketEntry(quote, killed, paused, blocksFormed, halt, told);
    }

    MarketEntry withKilled(boolean engaged) {
        return new MarketEntry(newest, engaged, paused, blocksFormed, halt, told);
    }

    /** A pause says that a halt was seen; letting go after that ends it. */
    MarketEntry withPaused(boolean now) {
        MarketHalt next = switch (halt) {
            case NONE -> MarketHalt.NONE;
            case HALTED -> now ? MarketHalt.SEEN : MarketHalt.HALTED;
            case SEEN -> now ? MarketHalt.SEEN : MarketHalt.NONE;
        };
        return new MarketEntry(newest, killed, now, blocksFormed, next, told);
    }

    MarketEntry halted() {
        return new MarketEntry(newest, killed, paused, blocksFormed, MarketHalt.HALTED, told);
    }

    MarketEntry withTold(Told sum) {
        return new MarketEntry(newest, killed, paused, blocksFormed, halt, sum);
    }

    MarketEntry withBlocksFormed(long number) {
        return new MarketEntry(newest, killed, paused, number, halt, told);
    }

    boolean mayPlace() {
        return !killed && !paused && halt == MarketHalt.NONE;
    }
}
