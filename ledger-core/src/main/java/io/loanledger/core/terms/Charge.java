package io.loanledger.core.terms;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * What a lender takes of a sale.
 *
 * @param rate a share of its base
 * @param base what it is a share of
 */
public record Charge(Fraction rate, Base base) {
    /** What a charge is a share of. */
    public enum Base {
        /** The proceeds before any fee. */
        SOLD_VALUE,

        /** The debt that the proceeds repay: the charge is taken on top of it, out of the same proceeds. */
        DEBT_REPAID
    }

    /** No charge. */
    public static final Charge NONE = new Charge(Fraction.ZERO, Base.SOLD_VALUE);

    public Charge {
        if (base == Base.SOLD_VALUE && rate.compareTo(Fraction.ONE) >= 0) {
            throw new IllegalArgumentException("a charge on the sold value is under 1, not " + rate);
        }
    }

    /** A share of the proceeds. */
    public static Charge ofSoldValue(Fraction rate) {
        return new Charge(rate, Base.SOLD_VALUE);
    }

    /** A share of the debt repaid. */
    public static Charge ofDebtRepaid(Fraction rate) {
        return new Charge(rate, Base.DEBT_REPAID);
    }

    /** Its rate where it is taken on this base, else zero. */
    Fraction rateOn(Base asked) {
        return base == asked ? rate : Fraction.ZERO;
    }

    /**
     * The charge on cumulative proceeds, half-even to the currency's scale.
     *
     * @param gross the proceeds
     * @param net of them what charges on the sold value leave
     * @param repayable debt that the proceeds have repaid or still can: beyond it a charge on debt repaid takes nothing
     * @param onDebt sum of the rates that are taken on the debt repaid
     */
    Money on(Money gross, Money net, Money repayable, Fraction onDebt) {
        return switch (base) {
            case SOLD_VALUE -> rate.timesRoundedHalfEven(gross);
            case DEBT_REPAID ->
                // Of net = repaid + sum of rates x repaid it is rate / (1 + sum).
                times(
                                net,
                                rate.numerator().multiply(onDebt.denominator()),
                                rate.denominator().multiply(onDebt.denominator().add(onDebt.numerator())))
                        .min(rate.timesRoundedHalfEven(repayable));
        };
    }

    private static Money times(Money amount, BigInteger numerator, BigInteger denominator) {
        BigDecimal exact = amount.amount().multiply(new BigDecimal(numerator));
        int scale = amount.currency().scale();
        return new Money(exact.divide(new BigDecimal(denominator), scale, RoundingMode.HALF_EVEN), amount.currency());
    }
}
