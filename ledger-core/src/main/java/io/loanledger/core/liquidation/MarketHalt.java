package io.loanledger.core.liquidation;

/**
 * Whether a market is stopped because its book does not add up. Nothing but people let it go again: they pause the market, which says
 * that the halt was seen, and let it go once the difference is explained. A pause that was let go before the halt releases nothing.
 */
public enum MarketHalt {
    /** The book adds up. */
    NONE,
    /** It does not, and nobody has said yet that they know. */
    HALTED,
    /** It does not, and people have paused the market since. */
    SEEN
}
