package io.loanledger.ingest;

import io.loanledger.core.price.QuoteRefusal;

/** Why a readable tick is not used, in order of precedence; the name is the label of the counter. */
public enum TickRefusal {
    /** No index is made of this market. */
    UNKNOWN_MARKET,
    /** A trade without price, a quote without a side, or a number that is none. */
    MALFORMED,
    /** Its time runs more than five seconds ahead of the broker's. */
    TIME_AHEAD,
    /** The market has no such venue. */
    UNKNOWN_VENUE,
    /** The venue is known to quote in another currency. */
    WRONG_CURRENCY,
    /** Older than the venue's last one. */
    OUT_OF_ORDER,
    /** Not positive, crossed, or outside the market's sanity limits. */
    ABSURD;

    static TickRefusal of(QuoteRefusal refusal) {
        return switch (refusal) {
            case UNKNOWN_VENUE -> UNKNOWN_VENUE;
            case WRONG_CURRENCY -> WRONG_CURRENCY;
            case OUT_OF_ORDER -> OUT_OF_ORDER;
            case ABSURD -> ABSURD;
        };
    }
}
