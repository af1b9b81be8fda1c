package io.loanledger.core.terms;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import java.util.List;
import java.util.Optional;

/**
 * What a lender's agreement says, as data. A version never changes; a running loan keeps the version it was bound to.
 *
 * @param productId the lender's name of the product
 * @param version rises with each change
 * @param debtAsset the currency that is lent
 * @param collateral the assets it is lent against
 * @param openLtv a loan is issued at or under this ratio
 * @param marginCall the call and its cure
 * @param liquidation the hard limit and the sale
 * @param annualRate simple interest a year, ACT/365F on principal, in whole UTC days
 */
public record ProductTerms(
        String productId,
        int version,
        Asset debtAsset,
        List<CollateralTerms> collateral,
        Fraction openLtv,
        MarginCallTerms marginCall,
        LiquidationTerms liquidation,
        Fraction annualRate) {
    public ProductTerms {
        collateral = List.copyOf(collateral);
        if (collateral.isEmpty()) {
            throw new IllegalArgumentException("a product takes at least one asset as collateral");
        }
        if (version < 1) {
            throw new IllegalArgumentException("versions start at 1");
        }
        if (openLtv.compareTo(marginCall.threshold().ltv()) >= 0
                || marginCall
                                .threshold()
                                .ltv()
                                .compareTo(liquidation.threshold().ltv())
                        >= 0) {
            throw new IllegalArgumentException("open < call < liquidate must hold for " + productId);
        }
        if (!liquidation.minimumResidualDebt().currency().equals(debtAsset)) {
            throw new IllegalArgumentException("minimum residual debt is in " + debtAsset);
        }
    }

    /** The terms of one collateral asset, by its code. */
    public Optional<CollateralTerms> collateral(String assetCode) {
        return collateral.stream()
                .filter(c -> c.asset().code().equals(assetCode))
                .findFirst();
    }
}
