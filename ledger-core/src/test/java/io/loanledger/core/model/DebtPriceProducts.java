package io.loanledger.core.model;

import io.loanledger.core.money.Asset;
import io.loanledger.core.terms.DebtPrice;
import io.loanledger.core.terms.ProductTerms;
import java.util.List;

/** Products of which the currency that is owed has a price of its own: prices are in EUR, debts in USD. */
final class DebtPriceProducts {
    static final String DEBT_MARKET = "USD-EUR";

    private static final Asset EUR = new Asset("EUR", 2);

    /** Both ways: a fall of the debt's price lowers the ratio. */
    static final ProductTerms PRICED = priced(Products.DAY, "priced", false);

    /** Under its peg the debt counts as at it; coin is given back in parts, for so much of the debt. */
    static final ProductTerms FLOORED = priced(SaleProducts.RELEASING, "floored", true);

    /** Charges on both bases, the principal alone, a haircut. */
    static final ProductTerms PRICED_CHARGES = priced(SaleProducts.BOTH_CHARGES, "priced charges", false);

    /** The whole debt is sold for, in steps, where all interest of the term counts. */
    static final ProductTerms PRICED_STEPS = priced(
            Like.the(SaleProducts.STEPS, "steps of the total")
                    .bearing(Products.TOTAL.interest())
                    .counting(Products.TOTAL.exposureBasis())
                    .runningFor(100)
                    .terms(),
            "priced steps",
            true);

    /** Notices, a call and bands. */
    static final ProductTerms PRICED_BANDS = priced(LadderProducts.BANDED, "priced bands", false);

    /** A price of either market has to last, and may be disputed. */
    static final ProductTerms PRICED_LADDER = priced(LadderProducts.DISPUTED_LADDER, "priced ladder", false);

    /** Sold for a default, until nothing is owed. */
    static final ProductTerms PRICED_DEFAULT = priced(DebtProducts.DEFAULTING, "priced default", false);

    /** Of parts of the coin less counts, one piece may take another's place, and interest compounds. */
    static final ProductTerms PRICED_TIERS = priced(
            Like.the(SaleProducts.SUBSTITUTING, "tiers by the day")
                    .bearing(RateProducts.DAILY.interest())
                    .terms(),
            "priced tiers",
            true);

    /** Limits that must be exceeded, at a rate that floats. */
    static final ProductTerms PRICED_FLOATING = priced(RateProducts.FLOATING, "priced floating", false);

    static final List<ProductTerms> ALL = List.of(
            PRICED,
            FLOORED,
            PRICED_CHARGES,
            PRICED_STEPS,
            PRICED_BANDS,
            PRICED_LADDER,
            PRICED_DEFAULT,
            PRICED_TIERS,
            PRICED_FLOATING);

    private DebtPriceProducts() {}

    private static ProductTerms priced(ProductTerms like, String id, boolean floored) {
        return Like.the(like, id)
                .agreeing(like.agreed().withDebtPrice(new DebtPrice(DEBT_MARKET, EUR, floored)))
                .terms();
    }
}
