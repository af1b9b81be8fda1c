package io.loanledger.core.terms;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A commitment that is drawn in parts. What is not drawn costs nothing.
 *
 * @param revolving whether what is repaid can be drawn again
 * @param minimumDraw a draw is at least this
 * @param drawFee kept from every draw but the first, whose fee is that of the payout; null for none
 */
public record LineTerms(
        boolean revolving, Money minimumDraw, @Nullable OriginationTerms drawFee) {
    public LineTerms {
        if (minimumDraw.isNegative()) {
            throw new IllegalArgumentException("a draw is not under nothing: " + minimumDraw);
        }
    }

    /** The fee kept from a draw. */
    public Money feeOf(Money draw) {
        return drawFee == null ? Money.zero(draw.currency()) : drawFee.feeOf(draw);
    }

    void requireCurrency(Asset debtAsset) {
        if (!minimumDraw.currency().equals(debtAsset)
                || (drawFee != null && !drawFee.fixed().currency().equals(debtAsset))) {
            throw new IllegalArgumentException("draws and their fees are in " + debtAsset);
        }
    }
}
