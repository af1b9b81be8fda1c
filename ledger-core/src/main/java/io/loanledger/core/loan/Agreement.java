package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.ProductTerms;

/**
 * The terms a loan keeps for its life.
 *
 * @param terms the product's version that was newest when the loan was bound
 * @param principal what is to be lent
 * @param collateralAsset the coin that secures it
 */
public record Agreement(ProductTerms terms, Money principal, Asset collateralAsset) {
    /** The terms of the loan's own coin; the binding made sure they exist. */
    public CollateralTerms collateralTerms() {
        return terms.collateral(collateralAsset.code()).orElseThrow();
    }

    /** A loan is issued at or under this ratio: the coin's own limit, or else the product's. */
    public Fraction openLtv() {
        Fraction own = collateralTerms().openLtv();
        return own == null ? terms.openLtv() : own;
    }

    public String market() {
        return collateralTerms().market();
    }
}
