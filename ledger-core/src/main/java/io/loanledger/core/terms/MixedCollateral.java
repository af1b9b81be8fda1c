package io.loanledger.core.terms;

import io.loanledger.core.money.Asset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a product must keep to for one loan to have coin of several of its assets. */
final class MixedCollateral {
    /** A loan looks at one market for each. */
    static final int MOST_ASSETS = 16;

    private MixedCollateral() {}

    /**
     * Throws if something does not fit: coin is sold in the market that is named after it and the loan's own currency; what counts of it is
     * a decimal; one ratio opens the loan; and a sale takes one coin after the other down to a target.
     */
    static void require(
            Asset debtAsset, List<CollateralTerms> collateral, Ladder ladder, LiquidationTerms liquidation) {
        Set<Asset> assets = new HashSet<>();
        for (CollateralTerms taken : collateral) {
            Asset asset = taken.asset();
            if (asset.code().equals(debtAsset.code()) || !assets.add(asset)) {
                throw new IllegalArgumentException(asset + " is collateral once, and not the currency of the debt");
            }
            String market = asset.code() + "-" + debtAsset.code();
            if (!taken.market().equals(market)) {
                throw new IllegalArgumentException(asset + " is sold in " + market + ", not in " + taken.market());
            }
            if (!taken.tiers().stream().allMatch(HaircutTier::isDecimal)) {
                throw new IllegalArgumentException("the haircuts of " + asset + " end as decimals");
            }
            if (taken.openLtv() != null) {
                throw new IllegalArgumentException("a loan on several assets opens at the product's limit");
            }
        }
        if (collateral.size() > MOST_ASSETS) {
            throw new IllegalArgumentException("one loan has at most " + MOST_ASSETS + " assets");
        }
        if (liquidation.plan() == SalePlan.STABILISE) {
            throw new IllegalArgumentException("STABILISE buys one coin back: its loans have one");
        }
        if (ladder.rungs().stream().anyMatch(rung -> rung.action() == Rung.Action.SELL)) {
            throw new IllegalArgumentException("a band sells a share of one coin: its loans have one");
        }
    }
}
