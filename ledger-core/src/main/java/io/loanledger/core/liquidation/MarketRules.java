package io.loanledger.core.liquidation;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * How one market may be sold into. These are limits of the venue and of the processor; what a loan allows (floor, lot, threshold)
 * comes with its request.
 *
 * @param market the market's id, "BTC-USD"
 * @param base what is sold
 * @param quote what it is sold for
 * @param tickSize the step of a limit price, in quote currency
 * @param maxOrderQuantity the most one order may carry; more is sold in slices, one after the other
 * @param maxNotionalInFlight the most that open blocks may be worth together, at the index prices they were formed at
 * @param maxOpenBlocks how many blocks may be open at a time
 * @param maxBlockMembers how many cases one block may hold
 * @param orderLife from the order to its expiry
 * @param maxPriceAge the oldest index price, against the clock, that an order may be formed at
 * @param maxRequestAge the oldest evidence, against newest index and clock, with which a request may arrive
 * @param rejectDelay how long a block waits after the desk has rejected its order
 * @param overdueAfter how long after its expiry an order without an answer is alarmed
 * @param retention how long an ended case is kept to answer repeats, late fills and busts
 */
public record MarketRules(
        String market,
        Asset base,
        Asset quote,
        BigDecimal tickSize,
        Quantity maxOrderQuantity,
        Money maxNotionalInFlight,
        int maxOpenBlocks,
        int maxBlockMembers,
        Duration orderLife,
        Duration maxPriceAge,
        Duration maxRequestAge,
        Duration rejectDelay,
        Duration overdueAfter,
        Duration retention) {
    public MarketRules {
        if (tickSize.signum() <= 0 || !maxOrderQuantity.isPositive() || !maxNotionalInFlight.isPositive()) {
            throw new IllegalArgumentException("tick, order quantity and notional of " + market + " must be positive");
        }
        if (!maxOrderQuantity.asset().equals(base)
                || !maxNotionalInFlight.currency().equals(quote)) {
            throw new IllegalArgumentException("limits of " + market + " must be in " + base + " and " + quote);
        }
        if (maxOpenBlocks < 1 || maxBlockMembers < 1) {
            throw new IllegalArgumentException(market + " needs room for one block of one member");
        }
        if (!orderLife.isPositive()
                || !maxPriceAge.isPositive()
                || !maxRequestAge.isPositive()
                || !retention.isPositive()) {
            throw new IllegalArgumentException("durations of " + market + " must be positive");
        }
    }

    /** index x (1 - discount), up to the next tick: rounding never lowers the floor. 7,000.00 less 2.5 % is 6,825.00. */
    BigDecimal floorRoundedUpToTick(BigDecimal index, BigDecimal discount) {
        BigDecimal floor = index.multiply(BigDecimal.ONE.subtract(discount));
        BigDecimal ticks = floor.divide(tickSize, 0, RoundingMode.CEILING);
        return ticks.max(BigDecimal.ONE).multiply(tickSize);
    }

    /** The largest multiple of the lot whose value at the price is within the notional; never negative. */
    Quantity affordableRoundedDownToLot(BigDecimal notional, BigDecimal price, Quantity lot) {
        if (notional.signum() <= 0) {
            return Quantity.zero(base);
        }
        BigDecimal lots = notional.divideToIntegralValue(price.multiply(lot.amount()));
        return new Quantity(lots.multiply(lot.amount()), base);
    }
}
