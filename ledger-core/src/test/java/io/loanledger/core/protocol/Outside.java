package io.loanledger.core.protocol;

/** What the world does to both services; each comes when it likes. */
enum Outside {
    PRICE_HIGH,
    PRICE_CALL,
    PRICE_HARD,
    PRICE_LOW,
    /** The index is not open. */
    PRICE_STALE,
    /** A minute without a price: a dead feed, or services that stood still. */
    MINUTE,
    HOUR,
    /** 4,000: at 10,000 a coin to exactly 60 %. */
    REPAY_SOME,
    REPAY_ALL,
    /** One more coin. */
    TOP_UP,
    FREEZE,
    UNFREEZE,
    LOCK_REVERTED,
    /** The borrower asks for a coin back. */
    ASK_RELEASE,
    KILL,
    UNKILL,
    PAUSE,
    UNPAUSE
}
