package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.terms.Ladder.ClockStopper;
import io.loanledger.core.terms.LineTerms;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a change, worked out in the order of a loan's life: terms are bound, claimed coin is credited, the loan is
 * valued, what is paid off is sent back, what is empty is closed. Nothing here looks at the input again, so facts may come in any
 * order.
 */
final class Consequences {
    private Consequences() {}

    /** @param change of debt or coin that the input brought, or null when it brought none */
    static void follow(Draft draft, Valuation.@Nullable Change change) {
        bindTerms(draft);
        Valuation.Change topUp = creditClaimed(draft);
        CustodyRules.sendBackUnusable(draft);
        if (draft.loan().position() == null) {
            return;
        }
        stopUnsecuredPayout(draft);
        Valuation.afterInput(draft, topUp == null ? change : topUp);
        conclude(draft);
    }

    /** The end of a loan, which no price decides: nothing left to sell, nothing owed, nothing held. */
    static void conclude(Draft draft) {
        if (draft.loan().position() == null) {
            return;
        }
        DefaultRules.endIfPaid(draft);
        Valuation.shrinkIfDefaultEnded(draft);
        recordShortfall(draft);
        repayIfClear(draft);
        sendBack(draft);
        closeIfEmpty(draft);
    }

    private static void bindTerms(Draft draft) {
        Loan loan = draft.loan();
        Application application = loan.application();
        if (application == null || loan.agreement() != null || loan.status() != LoanStatus.REQUESTED) {
            return;
        }
        ProductTerms terms = draft.now().newestTerms(application.productId());
        if (terms == null) {
            return;
        }
        String misfit = misfit(application, terms);
        if (misfit != null) {
            draft.emit(new LoanEvent.LoanCancelled(misfit));
            return;
        }
        Asset coin = terms.collateral(application.collateralAssetCode())
                .orElseThrow()
                .asset();
        draft.emit(
                new LoanEvent.TermsBound(terms, new Money(application.requestedPrincipal(), terms.debtAsset()), coin));
    }

    private static @Nullable String misfit(Application application, ProductTerms terms) {
        if (!terms.debtAsset().code().equals(application.debtAssetCode())) {
            return "the product does not lend " + application.debtAssetCode();
        }
        if (terms.collateral(application.collateralAssetCode()).isEmpty()) {
            return "the product does not take " + application.collateralAssetCode();
        }
        if (application.requestedPrincipal().stripTrailingZeros().scale()
                > terms.debtAsset().scale()) {
            return "the principal is over-precise";
        }
        BigDecimal firstDraw = application.firstDraw();
        if (firstDraw != null) {
            String misfit = misfitOfDraw(firstDraw, application.requestedPrincipal(), terms);
            if (misfit != null) {
                return misfit;
            }
        }
        OriginationTerms origination = terms.agreed().origination();
        Money principal =
                new Money(firstDraw == null ? application.requestedPrincipal() : firstDraw, terms.debtAsset());
        return origination != null && origination.feeOf(principal).compareTo(principal) >= 0
                ? "the fee is not under the principal"
                : null;
    }

    private static @Nullable String misfitOfDraw(BigDecimal firstDraw, BigDecimal principal, ProductTerms terms) {
        LineTerms line = terms.agreed().line();
        if (line == null) {
            return "the product pays out once";
        }
        if (firstDraw.stripTrailingZeros().scale() > terms.debtAsset().scale()) {
            return "the first draw is over-precise";
        }
        if (firstDraw.compareTo(principal) > 0) {
            return "the first draw is over the principal";
        }
        return firstDraw.compareTo(line.minimumDraw().amount()) < 0 ? "the first draw is under the least" : null;
    }

    /** @return the latest top-up credited now, or null when none was */
    private static Valuation.@Nullable Change creditClaimed(Draft draft) {
        Instant latest = null;
        for (Pledge pledge : draft.loan().pledges()) {
            if (pledge.stage() == Pledge.Stage.CLAIMED && CustodyRules.isUsable(draft.loan(), pledge)) {
                draft.emit(new LoanEvent.CollateralCredited(
                        pledge.proof(),
                        new Quantity(
                                pledge.quantity(),
                                Objects.requireNonNull(draft.loan().terms().coin(pledge.assetCode())))));
                Instant valueTime = valueTime(draft.loan(), pledge);
                latest = latest == null || valueTime.isAfter(latest) ? valueTime : latest;
            }
        }
        return latest == null ? null : new Valuation.Change(CureKind.TOP_UP, latest, CureKind.TOP_UP.name());
    }

    private static Instant valueTime(Loan loan, Pledge pledge) {
        Instant lockedAt = Objects.requireNonNull(pledge.lockedAt());
        Instant detectedAt = pledge.detectedAt();
        ClockStopper stopper = loan.terms().terms().ladder().clockStopper();
        return switch (stopper) {
            case DETECTED -> detectedAt != null && detectedAt.isBefore(lockedAt) ? detectedAt : lockedAt;
            case LOCKED_AND_CLAIMED -> lockedAt;
        };
    }

    /** Invariant: nothing is paid out against coin that is gone. */
    private static void stopUnsecuredPayout(Draft draft) {
        Loan loan = draft.loan();
        Disbursement disbursement = loan.disbursement();
        if (loan.status() == LoanStatus.ISSUED
                && disbursement != null
                && disbursement.stage() == Disbursement.Stage.INSTRUCTED
                && !loan.isSecured()) {
            LendingRules.cancelDisbursement(draft, disbursement, "the collateral is gone");
        }
        if (!loan.collateral().pledged().isPositive()) {
            DrawRules.stop(draft, "the collateral is gone");
        }
    }

    /** Everything that could be sold is sold, and debt is left. */
    private static void recordShortfall(Draft draft) {
        Loan loan = draft.loan();
        if (loan.status() == LoanStatus.ACTIVE
                && loan.openCase() == null
                && (!loan.closedCases().isEmpty() || DefaultRules.isToBeSold(loan))
                && loan.debt().posted().isPositive()
                && loan.settlement().stabilised().isZero()
                && !Valuation.hasLots(loan)) {
            MarginRules.cancel(draft, "NOTHING_LEFT");
            draft.emit(new LoanEvent.ShortfallRecorded(loan.debt().posted()));
        }
    }

    private static void repayIfClear(Draft draft) {
        Loan loan = draft.loan();
        boolean live = loan.status() == LoanStatus.ACTIVE || loan.status() == LoanStatus.SHORTFALL;
        if (!live || loan.openCase() != null || !loan.debt().isClear() || StabilisedRules.isBuying(loan)) {
            return;
        }
        if (DrawRules.isOpen(loan) || loan.draws().isPending()) {
            MarginRules.cancel(draft, "REPAID");
            return;
        }
        StabilisedRules.giveBack(draft);
        MarginRules.cancel(draft, "REPAID");
        draft.emit(new LoanEvent.LoanRepaid());
    }

    private static void sendBack(Draft draft) {
        Loan loan = draft.loan();
        if (loan.frozen() || loan.openCase() != null) {
            return;
        }
        boolean over = loan.status() == LoanStatus.REPAID || loan.status() == LoanStatus.CANCELLED;
        if (over && !loan.reconciliation().custodianIsShort()) {
            for (Collateral coin : loan.coins()) {
                if (coin.free().isPositive()) {
                    instructRelease(draft, coin.free(), "the loan is over", null);
                }
            }
        }
        Money owed = loan.settlement().surplusOwed();
        // Settlement finality: what the desk still owes could fall short, so the surplus waits for it.
        if (owed.isPositive() && !loan.settlement().clearing().isPositive()) {
            String id = payoutId(loan, loan.counters().payouts() + 1);
            draft.emit(new LoanEvent.SurplusPayoutInstructed(id, owed));
        }
    }

    private static String payoutId(Loan loan, int number) {
        return loan.loanId() + "/surplus/" + number;
    }

    /** Whether a payout of this id was ever instructed, confirmed since or not. */
    static boolean wasInstructed(Loan loan, String payoutId) {
        for (int number = 1; number <= loan.counters().payouts(); number++) {
            if (payoutId(loan, number).equals(payoutId)) {
                return true;
            }
        }
        return false;
    }

    /** @param requestedOn the day on which release terms granted it; null for any other release */
    static void instructRelease(Draft draft, Quantity quantity, String reason, @Nullable LocalDate requestedOn) {
        instructRelease(draft, quantity, reason, requestedOn, null);
    }

    static void instructRelease(
            Draft draft,
            Quantity quantity,
            String reason,
            @Nullable LocalDate requestedOn,
            @Nullable String substitutes) {
        String id =
                draft.loan().loanId() + "/release/" + (draft.loan().counters().releases() + 1);
        draft.emit(new LoanEvent.CollateralReleaseInstructed(id, quantity, reason, requestedOn, substitutes));
    }

    private static void closeIfEmpty(Draft draft) {
        Loan loan = draft.loan();
        boolean over = loan.status() == LoanStatus.REPAID || loan.status() == LoanStatus.CANCELLED;
        if (!over || loan.openCase() != null || !loan.instructions().isEmpty()) {
            return;
        }
        boolean claimPending = loan.pledges().stream().anyMatch(p -> p.stage() == Pledge.Stage.LOCKED);
        if (!claimPending
                && loan.coins().stream().allMatch(Consequences::isGone)
                && !loan.settlement().clearing().isPositive()
                && loan.settlement().surplusOwed().isZero()) {
            draft.emit(new LoanEvent.LoanClosed());
        }
    }

    private static boolean isGone(Collateral coin) {
        return coin.held().isZero() && coin.sold().compareTo(coin.delivered()) == 0;
    }
}
