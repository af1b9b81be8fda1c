package io.loanledger.core.terms;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One asset that a product takes as collateral.
 *
 * @param asset the coin
 * @param market the market whose index prices it in the debt currency, "BTC-USD"
 * @param tiers how much of a quantity's value counts: the first over 0, each over more and with no smaller haircut than the one before
 * @param lotSize the smallest quantity that is sold; quantities to sell are its multiples
 * @param openLtv a loan against this coin is issued at or under this ratio; null for the product's own
 */
public record CollateralTerms(
        Asset asset,
        String market,
        List<HaircutTier> tiers,
        Quantity lotSize,
        @Nullable Fraction openLtv) {
    public CollateralTerms {
        tiers = List.copyOf(tiers);
        if (!lotSize.isPositive() || !lotSize.asset().equals(asset)) {
            throw new IllegalArgumentException("a lot of " + asset + " is positive, not " + lotSize);
        }
        if (tiers.isEmpty() || !tiers.getFirst().over().equals(Quantity.zero(asset))) {
            throw new IllegalArgumentException("the first tier of " + asset + " starts at nothing");
        }
        if (tiers.size() > 1 && !tiers.stream().allMatch(HaircutTier::isDecimal)) {
            throw new IllegalArgumentException("the haircuts of " + asset + "'s tiers end as decimals");
        }
        for (int i = 1; i < tiers.size(); i++) {
            HaircutTier tier = tiers.get(i);
            HaircutTier under = tiers.get(i - 1);
            if (tier.over().compareTo(under.over()) <= 0 || tier.haircut().compareTo(under.haircut()) < 0) {
                throw new IllegalArgumentException("a tier of " + asset + " starts over the one before and counts no"
                        + " more than it: " + tier + " after " + under);
            }
        }
        if (openLtv != null && openLtv.isZero()) {
            throw new IllegalArgumentException("nothing could be lent at " + openLtv + " against " + asset);
        }
    }

    /** All of it counts alike, and the product's opening limit holds. */
    public CollateralTerms(Asset asset, String market, Fraction haircut, Quantity lotSize) {
        this(asset, market, List.of(new HaircutTier(Quantity.zero(asset), haircut)), lotSize, null);
    }

    /** The share of its value that does not count of the first coin; with one tier, of all of it. */
    public Fraction haircut() {
        return tiers.getFirst().haircut();
    }

    /** The common denominator of what counts: the product of the haircuts' own. */
    public BigInteger countedFactor() {
        BigInteger factor = BigInteger.ONE;
        for (HaircutTier tier : tiers) {
            factor = factor.multiply(tier.haircut().denominator());
        }
        return factor;
    }

    /** What of a quantity counts, times {@link #countedFactor}: 8 coins count 7.4 when all beyond 5 has a haircut of a fifth. */
    public BigDecimal countedTimesFactor(Quantity quantity) {
        if (tiers.size() == 1) {
            return quantity.isPositive()
                    ? quantity.amount()
                            .multiply(new BigDecimal(haircut().complement().numerator()))
                    : BigDecimal.ZERO;
        }
        BigInteger factor = countedFactor();
        BigDecimal counted = BigDecimal.ZERO;
        for (int i = 0; i < tiers.size(); i++) {
            HaircutTier tier = tiers.get(i);
            BigDecimal end = i + 1 < tiers.size()
                    ? quantity.amount().min(tiers.get(i + 1).over().amount())
                    : quantity.amount();
            BigDecimal part = end.subtract(tier.over().amount());
            if (part.signum() <= 0) {
                break;
            }
            counted = counted.add(part.multiply(new BigDecimal(perUnit(tier, factor))));
        }
        return counted;
    }

    /** What of a quantity counts, exact; with one tier whose haircut is no decimal there is no such figure. */
    public BigDecimal counted(Quantity quantity) {
        return countedTimesFactor(quantity).divide(new BigDecimal(countedFactor()));
    }

    /** What of one more coin counts in a tier, times {@link #countedFactor}. */
    public BigInteger perUnit(HaircutTier tier) {
        return perUnit(tier, countedFactor());
    }

    private static BigInteger perUnit(HaircutTier tier, BigInteger factor) {
        Fraction counted = tier.haircut().complement();
        return counted.numerator().multiply(factor.divide(counted.denominator()));
    }
}
