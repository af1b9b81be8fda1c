package io.loanledger.core.liquidation;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;

/**
 * What a case has sold so far, cumulative.
 *
 * @param cumQty sold
 * @param cumGross for how much, before fees
 * @param cumFees the desk's commission on it; negative when rebates outweigh it
 * @param complete whether nothing more will be sold
 */
public record CaseSettlement(Quantity cumQty, Money cumGross, Money cumFees, boolean complete) {
    static CaseSettlement none(Asset base, Asset quote) {
        return new CaseSettlement(Quantity.zero(base), Money.zero(quote), Money.zero(quote), false);
    }
}
