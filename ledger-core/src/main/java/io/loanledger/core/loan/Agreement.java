package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.ProductTerms;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The terms a loan keeps, for its life or until they are amended.
 *
 * @param terms the product's version that was newest when the loan was bound, or the one to which it was rolled over
 * @param principal what is to be lent: the commitment of a line; after a rollover what was owed
 * @param collateralAsset the coin that secures it
 * @param amendment what changed since; null for nothing
 */
public record Agreement(
        ProductTerms terms,
        Money principal,
        Asset collateralAsset,
        @Nullable Amendment amendment) {
    /** As it was bound. */
    public Agreement(ProductTerms terms, Money principal, Asset collateralAsset) {
        this(terms, principal, collateralAsset, null);
    }

    /** The day on which the loan is due, or null for a line without one. */
    public @Nullable LocalDate maturity(LocalDate startedOn) {
        return amendment == null ? terms.maturityOf(startedOn) : amendment.maturity();
    }

    /** How many instalments had fallen due before the plan of these terms began. */
    int instalmentsBefore() {
        return amendment == null ? 0 : amendment.instalmentsBefore();
    }

    boolean isRolledOver() {
        return amendment != null && amendment.rolledOver();
    }

    /** The terms of the loan's own coin; the binding made sure they exist. */
    public CollateralTerms collateralTerms() {
        return terms.collateral(collateralAsset.code()).orElseThrow();
    }

    /** The terms of any coin of the loan. */
    public CollateralTerms collateralTerms(Asset coin) {
        return terms.collateral(coin.code()).orElseThrow();
    }

    /** The loan's coin of this code; null for what it does not count. */
    public @Nullable Asset coin(String code) {
        if (collateralAsset.code().equals(code)) {
            return collateralAsset;
        }
        return terms.mixedCollateral()
                ? terms.collateral(code).map(CollateralTerms::asset).orElse(null)
                : null;
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
