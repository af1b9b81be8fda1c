package io.loanledger.streams.wire;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.terms.Charge;
import io.loanledger.core.terms.HaircutTier;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ReleaseTerms;
import io.loanledger.core.terms.SalePlan;
import io.loanledger.events.ChargeBase;
import io.loanledger.events.CollateralTerms;
import io.loanledger.events.SaleTerms;
import io.loanledger.streams.wire.MappedInput.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How it is sold, what counts, and what may be released, from a lender's record of terms. As {@link BroadcastMapping}. */
final class SaleMapping {
    private SaleMapping() {}

    static LiquidationTerms liquidation(
            io.loanledger.events.LiquidationTerms record, Asset debtAsset, Problems problems) {
        Threshold hard = BroadcastMapping.threshold("liquidation.threshold", record.getThreshold(), problems);
        Fraction target = BroadcastMapping.fraction("liquidation.targetLtv", record.getTargetLtv(), problems);
        Money residual = new Money(
                problems.number("liquidation.minimumResidualDebt", record.getMinimumResidualDebt()), debtAsset);
        Fraction feeRate = BroadcastMapping.rate("liquidation.feeRate", record.getFeeRate(), problems);
        Fraction discount = BroadcastMapping.rate("liquidation.floorDiscount", record.getFloorDiscount(), problems);
        SaleTerms sale = record.getSale();
        if (sale == null) {
            return new LiquidationTerms(hard, target, residual, feeRate, discount);
        }
        return new LiquidationTerms(
                hard,
                plan(sale.getPlan(), problems),
                target,
                BroadcastMapping.fraction("liquidation.sale.closeFactor", sale.getCloseFactor(), problems),
                residual,
                new Charge(feeRate, base("feeBase", sale.getFeeBase(), problems)),
                new Charge(
                        BroadcastMapping.fraction("liquidation.sale.penaltyRate", sale.getPenaltyRate(), problems),
                        base("penaltyBase", sale.getPenaltyBase(), problems)),
                discount,
                optional("liquidation.sale.reverseLtv", sale.getReverseLtv(), problems));
    }

    /** The haircut is the tier from nothing on. */
    static List<HaircutTier> tiers(CollateralTerms taken, Asset asset, Problems problems) {
        List<HaircutTier> tiers = new ArrayList<>();
        tiers.add(new HaircutTier(
                Quantity.zero(asset), BroadcastMapping.rate("collateral.haircut", taken.getHaircut(), problems)));
        for (io.loanledger.events.HaircutTier tier : taken.getTiers()) {
            tiers.add(new HaircutTier(
                    new Quantity(problems.number("collateral.tiers.over", tier.getOver()), asset),
                    BroadcastMapping.fraction("collateral.tiers.haircut", tier.getHaircut(), problems)));
        }
        return tiers;
    }

    static @Nullable ReleaseTerms release(
            io.loanledger.events.@Nullable ReleaseTerms record, Asset debtAsset, Problems problems) {
        return record == null
                ? null
                : new ReleaseTerms(
                        BroadcastMapping.fraction("release.belowLtv", record.getBelowLtv(), problems),
                        BroadcastMapping.fraction("release.backToLtv", record.getBackToLtv(), problems),
                        new Money(problems.number("release.least", record.getLeast()), debtAsset),
                        new Money(problems.number("release.most", record.getMost()), debtAsset),
                        record.getNotBeforeDays(),
                        record.getIntervalDays());
    }

    static @Nullable Fraction optional(
            String field, io.loanledger.events.@Nullable Fraction record, Problems problems) {
        return record == null ? null : BroadcastMapping.fraction(field, record, problems);
    }

    private static SalePlan plan(io.loanledger.events.SalePlan plan, Problems problems) {
        return switch (plan) {
            case TO_TARGET -> SalePlan.TO_TARGET;
            case EVERYTHING -> SalePlan.EVERYTHING;
            case STABILISE -> SalePlan.STABILISE;
            case UNKNOWN -> {
                problems.unreadable(Reason.UNKNOWN_SYMBOL, "liquidation.sale.plan is UNKNOWN");
                yield SalePlan.TO_TARGET;
            }
        };
    }

    private static Charge.Base base(String field, ChargeBase base, Problems problems) {
        return switch (base) {
            case SOLD_VALUE -> Charge.Base.SOLD_VALUE;
            case DEBT_REPAID -> Charge.Base.DEBT_REPAID;
            case UNKNOWN -> {
                problems.unreadable(Reason.UNKNOWN_SYMBOL, "liquidation.sale." + field + " is UNKNOWN");
                yield Charge.Base.SOLD_VALUE;
            }
        };
    }
}
