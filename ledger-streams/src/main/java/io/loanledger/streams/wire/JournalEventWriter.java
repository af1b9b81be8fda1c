package io.loanledger.streams.wire;

import io.loanledger.core.loan.LoanEvent;

/**
 * The part of a journal record that is its event's own, in the order of the schema's fields, which is the order of the event's
 * components. Exhaustive: an event without its case does not compile.
 */
final class JournalEventWriter {
    private final JournalValueWriter value;

    JournalEventWriter(JournalValueWriter value) {
        this.value = value;
    }

    void write(LoanEvent event) {
        switch (event) {
            case LoanEvent.LoanRequested e -> {
                value.text(e.borrowerId());
                value.text(e.productId());
                value.decimal(e.requestedPrincipal());
                value.text(e.debtAssetCode());
                value.text(e.collateralAssetCode());
                value.instant(e.requestedAt());
                value.optionalDecimal(e.firstDraw());
            }
            case LoanEvent.TermsBound e -> {
                value.terms(e.terms());
                value.money(e.principal());
                value.asset(e.collateralAsset());
            }
            case LoanEvent.LoanCancelled e -> {
                value.text(e.reason());
            }
            case LoanEvent.ComplianceChanged e -> {
                value.flag(e.frozen());
                value.text(e.reason());
            }
            case LoanEvent.CollateralDetected e -> {
                value.text(e.proof());
                value.decimal(e.quantity());
                value.text(e.assetCode());
                value.number(e.confirmations());
                value.instant(e.detectedAt());
            }
            case LoanEvent.CollateralLocked e -> {
                value.text(e.proof());
                value.decimal(e.quantity());
                value.text(e.assetCode());
                value.instant(e.lockedAt());
            }
            case LoanEvent.ClaimGranted e -> {
                value.text(e.proof());
            }
            case LoanEvent.ClaimDenied e -> {
                value.text(e.proof());
                value.text(e.reason());
            }
            case LoanEvent.CollateralCredited e -> {
                value.text(e.proof());
                value.coin(e.quantity());
            }
            case LoanEvent.CollateralLockReverted e -> {
                value.text(e.proof());
                value.coin(e.fromHeld());
                value.coin(e.missing());
                value.text(e.reason());
                value.optionalInstant(e.revertedAt());
            }
            case LoanEvent.PendingLockReverted e -> {
                value.text(e.proof());
                value.text(e.reason());
                value.optionalInstant(e.revertedAt());
            }
            case LoanEvent.CollateralReleaseInstructed e -> {
                value.text(e.instructionId());
                value.coin(e.quantity());
                value.text(e.reason());
                value.optionalDay(e.requestedOn());
                value.optionalText(e.substitutes());
            }
            case LoanEvent.CollateralReleased e -> {
                value.text(e.instructionId());
                value.coin(e.quantity());
                value.optionalInstant(e.releasedAt());
            }
            case LoanEvent.PledgeReturnInstructed e -> {
                value.text(e.instructionId());
                value.text(e.proof());
                value.decimal(e.quantity());
                value.text(e.assetCode());
                value.text(e.reason());
            }
            case LoanEvent.PledgeReturned e -> {
                value.text(e.instructionId());
                value.text(e.proof());
                value.decimal(e.quantity());
                value.optionalInstant(e.returnedAt());
            }
            case LoanEvent.LoanIssued e -> {
                value.text(e.disbursementId());
                value.money(e.principal());
                value.evidence(e.evidence());
            }
            case LoanEvent.DisbursementConfirmed e -> {
                value.text(e.disbursementId());
                value.money(e.amount());
                value.day(e.valueDate());
                value.moneyUnlessZero(e.fee());
                value.optionalDecimal(e.accrual());
            }
            case LoanEvent.LoanAmended e -> {
                value.optionalTerms(e.terms());
                value.day(e.on());
                value.optionalDay(e.maturity());
                value.evidence(e.evidence());
                value.text(e.reason());
            }
            case LoanEvent.CommitmentEnded e -> value.text(e.reason());
            case LoanEvent.DrawdownInstructed e -> {
                value.text(e.disbursementId());
                value.money(e.amount());
                value.moneyUnlessZero(e.fee());
                value.evidence(e.evidence());
            }
            case LoanEvent.DisbursementCancelInstructed e -> {
                value.text(e.instructionId());
                value.text(e.disbursementId());
                value.text(e.reason());
            }
            case LoanEvent.DisbursementFailed e -> {
                value.text(e.disbursementId());
                value.text(e.reason());
            }
            case LoanEvent.DisbursementReturned e -> {
                value.text(e.disbursementId());
                value.allocation(e.allocation());
                value.day(e.valueDate());
                value.text(e.reason());
                value.moneyUnlessZero(e.fee());
                value.optionalDecimal(e.accrual());
            }
            case LoanEvent.InterestPosted e -> {
                value.money(e.amount());
                value.day(e.through());
                value.optionalDecimal(e.accrual());
                value.moneyUnlessZero(e.penalty());
            }
            case LoanEvent.InterestRefunded e -> {
                value.money(e.amount());
                value.optionalDecimal(e.accrual());
                value.moneyUnlessZero(e.penalty());
            }
            case LoanEvent.RepaymentApplied e -> {
                value.text(e.paymentReference());
                value.allocation(e.allocation());
                value.day(e.valueDate());
                value.optionalDecimal(e.accrual());
                value.moneyUnlessZero(e.fee());
            }
            case LoanEvent.RepaymentReversed e -> {
                value.text(e.paymentReference());
                value.allocation(e.allocation());
                value.day(e.valueDate());
                value.text(e.reason());
                value.optionalText(e.reappliedFor());
                value.optionalDecimal(e.accrual());
                value.moneyUnlessZero(e.fee());
            }
            case LoanEvent.ChargePosted e -> {
                value.charge(e.kind());
                value.money(e.amount());
                value.number(e.bucket());
                value.text(e.reason());
            }
            case LoanEvent.InstalmentDue e -> {
                value.number(e.number());
                value.day(e.dueOn());
                value.money(e.interest());
                value.money(e.principal());
            }
            case LoanEvent.LoanDefaulted e -> {
                value.defaultReason(e.reason());
                value.day(e.since());
                value.text(e.detail());
                value.money(e.interest());
                value.money(e.principal());
            }
            case LoanEvent.DefaultEnded e -> {
                value.defaultReason(e.reason());
                value.flag(e.waived());
                value.day(e.until());
                value.text(e.detail());
            }
            case LoanEvent.MoneySuspended e -> {
                value.money(e.amount());
                value.text(e.paymentReference());
                value.text(e.reason());
            }
            case LoanEvent.SurplusPayoutInstructed e -> {
                value.text(e.instructionId());
                value.money(e.amount());
            }
            case LoanEvent.SurplusPaid e -> {
                value.text(e.instructionId());
                value.money(e.amount());
            }
            case LoanEvent.SurplusReturned e -> {
                value.text(e.instructionId());
                value.money(e.amount());
                value.text(e.reason());
            }
            case LoanEvent.MarginCallIssued e -> {
                value.text(e.callId());
                value.instant(e.issuedAt());
                value.instant(e.deadline());
                value.instant(e.expiresAt());
                value.evidence(e.evidence());
                value.coin(e.topUpToCure());
                value.money(e.repayToCure());
                value.number(e.rung());
            }
            case LoanEvent.MarginCallAccelerated e -> {
                value.text(e.callId());
                value.number(e.rung());
                value.instant(e.deadline());
                value.instant(e.expiresAt());
                value.evidence(e.evidence());
                value.coin(e.topUpToCure());
                value.money(e.repayToCure());
            }
            case LoanEvent.CureDwellStarted e -> {
                value.text(e.callId());
                value.instant(e.since());
                value.evidence(e.evidence());
            }
            case LoanEvent.CureDwellEnded e -> {
                value.text(e.callId());
                value.instant(e.at());
                value.evidence(e.evidence());
            }
            case LoanEvent.MarginCallDisputed e -> {
                value.text(e.callId());
                value.instant(e.disputedAt());
                value.instant(e.answerBy());
                value.text(e.reason());
            }
            case LoanEvent.MarginCallDisputeClosed e -> {
                value.text(e.callId());
                value.outcome(e.outcome());
                value.instant(e.closedAt());
                value.instant(e.deadline());
                value.instant(e.expiresAt());
                value.text(e.reason());
            }
            case LoanEvent.MarginNoticeIssued e -> {
                value.number(e.rung());
                value.evidence(e.evidence());
            }
            case LoanEvent.RungsCleared e -> {
                value.number(e.reached());
                value.evidence(e.evidence());
            }
            case LoanEvent.MarginCallCured e -> {
                value.text(e.callId());
                value.cure(e.kind());
                value.instant(e.curedAt());
                value.evidence(e.evidence());
            }
            case LoanEvent.MarginCallCancelled e -> {
                value.text(e.callId());
                value.text(e.reason());
            }
            case LoanEvent.MarginCallExpired e -> {
                value.text(e.callId());
                value.instant(e.deadline());
                value.instant(e.expiredAt());
            }
            case LoanEvent.LiquidationRequested e -> {
                value.text(e.caseId());
                value.reason(e.reason());
                value.mode(e.mode());
                value.coin(e.reserved());
                value.coin(e.lotSize());
                value.evidence(e.evidence());
                value.optionalInstant(e.callDeadline());
                value.optionalNumber(e.rung());
            }
            case LoanEvent.LiquidationAmended e -> {
                value.text(e.caseId());
                value.number(e.version());
                value.mode(e.mode());
                value.coin(e.reserved());
                value.text(e.reason());
                value.optionalEvidence(e.evidence());
            }
            case LoanEvent.AmendmentAcknowledged e -> {
                value.text(e.caseId());
                value.number(e.version());
                value.coin(e.irrevocable());
                value.coin(e.reserved());
            }
            case LoanEvent.LiquidationDeclined e -> {
                value.text(e.caseId());
                value.text(e.reason());
                value.number(e.indexEpoch());
                value.number(e.indexSequence());
                value.number(e.declines());
                value.optionalInstant(e.retryAt());
            }
            case LoanEvent.SaleSettled e -> {
                value.text(e.caseId());
                value.coin(e.sold());
                value.money(e.gross());
                value.money(e.deskFees());
                value.money(e.liquidationFee());
                value.allocation(e.allocation());
                value.day(e.valueDate());
                value.someMoney(e.penalty());
                value.someMoney(e.stabilised());
                value.optionalDecimal(e.accrual());
            }
            case LoanEvent.DeskClaimPosted e -> {
                value.text(e.caseId());
                value.coin(e.quantity());
                value.money(e.gross());
                value.money(e.deskFees());
            }
            case LoanEvent.OverfillPosted e -> {
                value.text(e.caseId());
                value.coin(e.quantity());
                value.money(e.gross());
                value.money(e.deskFees());
            }
            case LoanEvent.LiquidationClosed e -> {
                value.text(e.caseId());
                value.coin(e.cumQuantity());
                value.money(e.cumGross());
            }
            case LoanEvent.StabilisedApplied e -> {
                value.allocation(e.allocation());
                value.day(e.valueDate());
                value.optionalDecimal(e.accrual());
            }
            case LoanEvent.ReconversionInstructed e -> {
                value.text(e.instructionId());
                value.money(e.spend());
                value.evidence(e.evidence());
            }
            case LoanEvent.CollateralReconverted e -> {
                value.text(e.instructionId());
                value.coin(e.quantity());
                value.money(e.spent());
                value.optionalInstant(e.reconvertedAt());
            }
            case LoanEvent.RescissionOpened e -> {
                value.text(e.caseId());
                value.text(e.callId());
                value.coin(e.sold());
                value.text(e.reason());
            }
            case LoanEvent.ShortfallRecorded e -> {
                value.money(e.amount());
            }
            case LoanEvent.CollateralDelivered e -> {
                value.text(e.caseId());
                value.coin(e.quantity());
                value.coin(e.excess());
                value.optionalInstant(e.deliveredAt());
            }
            case LoanEvent.CollateralReturned e -> {
                value.text(e.caseId());
                value.coin(e.quantity());
                value.coin(e.excess());
                value.optionalInstant(e.returnedAt());
            }
            case LoanEvent.SaleProceedsReceived e -> {
                value.text(e.caseId());
                value.text(e.paymentReference());
                value.money(e.applied());
                value.money(e.suspended());
            }
            case LoanEvent.ReconciliationDifferenceFound e -> {
                value.counterparty(e.counterparty());
                value.difference(e.kind());
                value.text(e.assetCode());
                value.decimal(e.ours());
                value.decimal(e.theirs());
                value.instant(e.asOf());
            }
            case LoanEvent.ReconciliationDifferenceSettled e -> {
                value.counterparty(e.counterparty());
                value.difference(e.kind());
                value.text(e.assetCode());
                value.decimal(e.ours());
                value.decimal(e.theirs());
                value.instant(e.asOf());
            }
            case LoanEvent.LoanRepaid e -> {}
            case LoanEvent.LoanClosed e -> {}
            case LoanEvent.LoanQuarantined e -> {
                value.text(e.invariant());
                value.text(e.detail());
                value.text(e.topic());
                value.number(e.partition());
                value.number(e.offset());
            }
            case LoanEvent.QuarantineLifted e -> {
                value.text(e.skipId());
                value.text(e.firstOperator());
                value.text(e.secondOperator());
                value.text(e.reason());
            }
            case LoanEvent.RecordSkipped e -> {
                value.text(e.skipId());
                value.text(e.topic());
                value.number(e.partition());
                value.number(e.offset());
                value.text(e.firstOperator());
                value.text(e.secondOperator());
                value.text(e.reason());
            }
        }
    }
}
