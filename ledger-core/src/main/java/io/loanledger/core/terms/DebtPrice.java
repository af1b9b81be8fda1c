package io.loanledger.core.terms;

import io.loanledger.core.money.Asset;
import java.math.BigDecimal;

/**
 * The price of the currency that is owed, for debts that are not their own measure: of a coin that is to be worth a dollar and may not be.
 *
 * @param market in which the debt's currency is priced
 * @param quote the currency of its prices, which is that of the collateral's prices too
 * @param flooredAtPeg whether a price under 1 counts as 1
 */
public record DebtPrice(String market, Asset quote, boolean flooredAtPeg) {
    /** What a unit of the debt counts for at an index price. */
    public BigDecimal measure(BigDecimal price) {
        return flooredAtPeg ? price.max(BigDecimal.ONE) : price;
    }
}
