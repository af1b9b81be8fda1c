package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can have happened to a loan: the alphabet of the journal. An event states a fact with all the amounts that
 * its {@link LoanPostings posting} needs, so that the book can be kept from the journal alone.
 */
public sealed interface LoanEvent {

    // --- request and terms -------------------------------------------------------------------------------------------

    record LoanRequested(
            String borrowerId,
            String productId,
            BigDecimal requestedPrincipal,
            String debtAssetCode,
            String collateralAssetCode,
            Instant requestedAt,
            @Nullable BigDecimal firstDraw)
            implements LoanEvent {
        public LoanRequested(
                String borrowerId,
                String productId,
                BigDecimal requestedPrincipal,
                String debtAssetCode,
                String collateralAssetCode,
                Instant requestedAt) {
            this(borrowerId, productId, requestedPrincipal, debtAssetCode, collateralAssetCode, requestedAt, null);
        }
    }

    /** The product's newest version at this moment; the loan keeps it until it is amended. Principal is all that may be lent. */
    record TermsBound(ProductTerms terms, Money principal, Asset collateralAsset) implements LoanEvent {}

    /**
     * The agreement of a running loan changed. With {@code terms} it goes on under them from {@code on}, to which interest was posted under those
     * of before; without, only the maturity moved. The evidence is of the first limit, which it does not meet.
     *
     * @param terms null for those that it has
     * @param maturity of the loan from here on; null for a line without one
     */
    record LoanAmended(
            @Nullable ProductTerms terms,
            LocalDate on,
            @Nullable LocalDate maturity,
            PriceEvidence evidence,
            String reason)
            implements LoanEvent {}

    /** Nothing more can be drawn of the line. */
    record CommitmentEnded(String reason) implements LoanEvent {}

    /** Ended before money moved: the request cannot be served, the lender or the borrower withdrew, or the bank failed. */
    record LoanCancelled(String reason) implements LoanEvent {}

    record ComplianceChanged(boolean frozen, String reason) implements LoanEvent {}

    // --- collateral --------------------------------------------------------------------------------------------------

    record CollateralDetected(
            String proof, BigDecimal quantity, String assetCode, int confirmations, Instant detectedAt)
            implements LoanEvent {}

    record CollateralLocked(String proof, BigDecimal quantity, String assetCode, Instant lockedAt)
            implements LoanEvent {}

    record ClaimGranted(String proof) implements LoanEvent {}

    record ClaimDenied(String proof, String reason) implements LoanEvent {}

    /** Locked, claimed, and of the asset that the terms take: from here on it is collateral. */
    record CollateralCredited(String proof, Quantity quantity) implements LoanEvent {}

    /**
     * The lock is gone. What was credited leaves the loan: as far as coin is held, out of custody; the rest had been sold or
     * released already and is missing.
     */
    record CollateralLockReverted(
            String proof,
            Quantity fromHeld,
            Quantity missing,
            String reason,
            @Nullable Instant revertedAt) implements LoanEvent {}

    /** As {@link CollateralLockReverted}, before the coin was credited: nothing is posted. */
    record PendingLockReverted(
            String proof, String reason, @Nullable Instant revertedAt) implements LoanEvent {}

    /**
     * {@code requestedOn} is the day on which the borrower had it granted under release terms, {@code substitutes} the proof of the coin
     * that takes its place; null for any other release.
     */
    record CollateralReleaseInstructed(
            String instructionId,
            Quantity quantity,
            String reason,
            @Nullable LocalDate requestedOn,
            @Nullable String substitutes)
            implements LoanEvent {
        public CollateralReleaseInstructed(String instructionId, Quantity quantity, String reason) {
            this(instructionId, quantity, reason, null, null);
        }

        public CollateralReleaseInstructed(
                String instructionId, Quantity quantity, String reason, @Nullable LocalDate requestedOn) {
            this(instructionId, quantity, reason, requestedOn, null);
        }
    }

    /** Custody sent coin back as instructed. */
    record CollateralReleased(
            String instructionId,
            Quantity quantity,
            @Nullable Instant releasedAt) implements LoanEvent {}

    /** Claimed coin that this loan can never use goes back; it was never collateral, so nothing is posted. */
    record PledgeReturnInstructed(
            String instructionId, String proof, BigDecimal quantity, String assetCode, String reason)
            implements LoanEvent {}

    /** Custody sent such coin back. */
    record PledgeReturned(
            String instructionId,
            String proof,
            BigDecimal quantity,
            @Nullable Instant returnedAt) implements LoanEvent {}

    // --- issue and disbursement --------------------------------------------------------------------------------------

    record LoanIssued(String disbursementId, Money principal, PriceEvidence evidence) implements LoanEvent {}

    /** More of a line is to be paid out, less the fee. Contingent until the bank confirms it. */
    record DrawdownInstructed(String disbursementId, Money amount, Money fee, PriceEvidence evidence)
            implements LoanEvent {}

    /** Amount is what is owed; the payout was less by the fee that the lender kept of it. */
    record DisbursementConfirmed(
            String disbursementId,
            Money amount,
            LocalDate valueDate,
            Money fee,
            @Nullable BigDecimal accrual) implements LoanEvent {
        public DisbursementConfirmed(String disbursementId, Money amount, LocalDate valueDate, Money fee) {
            this(disbursementId, amount, valueDate, fee, null);
        }

        public DisbursementConfirmed(String disbursementId, Money amount, LocalDate valueDate) {
            this(disbursementId, amount, valueDate, Money.zero(amount.currency()));
        }
    }

    /** Asked the bank to stop a disbursement that is not confirmed yet. */
    record DisbursementCancelInstructed(String instructionId, String disbursementId, String reason)
            implements LoanEvent {}

    record DisbursementFailed(String disbursementId, String reason) implements LoanEvent {}

    /**
     * The disbursed money came back: it repays principal. With all of it the fee kept from the payout goes back to the borrower: it is part of
     * the allocation and not of the money.
     */
    record DisbursementReturned(
            String disbursementId,
            Allocation allocation,
            LocalDate valueDate,
            String reason,
            Money fee,
            @Nullable BigDecimal accrual)
            implements LoanEvent {
        public DisbursementReturned(String disbursementId, Allocation allocation, LocalDate valueDate, String reason) {
            this(
                    disbursementId,
                    allocation,
                    valueDate,
                    reason,
                    Money.zero(allocation.surplus().currency()),
                    null);
        }
    }

    // --- interest and payments ---------------------------------------------------------------------------------------

    /**
     * Interest brought to the books: half-even of the exact cumulative interest, less what was posted before. Negative when a
     * payment was valued earlier than interest had been posted through.
     *
     * <p>{@code accrual}, here and in what moves principal: how the rate ran from the day through which interest had accrued to the event's
     * own day ({@link RateClock#weight}; where interest compounds, {@link RateClock#growth} through that day). Null where the terms say it.
     * {@code penalty} is the default interest of the same days.
     */
    record InterestPosted(
            Money amount, LocalDate through, @Nullable BigDecimal accrual, Money penalty) implements LoanEvent {
        public InterestPosted(Money amount, LocalDate through) {
            this(amount, through, null);
        }

        public InterestPosted(Money amount, LocalDate through, @Nullable BigDecimal accrual) {
            this(amount, through, accrual, Money.zero(amount.currency()));
        }
    }

    /** Interest that a back-dated payment proved too much, when nothing else is owed that it could pay: it is the borrower's. */
    record InterestRefunded(Money amount, @Nullable BigDecimal accrual, Money penalty) implements LoanEvent {
        public InterestRefunded(Money amount) {
            this(amount, null);
        }

        public InterestRefunded(Money amount, @Nullable BigDecimal accrual) {
            this(amount, accrual, Money.zero(amount.currency()));
        }
    }

    /**
     * Of a payment that is known: money of it that was taken back is applied anew. The {@code fee}, on principal that was not due, is income at
     * once: it is part of the money and not of the allocation.
     */
    record RepaymentApplied(
            String paymentReference,
            Allocation allocation,
            LocalDate valueDate,
            @Nullable BigDecimal accrual,
            Money fee)
            implements LoanEvent {
        public RepaymentApplied(
                String paymentReference, Allocation allocation, LocalDate valueDate, @Nullable BigDecimal accrual) {
            this(
                    paymentReference,
                    allocation,
                    valueDate,
                    accrual,
                    Money.zero(allocation.surplus().currency()));
        }

        public RepaymentApplied(String paymentReference, Allocation allocation, LocalDate valueDate) {
            this(paymentReference, allocation, valueDate, null);
        }
    }

    /**
     * Takes back what the payment was spread on, as far as it can be owed again; {@code MoneySuspended} of the rest follows. With
     * {@code reappliedFor} the payment stands and its money is applied anew, behind the reversal of that other payment. The payment's fee
     * goes back with what can be owed again (negative).
     */
    record RepaymentReversed(
            String paymentReference,
            Allocation allocation,
            LocalDate valueDate,
            String reason,
            @Nullable String reappliedFor,
            @Nullable BigDecimal accrual,
            Money fee)
            implements LoanEvent {
        public RepaymentReversed(
                String paymentReference,
                Allocation allocation,
                LocalDate valueDate,
                String reason,
                @Nullable String reappliedFor,
                @Nullable BigDecimal accrual) {
            this(
                    paymentReference,
                    allocation,
                    valueDate,
                    reason,
                    reappliedFor,
                    accrual,
                    Money.zero(allocation.surplus().currency()));
        }

        public RepaymentReversed(String paymentReference, Allocation allocation, LocalDate valueDate, String reason) {
            this(paymentReference, allocation, valueDate, reason, null, null);
        }
    }

    /** The borrower is charged, or a charge is waived (negative); of an instalment when {@code bucket} is its number, else 0. */
    record ChargePosted(ChargeKind kind, Money amount, int bucket, String reason) implements LoanEvent {}

    /** The next instalment fell due: this much of the debt is a bucket of its own from here on. No total moves. */
    record InstalmentDue(int number, LocalDate dueOn, Money interest, Money principal) implements LoanEvent {}

    /**
     * The loan is in default from a day on. Where the terms accelerate, {@code interest} and {@code principal} fall due by it; no total moves.
     * {@code detail} is what was said of it: the declaration's reason, or the id of the borrower's other loan.
     */
    record LoanDefaulted(DefaultReason reason, LocalDate since, String detail, Money interest, Money principal)
            implements LoanEvent {}

    /** It is not any more: what is due was paid, or the lender let it go. {@code until} is the first day without default. */
    record DefaultEnded(DefaultReason reason, boolean waived, LocalDate until, String detail) implements LoanEvent {}

    /** Money for a loan that cannot take it: kept apart, with its reason, never lost. Negative if it was taken back. */
    record MoneySuspended(Money amount, String paymentReference, String reason) implements LoanEvent {}

    record SurplusPayoutInstructed(String instructionId, Money amount) implements LoanEvent {}

    record SurplusPaid(String instructionId, Money amount) implements LoanEvent {}

    /** A payout came back: the borrower's money without a way to the borrower is suspense. */
    record SurplusReturned(String instructionId, Money amount, String reason) implements LoanEvent {}

    // --- margin ------------------------------------------------------------------------------------------------------

    /** {@code topUpToCure} and {@code repayToCure} are what heals the call alone at this price, rounded up. */
    record MarginCallIssued(
            String callId,
            Instant issuedAt,
            Instant deadline,
            Instant expiresAt,
            PriceEvidence evidence,
            Quantity topUpToCure,
            Money repayToCure,
            int rung)
            implements LoanEvent {}

    /** The one call moves up to a higher rung: never to a later deadline. The figures are what heals it there. */
    record MarginCallAccelerated(
            String callId,
            int rung,
            Instant deadline,
            Instant expiresAt,
            PriceEvidence evidence,
            Quantity topUpToCure,
            Money repayToCure)
            implements LoanEvent {}

    /** Prices keep the loan at or under the call's level from here on; the call is cured when that lasted for the terms' dwell. */
    record CureDwellStarted(String callId, Instant since, PriceEvidence evidence) implements LoanEvent {}

    /** They did not for long enough. */
    record CureDwellEnded(String callId, Instant at, PriceEvidence evidence) implements LoanEvent {}

    /** The borrower objects in time: the call's clock stands until the lender has answered. */
    record MarginCallDisputed(String callId, Instant disputedAt, Instant answerBy, String reason)
            implements LoanEvent {}

    /** With the call's clock as it runs from here on. An upheld dispute withdraws the call. */
    record MarginCallDisputeClosed(
            String callId, DisputeOutcome outcome, Instant closedAt, Instant deadline, Instant expiresAt, String reason)
            implements LoanEvent {}

    /** The borrower is told that the ratio met a rung; not told again before it was at or under the rung's level. */
    record MarginNoticeIssued(int rung, PriceEvidence evidence) implements LoanEvent {}

    /** Rungs that had acted are armed again: the highest that is not, or 0. */
    record RungsCleared(int reached, PriceEvidence evidence) implements LoanEvent {}

    record MarginCallCured(String callId, CureKind kind, Instant curedAt, PriceEvidence evidence)
            implements LoanEvent {}

    /** The call lost its object: the loan was repaid, or the hard threshold pre-empted it. */
    record MarginCallCancelled(String callId, String reason) implements LoanEvent {
        /** The end of a call that was withdrawn, for whatever reason: who was told of the withdrawal is told nothing more. */
        public static final String AFTER_WITHDRAWAL = "AFTER_WITHDRAWAL";

        /** Whether the world outside still counts on the call. */
        public boolean isTold() {
            return !reason.equals(AFTER_WITHDRAWAL);
        }
    }

    record MarginCallExpired(String callId, Instant deadline, Instant expiredAt) implements LoanEvent {}

    // --- liquidation -------------------------------------------------------------------------------------------------

    /** {@code rung} is that of the expired call or of the banded sale; 0 for the hard limit. */
    record LiquidationRequested(
            String caseId,
            CaseReason reason,
            SaleMode mode,
            Quantity reserved,
            Quantity lotSize,
            PriceEvidence evidence,
            @Nullable Instant callDeadline,
            int rung)
            implements LoanEvent {}

    /**
     * A new version of an open case. Larger takes effect at once; smaller once the liquidation processor has said what it can
     * no longer take back. The evidence is that of the price at which the need was measured; null where no price was involved.
     */
    record LiquidationAmended(
            String caseId,
            int version,
            SaleMode mode,
            Quantity reserved,
            String reason,
            @Nullable PriceEvidence evidence)
            implements LoanEvent {}

    record AmendmentAcknowledged(String caseId, int version, Quantity irrevocable, Quantity reserved)
            implements LoanEvent {}

    /**
     * Nothing was sold and nothing will be: the processor found the evidence old or healed. The loan is armed again once task time is
     * after {@code retryAt}; at the next price when that is null, because the loan had healed. {@code declines} counts them in a row.
     */
    record LiquidationDeclined(
            String caseId,
            String reason,
            long indexEpoch,
            long indexSequence,
            int declines,
            @Nullable Instant retryAt) implements LoanEvent {}

    /**
     * Sold since the last settlement; negative after a bust. {@code deskFees} are the lender's cost, {@code liquidationFee} and
     * {@code penalty} are the borrower's; {@code gross} less these two went through the waterfall as {@code allocation}, or, where the
     * money stays collateral, is {@code stabilised}.
     */
    record SaleSettled(
            String caseId,
            Quantity sold,
            Money gross,
            Money deskFees,
            Money liquidationFee,
            Allocation allocation,
            LocalDate valueDate,
            Money penalty,
            Money stabilised,
            @Nullable BigDecimal accrual)
            implements LoanEvent {
        public SaleSettled(
                String caseId,
                Quantity sold,
                Money gross,
                Money deskFees,
                Money liquidationFee,
                Allocation allocation,
                LocalDate valueDate) {
            this(
                    caseId,
                    sold,
                    gross,
                    deskFees,
                    liquidationFee,
                    allocation,
                    valueDate,
                    Money.zero(gross.currency()),
                    Money.zero(gross.currency()),
                    null);
        }
    }

    /** A sale changed after its case was closed: it does not reopen the loan. Amounts are what the desk took back (positive). */
    record DeskClaimPosted(String caseId, Quantity quantity, Money gross, Money deskFees) implements LoanEvent {}

    /**
     * The desk sold beyond what the ledger had reserved: since the last settlement by this much, less when negative. It is not the
     * borrower's coin, and the money stands apart.
     */
    record OverfillPosted(String caseId, Quantity quantity, Money gross, Money deskFees) implements LoanEvent {}

    /** Proceeds that were collateral pay the debt, or are the borrower's when nothing is owed. */
    record StabilisedApplied(
            Allocation allocation,
            LocalDate valueDate,
            @Nullable BigDecimal accrual) implements LoanEvent {}

    /** Proceeds that are collateral are to be made coin again, on the borrower's request. */
    record ReconversionInstructed(String instructionId, Money spend, PriceEvidence evidence) implements LoanEvent {}

    /** They are: what of the money was not spent stays collateral. */
    record CollateralReconverted(
            String instructionId,
            Quantity quantity,
            Money spent,
            @Nullable Instant reconvertedAt) implements LoanEvent {}

    record LiquidationClosed(String caseId, Quantity cumQuantity, Money cumGross) implements LoanEvent {}

    /** A fact proved, too late to stop every fill, that the call had been cured in time. */
    record RescissionOpened(String caseId, String callId, Quantity sold, String reason) implements LoanEvent {}

    /** Everything was sold and this much is still owed. */
    record ShortfallRecorded(Money amount) implements LoanEvent {}

    record CollateralDelivered(
            String caseId,
            Quantity quantity,
            Quantity excess,
            @Nullable Instant deliveredAt) implements LoanEvent {}

    /**
     * The desk gave coin back: {@code quantity} of a busted sale whose coin it had, {@code excess} for which the ledger knows no
     * reason and which is kept apart.
     */
    record CollateralReturned(
            String caseId,
            Quantity quantity,
            Quantity excess,
            @Nullable Instant returnedAt) implements LoanEvent {}

    record SaleProceedsReceived(String caseId, String paymentReference, Money applied, Money suspended)
            implements LoanEvent {}

    // --- reconciliation ----------------------------------------------------------------------------------------------

    /** The ledger and a counterparty disagree; a later one of the same kind and asset replaces it. */
    record ReconciliationDifferenceFound(
            Counterparty counterparty,
            DifferenceKind kind,
            String assetCode,
            BigDecimal ours,
            BigDecimal theirs,
            Instant asOf)
            implements LoanEvent {
        ReconciliationDifferenceFound(Difference d) {
            this(d.kind().counterparty(), d.kind(), d.assetCode(), d.ours(), d.theirs(), d.asOf());
        }

        public Difference difference() {
            return new Difference(kind, assetCode, ours, theirs, asOf);
        }
    }

    /** They agree again, on these figures. */
    record ReconciliationDifferenceSettled(
            Counterparty counterparty,
            DifferenceKind kind,
            String assetCode,
            BigDecimal ours,
            BigDecimal theirs,
            Instant asOf)
            implements LoanEvent {
        ReconciliationDifferenceSettled(Difference d) {
            this(d.kind().counterparty(), d.kind(), d.assetCode(), d.ours(), d.theirs(), d.asOf());
        }

        public Difference difference() {
            return new Difference(kind, assetCode, ours, theirs, asOf);
        }
    }

    // --- end ---------------------------------------------------------------------------------------------------------

    record LoanRepaid() implements LoanEvent {}

    record LoanClosed() implements LoanEvent {}

    // --- operation ---------------------------------------------------------------------------------------------------

    /** An invariant of this loan was broken by the record at this place: nothing is decided for it from here on. */
    record LoanQuarantined(String invariant, String detail, String topic, int partition, long offset)
            implements LoanEvent {}

    /** Two operators let the ledger decide for this loan again. */
    record QuarantineLifted(String skipId, String firstOperator, String secondOperator, String reason)
            implements LoanEvent {}

    /** The record at this place was set aside unprocessed, by order of two operators. */
    record RecordSkipped(
            String skipId,
            String topic,
            int partition,
            long offset,
            String firstOperator,
            String secondOperator,
            String reason)
            implements LoanEvent {}
}
