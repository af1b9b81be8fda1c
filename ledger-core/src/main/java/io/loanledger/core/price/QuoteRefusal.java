package io.loanledger.core.price;

/** Why a venue's quote is not taken, in order of precedence. */
public enum QuoteRefusal {
    /** The market has no such venue. */
    UNKNOWN_VENUE,
    /** The venue is known to quote in another currency. */
    WRONG_CURRENCY,
    /** Older than the venue's last one. */
    OUT_OF_ORDER,
    /** Not positive, crossed, or outside the market's sanity limits; the venue is out until it makes sense again. */
    ABSURD
}
