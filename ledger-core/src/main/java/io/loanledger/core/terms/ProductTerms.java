package io.loanledger.core.terms;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Threshold;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a lender's agreement says, as data. A version never changes; a running loan keeps the version it was bound to, until an event says
 * that it goes on under another.
 *
 * @param productId the lender's name of the product
 * @param version rises with each change
 * @param debtAsset the currency that is lent
 * @param collateral the assets it is lent against
 * @param openLtv a loan is issued at or under this ratio
 * @param ladder notices, calls and banded sales under the hard limit; how a call is healed
 * @param liquidation the hard limit and the sale
 * @param interest rate and day count
 * @param exposureBasis which debt stands in every loan-to-value ratio of the loan
 * @param termDays from the disbursement's value date to the maturity date; 0 for a line without one
 * @param release when the borrower may have coin back; null for whenever the opening limit is kept
 * @param agreed waterfall, fees, schedule, default, line
 * @param mixedCollateral whether one loan may have coin of all of these assets, and not only of the one it is requested on
 */
public record ProductTerms(
        String productId,
        int version,
        Asset debtAsset,
        List<CollateralTerms> collateral,
        Fraction openLtv,
        Ladder ladder,
        LiquidationTerms liquidation,
        InterestTerms interest,
        ExposureBasis exposureBasis,
        int termDays,
        @Nullable ReleaseTerms release,
        AgreementTerms agreed,
        boolean mixedCollateral) {
    /** A hundred years: no date that follows from terms leaves the calendar. */
    public static final int LONGEST_TERM_DAYS = 36_525;

    public ProductTerms {
        collateral = List.copyOf(collateral);
        if (collateral.isEmpty()) {
            throw new IllegalArgumentException("a product takes at least one asset as collateral");
        }
        if (version < 1) {
            throw new IllegalArgumentException("versions start at 1");
        }
        if (openLtv.isZero()) {
            throw new IllegalArgumentException("nothing could be lent at " + openLtv + " by " + productId);
        }
        for (Rung rung : ladder.rungs()) {
            if (rung.threshold().ltv().compareTo(liquidation.threshold().ltv()) >= 0) {
                throw new IllegalArgumentException(
                        "call < liquidate must hold for " + productId + ", not " + rung.threshold());
            }
            requireBandFits(rung, liquidation);
        }
        Threshold lowest = ladder.rungs().isEmpty()
                ? liquidation.threshold()
                : ladder.rungs().getFirst().threshold();
        if (lowest.isMetBy(openLtv)) {
            throw new IllegalArgumentException(
                    "a loan that opens at " + openLtv + " would meet " + lowest + " of " + productId);
        }
        for (CollateralTerms taken : collateral) {
            Fraction open = taken.openLtv();
            if (open != null && lowest.isMetBy(open)) {
                throw new IllegalArgumentException("a loan on " + taken.asset() + " that opens at " + open
                        + " would meet " + lowest + " of " + productId);
            }
        }
        if (release != null) {
            if (lowest.isMetBy(release.backToLtv())) {
                throw new IllegalArgumentException("a release to " + release.backToLtv() + " would meet " + lowest);
            }
            if (!release.least().currency().equals(debtAsset)) {
                throw new IllegalArgumentException("what a release is worth is in " + debtAsset);
            }
        }
        if (!liquidation.minimumResidualDebt().currency().equals(debtAsset)) {
            throw new IllegalArgumentException("minimum residual debt is in " + debtAsset);
        }
        if (termDays < 0 || termDays > LONGEST_TERM_DAYS) {
            throw new IllegalArgumentException("a term has 0 to " + LONGEST_TERM_DAYS + " days, not " + termDays);
        }
        if (exposureBasis == ExposureBasis.TOTAL_OBLIGATION && termDays == 0) {
            throw new IllegalArgumentException("a total obligation needs a maturity: " + productId + " has no term");
        }
        if (exposureBasis == ExposureBasis.TOTAL_OBLIGATION
                && (interest.rate() instanceof Rate.Referenced || interest.compounding() != Compounding.SIMPLE)) {
            throw new IllegalArgumentException(
                    "a total obligation needs simple interest at rates that " + productId + " states");
        }
        requireFit(agreed, interest, debtAsset, termDays);
        if (agreed.line() != null && liquidation.plan() == SalePlan.STABILISE) {
            throw new IllegalArgumentException("nothing is drawn against money that is collateral: " + productId);
        }
        DebtPrice debtPrice = agreed.debtPrice();
        if (debtPrice != null) {
            requireMeasure(debtPrice, debtAsset, collateral, liquidation, mixedCollateral);
        }
        if (mixedCollateral) {
            MixedCollateral.require(debtAsset, collateral, ladder, liquidation);
            if (agreed.line() != null) {
                throw new IllegalArgumentException("a line is drawn against one asset: " + productId);
            }
        }
    }

    /** Of a loan on one of the assets alone. */
    public ProductTerms(
            String productId,
            int version,
            Asset debtAsset,
            List<CollateralTerms> collateral,
            Fraction openLtv,
            Ladder ladder,
            LiquidationTerms liquidation,
            InterestTerms interest,
            ExposureBasis exposureBasis,
            int termDays,
            @Nullable ReleaseTerms release,
            AgreementTerms agreed) {
        this(
                productId,
                version,
                debtAsset,
                collateral,
                openLtv,
                ladder,
                liquidation,
                interest,
                exposureBasis,
                termDays,
                release,
                agreed,
                false);
    }

    /** The same terms, with or without several assets in one loan. */
    public ProductTerms withMixedCollateral(boolean mixed) {
        return new ProductTerms(
                productId,
                version,
                debtAsset,
                collateral,
                openLtv,
                ladder,
                liquidation,
                interest,
                exposureBasis,
                termDays,
                release,
                agreed,
                mixed);
    }

    private static void requireMeasure(
            DebtPrice debtPrice,
            Asset debtAsset,
            List<CollateralTerms> collateral,
            LiquidationTerms liquidation,
            boolean mixedCollateral) {
        if (mixedCollateral || liquidation.plan() == SalePlan.STABILISE) {
            throw new IllegalArgumentException(
                    "a debt with a price of its own is owed on one coin, and no proceeds of it are kept");
        }
        if (debtPrice.quote().code().equals(debtAsset.code())) {
            throw new IllegalArgumentException(debtAsset + " has no price in itself");
        }
        for (CollateralTerms taken : collateral) {
            if (taken.market().equals(debtPrice.market())) {
                throw new IllegalArgumentException(debtPrice.market() + " cannot price both coin and debt");
            }
        }
    }

    private static void requireBandFits(Rung rung, LiquidationTerms liquidation) {
        if (rung.action() != Rung.Action.SELL) {
            return;
        }
        if (rung.threshold().ltv().compareTo(liquidation.targetLtv()) <= 0) {
            throw new IllegalArgumentException("a band at " + rung.threshold() + " would sell of a loan that stands at "
                    + "its target of " + liquidation.targetLtv());
        }
        if (liquidation.plan() == SalePlan.STABILISE) {
            throw new IllegalArgumentException("STABILISE keeps all proceeds: it has no bands");
        }
    }

    private static void requireFit(AgreementTerms agreed, InterestTerms interest, Asset debtAsset, int termDays) {
        OriginationTerms origination = agreed.origination();
        if (origination != null && !origination.fixed().currency().equals(debtAsset)) {
            throw new IllegalArgumentException("the fee of the payout is in " + debtAsset);
        }
        LineTerms line = agreed.line();
        if (line != null) {
            line.requireCurrency(debtAsset);
        }
        ScheduleTerms schedule = agreed.schedule();
        if (schedule != null) {
            schedule.requireTerm(termDays);
            if (schedule.kind() == ScheduleTerms.Kind.ANNUITY && !interest.isPlain()) {
                throw new IllegalArgumentException("a level instalment needs simple interest at one rate");
            }
            if (!schedule.lateFee().currency().equals(debtAsset)) {
                throw new IllegalArgumentException("a late fee is in " + debtAsset);
            }
        }
        requireFit(agreed.onDefault(), schedule, interest);
    }

    private static void requireFit(
            @Nullable DefaultTerms onDefault, @Nullable ScheduleTerms schedule, InterestTerms interest) {
        if (onDefault == null) {
            return;
        }
        if (schedule == null || onDefault.afterDays() < schedule.graceDays()) {
            throw new IllegalArgumentException("a default comes after the grace of an instalment");
        }
        if (onDefault.charges() && interest.compounds()) {
            throw new IllegalArgumentException("default interest does not compound");
        }
    }

    /** Coin goes back whenever the opening limit is kept. */
    public ProductTerms(
            String productId,
            int version,
            Asset debtAsset,
            List<CollateralTerms> collateral,
            Fraction openLtv,
            Ladder ladder,
            LiquidationTerms liquidation,
            InterestTerms interest,
            ExposureBasis exposureBasis,
            int termDays) {
        this(
                productId,
                version,
                debtAsset,
                collateral,
                openLtv,
                ladder,
                liquidation,
                interest,
                exposureBasis,
                termDays,
                null,
                AgreementTerms.PLAIN);
    }

    /** Of an agreement with nothing more in it. */
    public ProductTerms(
            String productId,
            int version,
            Asset debtAsset,
            List<CollateralTerms> collateral,
            Fraction openLtv,
            Ladder ladder,
            LiquidationTerms liquidation,
            InterestTerms interest,
            ExposureBasis exposureBasis,
            int termDays,
            @Nullable ReleaseTerms release) {
        this(
                productId,
                version,
                debtAsset,
                collateral,
                openLtv,
                ladder,
                liquidation,
                interest,
                exposureBasis,
                termDays,
                release,
                AgreementTerms.PLAIN);
    }

    /** The day on which a loan that was paid out with this value date is due, or null for a line without one. */
    public @Nullable LocalDate maturityOf(LocalDate startedOn) {
        return termDays == 0 ? null : startedOn.plusDays(termDays);
    }

    /** The lowest limit at which the lender acts against the borrower: the first call or banded sale, else the hard limit. */
    public Threshold firstLimit() {
        return ladder.rungs().stream()
                .filter(rung -> rung.action() != Rung.Action.NOTICE)
                .findFirst()
                .map(Rung::threshold)
                .orElse(liquidation.threshold());
    }

    /** The terms of one collateral asset, by its code. */
    public Optional<CollateralTerms> collateral(String assetCode) {
        for (CollateralTerms taken : collateral) {
            if (taken.asset().code().equals(assetCode)) {
                return Optional.of(taken);
            }
        }
        return Optional.empty();
    }
}
