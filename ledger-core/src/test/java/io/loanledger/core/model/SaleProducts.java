package io.loanledger.core.model;

import static io.loanledger.core.model.World.BTC;
import static io.loanledger.core.model.World.MARKET;
import static io.loanledger.core.model.World.USD;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.terms.Charge;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.HaircutTier;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.ReleaseTerms;
import io.loanledger.core.terms.SalePlan;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Products that differ in how they sell, in what coin counts and in what they give back. */
final class SaleProducts {
    /** Sells until the whole debt and 13 % on top of it are raised. */
    static final ProductTerms WHOLE_DEBT = Like.the(Products.DAY, "whole debt")
            .selling(sale(SalePlan.TO_TARGET, "0", "1", "0", Charge.NONE, ofDebt("0.13"), null))
            .terms();

    /** The same, with a fee on what is sold, a penalty in principal's eyes and some dust. */
    static final ProductTerms BOTH_CHARGES = Like.the(Products.THIRDS, "both charges")
            .selling(sale(SalePlan.TO_TARGET, "0.5", "1", "250", ofSold("0.0099"), ofDebt("0.0438"), null))
            .counting(ExposureBasis.PRINCIPAL)
            .terms();

    /** The fee on the debt, the penalty on what is sold. */
    static final ProductTerms TURNED = Like.the(Products.TOTAL, "turned")
            .selling(sale(SalePlan.TO_TARGET, "0.55", "1", "500", ofDebt("0.02"), ofSold("0.03"), null))
            .terms();

    /** A fifth of the debt at a time. */
    static final ProductTerms STEPS = Like.the(Products.DAY, "steps")
            .selling(sale(SalePlan.TO_TARGET, "0.6", "0.2", "300", ofSold("0.01"), Charge.NONE, null))
            .terms();

    /** Small steps to nothing owed, with a penalty. */
    static final ProductTerms SMALL_STEPS = Like.the(Products.PLAIN, "small steps")
            .selling(sale(SalePlan.TO_TARGET, "0", "0.07", "0", Charge.NONE, ofDebt("0.05"), null))
            .terms();

    /** Sells all it has. */
    static final ProductTerms EVERYTHING = Like.the(Products.THIRDS, "everything")
            .selling(sale(SalePlan.EVERYTHING, "0.5", "1", "0", ofSold("0.015"), Charge.NONE, null))
            .terms();

    /** Of half a coin all counts, of the next three fifths less, beyond that little. */
    static final ProductTerms TIERED = Like.the(Products.DAY, "tiered")
            .against(new CollateralTerms(
                    BTC,
                    MARKET,
                    List.of(tier("0", "0.02"), tier("0.5", "0.1"), tier("1.1", "0.4")),
                    Quantity.of("0.01", BTC),
                    Fraction.percent(45)))
            .terms();

    /** Gives back what is over when the loan stands low, every five days, not in the first two. */
    static final ProductTerms RELEASING = Like.the(Products.DAY, "releasing")
            .releasing(new ReleaseTerms(
                    Fraction.percent(45), Fraction.percent(48), Money.of("100", USD), Money.of("2500", USD), 2, 5))
            .runningFor(25)
            .terms();

    /** By release terms alone, and they are loose. */
    static final ProductTerms LOOSE = Like.the(TIERED, "loose")
            .releasing(new ReleaseTerms(
                    Fraction.percent(60), Fraction.percent(55), Money.of("0", USD), Money.of("100000", USD), 0, 2))
            .runningFor(0)
            .terms();

    /** Keeps what a sale brings, so that the price does nothing more; the borrower may have coin again. */
    static final ProductTerms STABILISED = Like.the(Products.DAY, "stabilised")
            .selling(stabilising("0.8", "0.5", "0.01", "0.75"))
            .terms();

    /** At once, near what the coin is worth and at a high rate: what is kept is soon all owed. */
    static final ProductTerms NARROW = Like.the(Products.PRINCIPAL, "narrow")
            .bearing(Products.interest("0.6", DayCount.ACT_365F))
            .counting(ExposureBasis.OUTSTANDING)
            .warning(LadderProducts.NOTICES_ALONE.ladder())
            .selling(stabilising("0.95", "0", "0.02", "0.9"))
            .terms();

    /** New coin may take the place of other coin. */
    static final ProductTerms SUBSTITUTING = Like.the(TIERED, "substituting")
            .agreeing(Products.DAY.agreed().withSubstitution(true))
            .terms();

    static final List<ProductTerms> ALL = List.of(
            WHOLE_DEBT,
            BOTH_CHARGES,
            TURNED,
            STEPS,
            SMALL_STEPS,
            EVERYTHING,
            TIERED,
            RELEASING,
            LOOSE,
            STABILISED,
            NARROW,
            SUBSTITUTING);

    private SaleProducts() {}

    private static HaircutTier tier(String over, String haircut) {
        return new HaircutTier(Quantity.of(over, BTC), fraction(haircut));
    }

    static Charge ofSold(String rate) {
        return Charge.ofSoldValue(fraction(rate));
    }

    static Charge ofDebt(String rate) {
        return Charge.ofDebtRepaid(fraction(rate));
    }

    private static Fraction fraction(String decimal) {
        return Fraction.ofDecimal(new BigDecimal(decimal));
    }

    private static LiquidationTerms stabilising(String hard, String target, String fee, String reverse) {
        return new LiquidationTerms(
                Threshold.reaches(fraction(hard)),
                SalePlan.STABILISE,
                fraction(target),
                Fraction.ONE,
                Money.of("0", USD),
                ofSold(fee),
                Charge.NONE,
                Fraction.percent(2),
                fraction(reverse));
    }

    static LiquidationTerms sale(
            SalePlan plan,
            String target,
            String closeFactor,
            String dust,
            Charge fee,
            Charge penalty,
            @Nullable Fraction reverse) {
        return new LiquidationTerms(
                Threshold.reaches(Fraction.percent(80)),
                plan,
                fraction(target),
                fraction(closeFactor),
                Money.of(dust, USD),
                fee,
                penalty,
                Fraction.percent(2),
                reverse);
    }
}
