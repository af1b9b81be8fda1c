package io.loanledger.core.model;

import static io.loanledger.core.model.World.BTC;
import static io.loanledger.core.model.World.ETH;
import static io.loanledger.core.model.World.MARKET;
import static io.loanledger.core.model.World.SOL;
import static io.loanledger.core.model.World.USD;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.terms.Charge;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.HaircutTier;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.ReleaseTerms;
import io.loanledger.core.terms.SalePlan;
import java.util.List;

/** Products that count several coins under one debt, sold in the order of their lists. */
final class MixedProducts {
    private static final List<CollateralTerms> TWO_COINS = List.of(eth("0.5"), btc("0.02"));

    /** The one that is lent against is sold first. */
    private static final List<CollateralTerms> TURNED_ROUND = List.of(btc("0.01"), eth("0.2"));

    /** Of much of one of them less counts. */
    private static final List<CollateralTerms> THREE_COINS = List.of(
            new CollateralTerms(SOL, "SOL-USD", Fraction.percent(25), Quantity.of("1", SOL)),
            btc("0.02"),
            new CollateralTerms(
                    ETH,
                    "ETH-USD",
                    List.of(tier(ETH, "0", 5), tier(ETH, "2", 15), tier(ETH, "7", 45)),
                    Quantity.of("0.25", ETH),
                    null));

    /** Two coins under one debt, of which one may take the other's place; the other is sold first. */
    static final ProductTerms TWO = Like.the(Products.DAY, "two coins")
            .against(TWO_COINS)
            .agreeing(Products.DAY.agreed().withSubstitution(true))
            .terms();

    /** The same, all of which goes when the limit is met. */
    static final ProductTerms ALL_OF_TWO = Like.the(SaleProducts.EVERYTHING, "all of two coins")
            .against(TWO_COINS)
            .terms();

    /** Sold until nothing is owed and a penalty is paid; little is not left behind. */
    static final ProductTerms TWO_TO_NOTHING = Like.the(Products.TOTAL, "two to nothing")
            .against(TURNED_ROUND)
            .selling(SaleProducts.sale(
                    SalePlan.TO_TARGET,
                    "0",
                    "1",
                    "400",
                    SaleProducts.ofSold("0.01"),
                    SaleProducts.ofDebt("0.08"),
                    null))
            .terms();

    /** In steps of a fifth of the debt, each of one coin. */
    static final ProductTerms TWO_IN_STEPS =
            Like.the(SaleProducts.STEPS, "two in steps").against(TWO_COINS).terms();

    /** Under several calls and a price that has to last; either coin is given back. */
    static final ProductTerms TWO_CALLED = Like.the(LadderProducts.THREE_CALLS, "two called")
            .against(TURNED_ROUND)
            .releasing(new ReleaseTerms(
                    Fraction.percent(46), Fraction.percent(49), Money.of("50", USD), Money.of("3000", USD), 1, 3))
            .terms();

    /** Three coins, disputes, dust. */
    static final ProductTerms THREE = Like.the(LadderProducts.DISPUTED_LADDER, "three coins")
            .against(THREE_COINS)
            .selling(SaleProducts.sale(
                    SalePlan.TO_TARGET, "0.55", "1", "900", SaleProducts.ofSold("0.0099"), Charge.NONE, null))
            .terms();

    /** Sold for a default, one coin after the other, until nothing is owed. */
    static final ProductTerms TWO_IN_DEFAULT = Like.the(DebtProducts.DEFAULTING, "two in default")
            .against(TWO_COINS)
            .terms();

    static final List<ProductTerms> ALL =
            List.of(TWO, ALL_OF_TWO, TWO_TO_NOTHING, TWO_IN_STEPS, TWO_CALLED, THREE, TWO_IN_DEFAULT);

    private MixedProducts() {}

    private static CollateralTerms eth(String lot) {
        return new CollateralTerms(ETH, "ETH-USD", Fraction.of(1, 10), Quantity.of(lot, ETH));
    }

    private static CollateralTerms btc(String lot) {
        return new CollateralTerms(BTC, MARKET, Fraction.percent(2), Quantity.of(lot, BTC));
    }

    private static HaircutTier tier(Asset asset, String over, long percent) {
        return new HaircutTier(Quantity.of(over, asset), Fraction.percent(percent));
    }
}
