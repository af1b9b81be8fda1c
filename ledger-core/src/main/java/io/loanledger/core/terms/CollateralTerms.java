package io.loanledger.core.terms;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Quantity;

/**
 * One asset that a product takes as collateral.
 *
 * @param asset the coin
 * @param market the market whose index prices it in the debt currency, "BTC-USD"
 * @param haircut share of its value that does not count (0 counts all of it), under one
 * @param lotSize the smallest quantity that is sold; quantities to sell are its multiples
 */
public record CollateralTerms(Asset asset, String market, Fraction haircut, Quantity lotSize) {
    public CollateralTerms {
        if (haircut.compareTo(Fraction.ONE) >= 0) {
            throw new IllegalArgumentException("a haircut is under 1, not " + haircut);
        }
        if (!lotSize.isPositive() || !lotSize.asset().equals(asset)) {
            throw new IllegalArgumentException("a lot of " + asset + " is positive, not " + lotSize);
        }
    }
}
