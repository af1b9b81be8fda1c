package io.loanledger.local.checker;

/**
 * What an input did, as far as the valuation that follows asks.
 *
 * @param cure by what it may cure a call: TOP_UP, REPAYMENT, or PRICE for whatever cannot by itself
 * @param valueTime of what may cure, microseconds
 * @param moves whether debt or coin moved, so that an open case is measured again
 */
record After(String cure, long valueTime, boolean moves) {
    static final String TOP_UP = "TOP_UP";
    static final String REPAYMENT = "REPAYMENT";
    static final String PRICE = "PRICE";

    static final After OTHER = new After(PRICE, Long.MIN_VALUE, false);
    static final After MOVED = new After(PRICE, Long.MIN_VALUE, true);

    static After cures(String kind, long valueTime) {
        return new After(kind, valueTime, true);
    }
}
