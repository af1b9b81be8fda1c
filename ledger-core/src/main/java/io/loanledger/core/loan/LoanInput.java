package io.loanledger.core.loan;

import io.loanledger.core.price.IndexPrice;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can reach one loan. Facts come from outside in any order; claim results, replies of the liquidation processor,
 * prices and the passing of time come from the ledger's own side.
 *
 * <p>Amounts of facts are plain decimals with the asset's code as the producer wrote them: whether they fit the loan is for
 * {@link LoanDecider} to say.
 */
public sealed interface LoanInput {

    /** What somebody outside reports. */
    sealed interface Fact extends LoanInput {
        FactHead head();
    }

    /** Money or coin in a fact, as written by its producer. */
    record Stated(BigDecimal amount, String asset) {}

    // --- custody -----------------------------------------------------------------------------------------------------

    /** Custody saw the coin, perhaps unconfirmed. It is not collateral yet. */
    record CollateralDetected(FactHead head, String proof, Stated quantity, int confirmations) implements Fact {}

    /** Custody locked the coin for this loan. It is collateral once its claim is granted. */
    record CollateralLocked(FactHead head, String proof, Stated quantity) implements Fact {}

    /** A lock that custody had reported does not exist any more (a reorganised chain, a failed hold). */
    record CollateralLockReverted(FactHead head, String proof, String reason) implements Fact {}

    /** Custody sent coin back to the borrower as instructed. */
    record CollateralReleased(FactHead head, String instructionId, Stated quantity) implements Fact {}

    /** Custody handed sold coin to the desk. */
    record CollateralDelivered(FactHead head, String caseId, Stated quantity) implements Fact {}

    /** The desk gave coin back to custody, after a bust. */
    record CollateralReturned(FactHead head, String caseId, Stated quantity) implements Fact {}

    /** Custody has coin that was bought for the loan as instructed. */
    record CollateralReconverted(FactHead head, String instructionId, Stated quantity, Stated spent) implements Fact {}

    /** What custody says it holds for this loan at the fact's value time, all its facts up to then included; may be zero. */
    record CustodyStatement(FactHead head, Stated quantity) implements Fact {}

    // --- lending -----------------------------------------------------------------------------------------------------

    /** {@code firstDraw} of the principal, in its asset; null for all of it. */
    record LoanRequested(
            FactHead head,
            String borrowerId,
            String productId,
            Stated principal,
            String collateralAsset,
            @Nullable BigDecimal firstDraw)
            implements Fact {
        public LoanRequested(
                FactHead head, String borrowerId, String productId, Stated principal, String collateralAsset) {
            this(head, borrowerId, productId, principal, collateralAsset, null);
        }
    }

    /** The borrower wants more of a line. */
    record DrawdownRequested(FactHead head, Stated amount) implements Fact {}

    /**
     * Lender and borrower agreed on other terms for a running loan: another maturity, or another version or product.
     *
     * @param maturity null where the terms say it
     * @param fee that the borrower owes for it; may be zero
     */
    record TermsAmended(
            FactHead head,
            String productId,
            int version,
            @Nullable LocalDate maturity,
            Stated fee,
            String reason) implements Fact {}

    record LoanCancelled(FactHead head, String reason) implements Fact {}

    /** {@code substitutes} is the proof of coin that was locked to take its place; null for a release of what is not needed. */
    record CollateralReleaseRequested(
            FactHead head, Stated quantity, @Nullable String substitutes) implements Fact {
        public CollateralReleaseRequested(FactHead head, Stated quantity) {
            this(head, quantity, null);
        }
    }

    /** Something the borrower is to pay besides what the agreement posts by itself; negative waives it. */
    record ChargeRaised(FactHead head, ChargeKind kind, Stated amount, String reason) implements Fact {}

    /** The borrower objects to a call. */
    record MarginCallDisputed(FactHead head, String callId, String reason) implements Fact {}

    /** The lender's answer to it. */
    record MarginCallDisputeAnswered(FactHead head, String callId, boolean upheld, String reason) implements Fact {}

    /** The borrower wants proceeds that are collateral made coin again. */
    record ReconversionRequested(FactHead head) implements Fact {}

    /** The lender declares a default that the clock does not know of. */
    record DefaultDeclared(FactHead head, String reason) implements Fact {}

    /** The lender lets a default go. */
    record DefaultWaived(FactHead head, String reason) implements Fact {}

    record ComplianceStatusChanged(FactHead head, boolean frozen, String reason) implements Fact {}

    // --- payments ----------------------------------------------------------------------------------------------------

    record RepaymentReceived(FactHead head, String paymentReference, Stated amount) implements Fact {}

    record RepaymentReversed(FactHead head, String paymentReference, Stated amount, String reason) implements Fact {}

    record DisbursementConfirmed(FactHead head, String instructionId, Stated amount) implements Fact {}

    record DisbursementFailed(FactHead head, String instructionId, String reason) implements Fact {}

    record DisbursementReturned(FactHead head, String instructionId, Stated amount, String reason) implements Fact {}

    record SaleProceedsReceived(FactHead head, String caseId, String paymentReference, Stated amount) implements Fact {}

    record SurplusPaid(FactHead head, String instructionId, Stated amount) implements Fact {}

    record SurplusReturned(FactHead head, String instructionId, Stated amount, String reason) implements Fact {}

    // --- the ledger's own side ---------------------------------------------------------------------------------------

    record ClaimGranted(String proof) implements LoanInput {}

    record ClaimDenied(String proof, String reason) implements LoanInput {}

    /** Another loan of the same borrower is in default. */
    record CrossDefaulted(String borrowerId, String causeLoanId) implements LoanInput {}

    /** An open index price whose visit this loan's trigger asked for. */
    record PriceObserved(IndexPrice index) implements LoanInput {}

    /** Task time has passed this loan's next deadline. The time is that of the price record that moved the clock. */
    record TimePassed(Instant taskTime) implements LoanInput {}

    record LiquidationDeclined(String caseId, int version, String reason, long indexEpoch, long indexSequence)
            implements LoanInput {}

    record AmendmentAcknowledged(String caseId, int version, BigDecimal irrevocable) implements LoanInput {}

    /** Cumulative since the case was opened; a busted fill lowers it. */
    record LiquidationSettled(
            String caseId,
            int version,
            BigDecimal cumQuantity,
            BigDecimal cumGross,
            BigDecimal cumFees,
            boolean finalSettlement)
            implements LoanInput {}

    /** The fact's head, or null where the input has none. */
    default @Nullable FactHead factHead() {
        return this instanceof Fact fact ? fact.head() : null;
    }
}
