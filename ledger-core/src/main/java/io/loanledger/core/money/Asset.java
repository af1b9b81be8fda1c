package io.loanledger.core.money;

/**
 * A coin or a currency: the lender's short code ("BTC", "USD") and the number of decimal places in which the ledger counts it
 * (8 for bitcoin, 2 for dollars).
 *
 * <p>The CAIP-19 identifier stands in the product's terms, not here: two entries that name the same coin on two chains have two
 * codes, so that each keeps its own finality and haircut.
 */
public record Asset(String code, int scale) {
    /** Eighteen places is the finest unit in use (wei). */
    public static final int MAX_SCALE = 18;

    public Asset {
        if (code.isBlank()) {
            throw new IllegalArgumentException("an asset needs a code");
        }
        if (scale < 0 || scale > MAX_SCALE) {
            throw new IllegalArgumentException("scale of " + code + " must be 0.." + MAX_SCALE + ", not " + scale);
        }
    }

    @Override
    public String toString() {
        return code;
    }
}
