package io.loanledger.core.liquidation;

import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What the ledger saw when it decided to sell: the index price, and the loan's figures, which any reader can multiply out again.
 *
 * <p>loan-to-value = exposure / (price x collateral x (1 - haircut)); 60,000 owed on 1 BTC at 75,000 without haircut is 80 %.
 *
 * @param epoch the index writer's epoch
 * @param sequence the index price's number in that epoch
 * @param priceTime the market's time of the price
 * @param price quote currency for one whole unit of collateral
 * @param exposure what the loan owes, on the product's basis
 * @param collateral all of the loan's collateral in this market, sold part not included
 * @param haircut decimal fraction of the collateral's value that does not count, 0 to 1
 * @param threshold the limit and how it is met
 */
public record SaleEvidence(
        long epoch,
        long sequence,
        Instant priceTime,
        BigDecimal price,
        Money exposure,
        Quantity collateral,
        BigDecimal haircut,
        Threshold threshold) {
    public SaleEvidence {
        if (price.signum() <= 0) {
            throw new IllegalArgumentException("a price is positive, not " + price.toPlainString());
        }
        if (exposure.isNegative() || collateral.isNegative()) {
            throw new IllegalArgumentException(
                    "neither exposure nor collateral is negative: " + exposure + ", " + collateral);
        }
        if (haircut.signum() < 0 || haircut.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("a haircut is 0 to 1, not " + haircut.toPlainString());
        }
    }

    /** Whether the threshold is met at a price, exactly; 80.00 % meets "reaches 80 %" and does not meet "exceeds 80 %". */
    public boolean isBreachedAt(BigDecimal atPrice) {
        return threshold.isMetBy(exposure.amount(), atPrice.multiply(effectiveCollateral()));
    }

    /**
     * Orders by loan-to-value, exactly and without a price: within one market the price divides out. Debt on collateral that counts
     * for nothing is deeper than any other.
     *
     * @return positive when {@code first} stands deeper
     */
    static int compareDepth(SaleEvidence first, SaleEvidence second) {
        BigDecimal left = first.exposure.amount().multiply(second.effectiveCollateral());
        BigDecimal right = second.exposure.amount().multiply(first.effectiveCollateral());
        return left.compareTo(right);
    }

    private BigDecimal effectiveCollateral() {
        return collateral.amount().multiply(BigDecimal.ONE.subtract(haircut));
    }
}
