package io.loanledger.core.terms;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Threshold;
import org.jspecify.annotations.Nullable;

/**
 * When and how much the lender sells, and what it takes for that.
 *
 * @param threshold the hard limit; it pre-empts every clock
 * @param plan what a sale is to reach
 * @param targetLtv a sale ends at or under this ratio; 0 when it is to clear the debt
 * @param closeFactor the largest share of the debt that one sale repays; one for no such bound
 * @param minimumResidualDebt a sale that would leave less than this sells everything (the dust rule)
 * @param fee the lender's fee
 * @param penalty a further charge, in an account of its own
 * @param floorDiscount how far under the index price the sell order's limit may stand
 * @param reverseLtv with {@link SalePlan#STABILISE}, and only then: money is made coin again at or under this ratio
 */
public record LiquidationTerms(
        Threshold threshold,
        SalePlan plan,
        Fraction targetLtv,
        Fraction closeFactor,
        Money minimumResidualDebt,
        Charge fee,
        Charge penalty,
        Fraction floorDiscount,
        @Nullable Fraction reverseLtv) {
    public LiquidationTerms {
        if (targetLtv.compareTo(threshold.ltv()) >= 0) {
            throw new IllegalArgumentException("target " + targetLtv + " must lie under the limit " + threshold.ltv());
        }
        if (floorDiscount.compareTo(Fraction.ONE) >= 0) {
            throw new IllegalArgumentException("a floor discount is under 1");
        }
        if (minimumResidualDebt.isNegative()) {
            throw new IllegalArgumentException("a minimum residual debt is not negative");
        }
        if (closeFactor.isZero() || closeFactor.compareTo(Fraction.ONE) > 0) {
            throw new IllegalArgumentException("one sale repays more than nothing and at most all, not " + closeFactor);
        }
        if (closeFactor.compareTo(Fraction.ONE) < 0 && plan != SalePlan.TO_TARGET) {
            throw new IllegalArgumentException(plan + " sells all at once, not " + closeFactor);
        }
        Fraction ofSoldValue = sum(fee, penalty, Charge.Base.SOLD_VALUE);
        if (ofSoldValue.compareTo(Fraction.ONE) >= 0) {
            throw new IllegalArgumentException("charges on the sold value are under 1 in all, not " + ofSoldValue);
        }
        if ((plan == SalePlan.STABILISE) != (reverseLtv != null)) {
            throw new IllegalArgumentException("a ratio to reverse at belongs to STABILISE, not to " + plan);
        }
        if (reverseLtv != null && (reverseLtv.isZero() || threshold.isMetBy(reverseLtv))) {
            throw new IllegalArgumentException("what is reversed at " + reverseLtv + " would be sold again");
        }
        if (plan == SalePlan.STABILISE
                && !sum(fee, penalty, Charge.Base.DEBT_REPAID).isZero()) {
            throw new IllegalArgumentException("STABILISE repays no debt that a charge could be taken on");
        }
    }

    /** A sale down to a target, in one step, with a fee on what is sold. */
    public LiquidationTerms(
            Threshold threshold,
            Fraction targetLtv,
            Money minimumResidualDebt,
            Fraction feeRate,
            Fraction floorDiscount) {
        this(
                threshold,
                SalePlan.TO_TARGET,
                targetLtv,
                Fraction.ONE,
                minimumResidualDebt,
                Charge.ofSoldValue(feeRate),
                Charge.NONE,
                floorDiscount,
                null);
    }

    /** Whether it sells down to a target, in one step, with a fee on what is sold. */
    public boolean isPlain() {
        return plan == SalePlan.TO_TARGET
                && closeFactor.equals(Fraction.ONE)
                && fee.base() == Charge.Base.SOLD_VALUE
                && penalty.equals(Charge.NONE);
    }

    /** Whether a sale is over only when nothing is owed. */
    public boolean clearsDebt() {
        return targetLtv.isZero();
    }

    /** Sum of the charges' rates on a base. */
    public Fraction ratesOn(Charge.Base base) {
        return sum(fee, penalty, base);
    }

    private static Fraction sum(Charge fee, Charge penalty, Charge.Base base) {
        return fee.rateOn(base).plus(penalty.rateOn(base));
    }

    /**
     * What both charges come to.
     *
     * @param fee the lender's fee
     * @param penalty the further charge
     */
    public record Charged(Money fee, Money penalty) {}

    /**
     * The charges on the cumulative proceeds of one case, each half-even to the currency's scale.
     *
     * <p>13 % of the debt repaid, 113,000.93 sold to repay 100,000: 113,000.93 x 0.13 / 1.13 is 13,000.11, but no more than 13 % of
     * 100,000 is taken.
     *
     * @param gross the proceeds
     * @param repayable debt that they have repaid or still can
     */
    public Charged charges(Money gross, Money repayable) {
        Fraction onDebt = ratesOn(Charge.Base.DEBT_REPAID);
        Money zero = Money.zero(gross.currency());
        Money net = gross;
        for (Charge charge : new Charge[] {fee, penalty}) {
            if (charge.base() == Charge.Base.SOLD_VALUE) {
                net = net.minus(charge.on(gross, zero, zero, onDebt));
            }
        }
        return new Charged(fee.on(gross, net, repayable, onDebt), penalty.on(gross, net, repayable, onDebt));
    }
}
