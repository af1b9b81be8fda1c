package io.loanledger.core.terms;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Threshold;

/**
 * When and how much the lender sells.
 *
 * @param threshold the hard limit; it pre-empts every clock
 * @param targetLtv a partial sale ends at or under this ratio
 * @param minimumResidualDebt a partial sale that would leave less than this becomes a full one (the dust rule)
 * @param feeRate the lender's fee as a share of the value sold
 * @param floorDiscount how far under the index price the sell order's limit may stand
 */
public record LiquidationTerms(
        Threshold threshold, Fraction targetLtv, Money minimumResidualDebt, Fraction feeRate, Fraction floorDiscount) {
    public LiquidationTerms {
        if (targetLtv.compareTo(threshold.ltv()) >= 0) {
            throw new IllegalArgumentException("target " + targetLtv + " must lie under the limit " + threshold.ltv());
        }
        if (feeRate.compareTo(Fraction.ONE) >= 0 || floorDiscount.compareTo(Fraction.ONE) >= 0) {
            throw new IllegalArgumentException("fee and floor discount are under 1");
        }
        if (minimumResidualDebt.isNegative()) {
            throw new IllegalArgumentException("a minimum residual debt is not negative");
        }
    }
}
