package io.loanledger.streams.wire;

import static io.loanledger.events.topic.TopicCatalogue.CLAIM_REQUESTS;
import static io.loanledger.events.topic.TopicCatalogue.CUSTODY_INSTRUCTIONS;
import static io.loanledger.events.topic.TopicCatalogue.LIQUIDATION_REQUESTS;
import static io.loanledger.events.topic.TopicCatalogue.MARGIN_CALLS;
import static io.loanledger.events.topic.TopicCatalogue.PAYMENT_INSTRUCTIONS;
import static io.loanledger.events.topic.TopicCatalogue.REJECTIONS;

import io.loanledger.core.loan.CaseReason;
import io.loanledger.core.loan.CureKind;
import io.loanledger.core.loan.DisputeOutcome;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.Pledge;
import io.loanledger.core.loan.Refusal;
import io.loanledger.core.loan.SaleMode;
import io.loanledger.core.money.Money;
import io.loanledger.events.BuyBack;
import io.loanledger.events.CancelDisbursement;
import io.loanledger.events.ClaimRequested;
import io.loanledger.events.ClaimWithdrawn;
import io.loanledger.events.DeliverCollateral;
import io.loanledger.events.Disburse;
import io.loanledger.events.LiquidationAmended;
import io.loanledger.events.LiquidationMode;
import io.loanledger.events.LiquidationReason;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.MarginCallAccelerated;
import io.loanledger.events.MarginCallCancelled;
import io.loanledger.events.MarginCallCured;
import io.loanledger.events.MarginCallDisputeClosed;
import io.loanledger.events.MarginCallDisputeOpened;
import io.loanledger.events.MarginCallExpired;
import io.loanledger.events.MarginCallIssued;
import io.loanledger.events.MarginNoticeIssued;
import io.loanledger.events.PaySurplus;
import io.loanledger.events.PriceEvidence;
import io.loanledger.events.Rejection;
import io.loanledger.events.ReleaseCollateral;
import io.loanledger.events.topic.Topic;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the world outside is told of an event. A pure function of the event, the loan around it and the task's time: an event that is
 * decided again says the same, byte for byte, under the same ids. Any thread.
 */
public final class OutputMapping {
    /** The first version of a case; amendments count on. */
    private static final int FIRST_VERSION = 1;

    private OutputMapping() {}

    /**
     * The records that an event causes; most cause none, none causes two today.
     *
     * @param event what happened
     * @param before the loan it happened to
     * @param after the loan with the event folded in
     * @param taskTime the task's time at the decision
     */
    public static List<Outbound> of(LoanEvent event, Loan before, Loan after, Instant taskTime) {
        return switch (event) {
            case LoanEvent.CollateralLocked e ->
                one(CLAIM_REQUESTS, e.proof(), new ClaimRequested(e.proof(), after.loanId(), taskTime));
            case LoanEvent.CollateralLockReverted e -> withdrawal(e.proof(), e.reason(), after, taskTime);
            case LoanEvent.PendingLockReverted e ->
                wasLocked(after, e.proof()) ? withdrawal(e.proof(), e.reason(), after, taskTime) : List.of();
            case LoanEvent.CollateralReleaseInstructed e -> release(e, after, taskTime);
            case LoanEvent.PledgeReturnInstructed e -> sendBack(e, after, taskTime);
            case LoanEvent.LoanIssued e ->
                pay(e.disbursementId(), e.principal().minus(after.originationFee()), after, taskTime);
            case LoanEvent.DisbursementCancelInstructed e -> cancelDisbursement(e, after, taskTime);
            case LoanEvent.SurplusPayoutInstructed e -> paySurplus(e, after, taskTime);
            case LoanEvent.MarginNoticeIssued e ->
                toCalls(
                        after,
                        new MarginNoticeIssued(after.loanId(), e.rung(), taskTime, EvidenceRecords.of(e.evidence())));
            case LoanEvent.MarginCallIssued e -> called(e, after);
            case LoanEvent.MarginCallAccelerated e -> accelerated(e, after, taskTime);
            case LoanEvent.MarginCallDisputed e ->
                toCalls(
                        after,
                        new MarginCallDisputeOpened(
                                after.loanId(), e.callId(), e.disputedAt(), e.answerBy(), e.reason()));
            case LoanEvent.MarginCallDisputeClosed e ->
                toCalls(
                        after,
                        new MarginCallDisputeClosed(
                                after.loanId(),
                                e.callId(),
                                outcome(e.outcome()),
                                e.closedAt(),
                                e.deadline(),
                                e.reason()));
            case LoanEvent.MarginCallCured e ->
                toCalls(after, new MarginCallCured(after.loanId(), e.callId(), e.curedAt(), cure(e.kind())));
            case LoanEvent.MarginCallCancelled e ->
                e.isTold()
                        ? toCalls(after, new MarginCallCancelled(after.loanId(), e.callId(), taskTime, e.reason()))
                        : List.of();
            case LoanEvent.MarginCallExpired e ->
                toCalls(after, new MarginCallExpired(after.loanId(), e.callId(), e.deadline(), e.expiredAt()));
            case LoanEvent.LiquidationRequested e -> requested(e, after);
            case LoanEvent.LiquidationAmended e -> amended(e, after, taskTime);
            case LoanEvent.SaleSettled e -> deliver(e, after, taskTime);
            case LoanEvent.DisbursementConfirmed e ->
                // A draw makes nobody live who was not, and a loan in default no sound one.
                after.draws().draw(e.disbursementId()).isEmpty() ? BorrowerOutput.live(after, taskTime) : List.of();
            case LoanEvent.LoanDefaulted e -> BorrowerOutput.defaulted(e, after, taskTime);
            case LoanEvent.DefaultEnded e -> BorrowerOutput.ended(e, after, taskTime);
            case LoanEvent.LoanRepaid e -> BorrowerOutput.over(after, taskTime);
            case LoanEvent.CureDwellStarted e -> List.of();
            case LoanEvent.CureDwellEnded e -> List.of();
            case LoanEvent.RungsCleared e -> List.of();
            case LoanEvent.DrawdownInstructed e ->
                pay(e.disbursementId(), e.amount().minus(e.fee()), after, taskTime);
            case LoanEvent.LoanRequested e -> List.of();
            case LoanEvent.LoanAmended e -> BorrowerOutput.amended(before, after, taskTime);
            case LoanEvent.CommitmentEnded e -> List.of();
            case LoanEvent.TermsBound e -> List.of();
            case LoanEvent.LoanCancelled e -> List.of();
            case LoanEvent.ComplianceChanged e -> List.of();
            case LoanEvent.CollateralDetected e -> List.of();
            case LoanEvent.ClaimGranted e -> List.of();
            case LoanEvent.ClaimDenied e -> List.of();
            case LoanEvent.CollateralCredited e -> List.of();
            case LoanEvent.CollateralReleased e -> List.of();
            case LoanEvent.PledgeReturned e -> List.of();
            case LoanEvent.DisbursementFailed e -> List.of();
            case LoanEvent.DisbursementReturned e -> List.of();
            case LoanEvent.InterestPosted e -> List.of();
            case LoanEvent.InterestRefunded e -> List.of();
            case LoanEvent.RepaymentApplied e -> List.of();
            case LoanEvent.RepaymentReversed e -> List.of();
            case LoanEvent.ChargePosted e -> List.of();
            case LoanEvent.InstalmentDue e -> List.of();
            case LoanEvent.MoneySuspended e -> List.of();
            case LoanEvent.SurplusPaid e -> List.of();
            case LoanEvent.SurplusReturned e -> List.of();
            case LoanEvent.AmendmentAcknowledged e -> List.of();
            case LoanEvent.LiquidationDeclined e -> List.of();
            case LoanEvent.DeskClaimPosted e -> List.of();
            case LoanEvent.OverfillPosted e -> List.of();
            case LoanEvent.LiquidationClosed e -> List.of();
            case LoanEvent.RescissionOpened e -> List.of();
            case LoanEvent.StabilisedApplied e -> List.of();
            case LoanEvent.CollateralReconverted e -> List.of();
            case LoanEvent.ReconversionInstructed e -> buyBack(e, after, taskTime);
            case LoanEvent.ShortfallRecorded e -> List.of();
            case LoanEvent.CollateralDelivered e -> List.of();
            case LoanEvent.CollateralReturned e -> List.of();
            case LoanEvent.SaleProceedsReceived e -> List.of();
            case LoanEvent.ReconciliationDifferenceFound e -> List.of();
            case LoanEvent.ReconciliationDifferenceSettled e -> List.of();
            case LoanEvent.LoanClosed e -> List.of();
            case LoanEvent.LoanQuarantined e -> List.of();
            case LoanEvent.QuarantineLifted e -> List.of();
            case LoanEvent.RecordSkipped e -> List.of();
        };
    }

    /**
     * The answer to input that the business refuses.
     *
     * @param recordType simple name of the refused record
     * @param cause where it stands
     * @param appendedAt its append time
     */
    public static Outbound rejection(
            String loanId, Refusal refusal, String detail, String recordType, Cause cause, Instant appendedAt) {
        return new Outbound(
                REJECTIONS,
                loanId,
                Rejection.newBuilder()
                        .setLoanId(loanId)
                        .setReason(refusal.name())
                        .setDetail(detail)
                        .setRecordType(recordType)
                        .setTopic(cause.topic())
                        .setPartition(cause.partition())
                        .setOffset(cause.offset())
                        .setEventId(cause.eventId())
                        .setRejectedAt(appendedAt)
                        .build());
    }

    private static List<Outbound> one(Topic topic, String key, SpecificRecord value) {
        return List.of(new Outbound(topic, key, value));
    }

    private static List<Outbound> toCalls(Loan after, SpecificRecord value) {
        return one(MARGIN_CALLS, after.loanId(), value);
    }

    // --- collateral --------------------------------------------------------------------------------------------------

    private static List<Outbound> withdrawal(String proof, String reason, Loan after, Instant taskTime) {
        return one(CLAIM_REQUESTS, proof, new ClaimWithdrawn(proof, after.loanId(), taskTime, reason));
    }

    /** Only a lock asks for its proof; what was merely detected has nothing to give back. */
    private static boolean wasLocked(Loan after, String proof) {
        return after.pledge(proof).map(Pledge::lockedAt).isPresent();
    }

    private static List<Outbound> release(LoanEvent.CollateralReleaseInstructed e, Loan after, Instant taskTime) {
        return one(
                CUSTODY_INSTRUCTIONS,
                after.loanId(),
                new ReleaseCollateral(
                        e.instructionId(),
                        after.loanId(),
                        e.quantity().asset().code(),
                        WireText.of(e.quantity()),
                        e.reason(),
                        taskTime));
    }

    private static List<Outbound> buyBack(LoanEvent.ReconversionInstructed e, Loan after, Instant taskTime) {
        return one(
                CUSTODY_INSTRUCTIONS,
                after.loanId(),
                new BuyBack(
                        e.instructionId(),
                        after.loanId(),
                        after.collateral().asset().code(),
                        WireText.of(e.spend()),
                        e.spend().currency().code(),
                        taskTime));
    }

    /** The claim stays: custody spends the very coin that it is for. */
    private static List<Outbound> sendBack(LoanEvent.PledgeReturnInstructed e, Loan after, Instant taskTime) {
        return one(
                CUSTODY_INSTRUCTIONS,
                after.loanId(),
                new ReleaseCollateral(
                        e.instructionId(),
                        after.loanId(),
                        e.assetCode(),
                        e.quantity().toPlainString(),
                        e.reason(),
                        taskTime));
    }

    /**
     * Coin that was sold goes to the desk. The loan's version makes the id: one event, one instruction. A bust takes nothing back: coin
     * already on its way is settled with the desk.
     */
    private static List<Outbound> deliver(LoanEvent.SaleSettled e, Loan after, Instant taskTime) {
        if (!e.sold().isPositive()) {
            return List.of();
        }
        return one(
                CUSTODY_INSTRUCTIONS,
                after.loanId(),
                DeliverCollateral.newBuilder()
                        .setInstructionId(after.loanId() + "/delivery/" + after.version())
                        .setLoanId(after.loanId())
                        .setCaseId(e.caseId())
                        .setAsset(e.sold().asset().code())
                        .setQuantity(WireText.of(e.sold()))
                        .setDesk("")
                        .setIssuedAt(taskTime)
                        .build());
    }

    // --- money -------------------------------------------------------------------------------------------------------

    private static List<Outbound> pay(String disbursementId, Money amount, Loan after, Instant taskTime) {
        return one(
                PAYMENT_INSTRUCTIONS,
                after.loanId(),
                new Disburse(
                        disbursementId,
                        after.loanId(),
                        WireText.of(amount),
                        amount.currency().code(),
                        taskTime));
    }

    private static List<Outbound> cancelDisbursement(
            LoanEvent.DisbursementCancelInstructed e, Loan after, Instant taskTime) {
        return one(
                PAYMENT_INSTRUCTIONS,
                after.loanId(),
                new CancelDisbursement(e.instructionId(), after.loanId(), e.disbursementId(), e.reason(), taskTime));
    }

    private static List<Outbound> paySurplus(LoanEvent.SurplusPayoutInstructed e, Loan after, Instant taskTime) {
        return one(
                PAYMENT_INSTRUCTIONS,
                after.loanId(),
                new PaySurplus(
                        e.instructionId(),
                        after.loanId(),
                        WireText.of(e.amount()),
                        e.amount().currency().code(),
                        taskTime));
    }

    // --- margin and liquidation --------------------------------------------------------------------------------------

    private static List<Outbound> called(LoanEvent.MarginCallIssued e, Loan after) {
        return toCalls(
                after,
                MarginCallIssued.newBuilder()
                        .setLoanId(after.loanId())
                        .setCallId(e.callId())
                        .setIssuedAt(e.issuedAt())
                        .setDeadline(e.deadline())
                        .setEvidence(EvidenceRecords.of(e.evidence()))
                        .setCureLtv(cureLtv(after, e.rung()))
                        .setTopUpToCure(WireText.of(e.topUpToCure()))
                        .setCollateralAsset(e.topUpToCure().asset().code())
                        .setRepayToCure(WireText.of(e.repayToCure()))
                        .setDebtAsset(e.repayToCure().currency().code())
                        .setRung(e.rung())
                        .build());
    }

    private static List<Outbound> accelerated(LoanEvent.MarginCallAccelerated e, Loan after, Instant taskTime) {
        return toCalls(
                after,
                MarginCallAccelerated.newBuilder()
                        .setLoanId(after.loanId())
                        .setCallId(e.callId())
                        .setRung(e.rung())
                        .setAcceleratedAt(taskTime)
                        .setDeadline(e.deadline())
                        .setEvidence(EvidenceRecords.of(e.evidence()))
                        .setCureLtv(cureLtv(after, e.rung()))
                        .setTopUpToCure(WireText.of(e.topUpToCure()))
                        .setCollateralAsset(e.topUpToCure().asset().code())
                        .setRepayToCure(WireText.of(e.repayToCure()))
                        .setDebtAsset(e.repayToCure().currency().code())
                        .build());
    }

    private static io.loanledger.events.Fraction cureLtv(Loan loan, int rung) {
        return EvidenceRecords.fraction(loan.terms().terms().ladder().rung(rung).level());
    }

    private static List<Outbound> requested(LoanEvent.LiquidationRequested e, Loan after) {
        String market = e.evidence().index().market();
        PriceEvidence evidence = EvidenceRecords.of(e.evidence());
        return one(
                LIQUIDATION_REQUESTS,
                market,
                LiquidationRequested.newBuilder()
                        .setCaseId(e.caseId())
                        .setLoanId(after.loanId())
                        .setMarket(market)
                        .setVersion(FIRST_VERSION)
                        .setReason(reason(e.reason()))
                        .setMode(mode(e.mode()))
                        .setReservedQuantity(WireText.of(e.reserved()))
                        .setCollateralAsset(e.reserved().asset().code())
                        .setLotSize(WireText.of(e.lotSize()))
                        .setDebtAsset(evidence.getDebtAsset())
                        .setFloorDiscount(WireText.rateRoundedHalfEven(
                                after.terms().terms().liquidation().floorDiscount()))
                        .setRequestedAt(e.evidence().index().priceTime())
                        .setEvidence(evidence)
                        .build());
    }

    private static List<Outbound> amended(LoanEvent.LiquidationAmended e, Loan after, Instant taskTime) {
        String market = after.terms().collateralTerms(e.reserved().asset()).market();
        io.loanledger.core.loan.PriceEvidence evidence = e.evidence();
        return one(
                LIQUIDATION_REQUESTS,
                market,
                LiquidationAmended.newBuilder()
                        .setCaseId(e.caseId())
                        .setLoanId(after.loanId())
                        .setMarket(market)
                        .setVersion(e.version())
                        .setReservedQuantity(WireText.of(e.reserved()))
                        .setMode(mode(e.mode()))
                        .setReason(e.reason())
                        .setAmendedAt(taskTime)
                        .setEvidence(evidence == null ? null : EvidenceRecords.of(evidence))
                        .build());
    }

    private static io.loanledger.events.DisputeOutcome outcome(DisputeOutcome outcome) {
        return switch (outcome) {
            case UPHELD -> io.loanledger.events.DisputeOutcome.UPHELD;
            case REJECTED -> io.loanledger.events.DisputeOutcome.REJECTED;
            case LAPSED -> io.loanledger.events.DisputeOutcome.LAPSED;
        };
    }

    private static io.loanledger.events.CureKind cure(CureKind kind) {
        return switch (kind) {
            case TOP_UP -> io.loanledger.events.CureKind.TOP_UP;
            case REPAYMENT -> io.loanledger.events.CureKind.REPAYMENT;
            case PRICE -> io.loanledger.events.CureKind.PRICE;
        };
    }

    private static LiquidationReason reason(CaseReason reason) {
        return switch (reason) {
            case HARD_LTV -> LiquidationReason.HARD_LTV;
            case CALL_EXPIRED -> LiquidationReason.CALL_EXPIRED;
            case PAYMENT_DEFAULT -> LiquidationReason.PAYMENT_DEFAULT;
            case MATURITY -> LiquidationReason.MATURITY;
            case CROSS_DEFAULT -> LiquidationReason.CROSS_DEFAULT;
            case MANUAL -> LiquidationReason.MANUAL;
        };
    }

    private static LiquidationMode mode(SaleMode mode) {
        return switch (mode) {
            case PARTIAL -> LiquidationMode.PARTIAL;
            case FULL -> LiquidationMode.FULL;
            case INCREMENT -> LiquidationMode.INCREMENT;
        };
    }
}
