package io.loanledger.core.price;

/** What a market's index is worth at one moment; a fact in the price record, never a silence. */
public enum IndexState {
    /** A full quorum agrees: the only state, beside {@link #DEGRADED}, in which loans are visited. */
    LIVE,
    /** A quorum agrees, but fewer venues than configured: loans are visited, operators are told. */
    DEGRADED,
    /** No fresh quorum: the last price is old. */
    STALE,
    /** The price jumped and is not confirmed yet. */
    SUSPECT,
    /** The market was paused, by people or by its own limits. */
    HALTED;

    /** Whether a price of this state may call margin or sell. */
    public boolean isOpen() {
        return switch (this) {
            case LIVE, DEGRADED -> true;
            case STALE, SUSPECT, HALTED -> false;
        };
    }
}
