package io.loanledger.streams.wire;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.money.Money;

/** The event of a journal record, equal to the one that was written. */
final class JournalEventReader {
    private JournalEventReader() {}

    /**
     * @param type simple name of the record, which is the event's
     * @param r its fields
     */
    static LoanEvent read(String type, JournalFields r) {
        return switch (type) {
            case "LoanRequested" ->
                new LoanEvent.LoanRequested(
                        r.text("borrowerId"),
                        r.text("productId"),
                        r.decimal("requestedPrincipal"),
                        r.text("debtAssetCode"),
                        r.text("collateralAssetCode"),
                        r.instant("requestedAt"),
                        r.optionalDecimal("firstDraw"));
            case "TermsBound" ->
                new LoanEvent.TermsBound(r.terms("terms"), r.money("principal"), r.asset("collateralAsset"));
            case "LoanCancelled" -> new LoanEvent.LoanCancelled(r.text("reason"));
            case "ComplianceChanged" -> new LoanEvent.ComplianceChanged(r.flag("frozen"), r.text("reason"));
            case "CollateralDetected" ->
                new LoanEvent.CollateralDetected(
                        r.text("proof"),
                        r.decimal("quantity"),
                        r.text("assetCode"),
                        r.integer("confirmations"),
                        r.instant("detectedAt"));
            case "CollateralLocked" ->
                new LoanEvent.CollateralLocked(
                        r.text("proof"), r.decimal("quantity"), r.text("assetCode"), r.instant("lockedAt"));
            case "ClaimGranted" -> new LoanEvent.ClaimGranted(r.text("proof"));
            case "ClaimDenied" -> new LoanEvent.ClaimDenied(r.text("proof"), r.text("reason"));
            case "CollateralCredited" -> new LoanEvent.CollateralCredited(r.text("proof"), r.coin("quantity"));
            case "CollateralLockReverted" ->
                new LoanEvent.CollateralLockReverted(
                        r.text("proof"),
                        r.coin("fromHeld"),
                        r.coin("missing"),
                        r.text("reason"),
                        r.optionalInstant("revertedAt"));
            case "PendingLockReverted" ->
                new LoanEvent.PendingLockReverted(r.text("proof"), r.text("reason"), r.optionalInstant("revertedAt"));
            case "CollateralReleaseInstructed" ->
                new LoanEvent.CollateralReleaseInstructed(
                        r.text("instructionId"),
                        r.coin("quantity"),
                        r.text("reason"),
                        r.optionalDay("requestedOn"),
                        r.optionalText("substitutes"));
            case "CollateralReleased" ->
                new LoanEvent.CollateralReleased(
                        r.text("instructionId"), r.coin("quantity"), r.optionalInstant("releasedAt"));
            case "PledgeReturnInstructed" ->
                new LoanEvent.PledgeReturnInstructed(
                        r.text("instructionId"),
                        r.text("proof"),
                        r.decimal("quantity"),
                        r.text("assetCode"),
                        r.text("reason"));
            case "PledgeReturned" ->
                new LoanEvent.PledgeReturned(
                        r.text("instructionId"),
                        r.text("proof"),
                        r.decimal("quantity"),
                        r.optionalInstant("returnedAt"));
            case "LoanIssued" ->
                new LoanEvent.LoanIssued(r.text("disbursementId"), r.money("principal"), r.evidence("evidence"));
            case "DisbursementConfirmed" ->
                new LoanEvent.DisbursementConfirmed(
                        r.text("disbursementId"),
                        r.money("amount"),
                        r.day("valueDate"),
                        r.moneyOrZero("fee", r.money("amount").currency()),
                        r.optionalDecimal("accrual"));
            case "LoanAmended" ->
                new LoanEvent.LoanAmended(
                        r.optionalTerms("terms"),
                        r.day("on"),
                        r.optionalDay("maturity"),
                        r.evidence("evidence"),
                        r.text("reason"));
            case "CommitmentEnded" -> new LoanEvent.CommitmentEnded(r.text("reason"));
            case "DrawdownInstructed" ->
                new LoanEvent.DrawdownInstructed(
                        r.text("disbursementId"),
                        r.money("amount"),
                        r.moneyOrZero("fee", r.money("amount").currency()),
                        r.evidence("evidence"));
            case "DisbursementCancelInstructed" ->
                new LoanEvent.DisbursementCancelInstructed(
                        r.text("instructionId"), r.text("disbursementId"), r.text("reason"));
            case "DisbursementFailed" -> new LoanEvent.DisbursementFailed(r.text("disbursementId"), r.text("reason"));
            case "DisbursementReturned" ->
                new LoanEvent.DisbursementReturned(
                        r.text("disbursementId"),
                        r.allocation("allocation"),
                        r.day("valueDate"),
                        r.text("reason"),
                        r.moneyOrZero(
                                "fee", r.allocation("allocation").surplus().currency()),
                        r.optionalDecimal("accrual"));
            case "InterestPosted" ->
                new LoanEvent.InterestPosted(
                        r.money("amount"),
                        r.day("through"),
                        r.optionalDecimal("accrual"),
                        r.moneyOrZero("penalty", r.money("amount").currency()));
            case "InterestRefunded" ->
                new LoanEvent.InterestRefunded(
                        r.money("amount"),
                        r.optionalDecimal("accrual"),
                        r.moneyOrZero("penalty", r.money("amount").currency()));
            case "RepaymentApplied" ->
                new LoanEvent.RepaymentApplied(
                        r.text("paymentReference"),
                        r.allocation("allocation"),
                        r.day("valueDate"),
                        r.optionalDecimal("accrual"),
                        r.moneyOrZero(
                                "fee", r.allocation("allocation").surplus().currency()));
            case "RepaymentReversed" ->
                new LoanEvent.RepaymentReversed(
                        r.text("paymentReference"),
                        r.allocation("allocation"),
                        r.day("valueDate"),
                        r.text("reason"),
                        r.optionalText("reappliedFor"),
                        r.optionalDecimal("accrual"),
                        r.moneyOrZero(
                                "fee", r.allocation("allocation").surplus().currency()));
            case "ChargePosted" ->
                new LoanEvent.ChargePosted(r.charge("kind"), r.money("amount"), r.integer("bucket"), r.text("reason"));
            case "InstalmentDue" ->
                new LoanEvent.InstalmentDue(
                        r.integer("number"), r.day("dueOn"), r.money("interest"), r.money("principal"));
            case "LoanDefaulted" ->
                new LoanEvent.LoanDefaulted(
                        r.defaultReason("reason"),
                        r.day("since"),
                        r.text("detail"),
                        r.money("interest"),
                        r.money("principal"));
            case "DefaultEnded" ->
                new LoanEvent.DefaultEnded(
                        r.defaultReason("reason"), r.flag("waived"), r.day("until"), r.text("detail"));
            case "MoneySuspended" ->
                new LoanEvent.MoneySuspended(r.money("amount"), r.text("paymentReference"), r.text("reason"));
            case "SurplusPayoutInstructed" ->
                new LoanEvent.SurplusPayoutInstructed(r.text("instructionId"), r.money("amount"));
            case "SurplusPaid" -> new LoanEvent.SurplusPaid(r.text("instructionId"), r.money("amount"));
            case "SurplusReturned" ->
                new LoanEvent.SurplusReturned(r.text("instructionId"), r.money("amount"), r.text("reason"));
            case "MarginCallIssued" ->
                new LoanEvent.MarginCallIssued(
                        r.text("callId"),
                        r.instant("issuedAt"),
                        r.instant("deadline"),
                        r.instant("expiresAt"),
                        r.evidence("evidence"),
                        r.coin("topUpToCure"),
                        r.money("repayToCure"),
                        r.integer("rung"));
            case "MarginCallAccelerated" ->
                new LoanEvent.MarginCallAccelerated(
                        r.text("callId"),
                        r.integer("rung"),
                        r.instant("deadline"),
                        r.instant("expiresAt"),
                        r.evidence("evidence"),
                        r.coin("topUpToCure"),
                        r.money("repayToCure"));
            case "CureDwellStarted" ->
                new LoanEvent.CureDwellStarted(r.text("callId"), r.instant("since"), r.evidence("evidence"));
            case "CureDwellEnded" ->
                new LoanEvent.CureDwellEnded(r.text("callId"), r.instant("at"), r.evidence("evidence"));
            case "MarginCallDisputed" ->
                new LoanEvent.MarginCallDisputed(
                        r.text("callId"), r.instant("disputedAt"), r.instant("answerBy"), r.text("reason"));
            case "MarginCallDisputeClosed" ->
                new LoanEvent.MarginCallDisputeClosed(
                        r.text("callId"),
                        r.outcome("outcome"),
                        r.instant("closedAt"),
                        r.instant("deadline"),
                        r.instant("expiresAt"),
                        r.text("reason"));
            case "MarginNoticeIssued" -> new LoanEvent.MarginNoticeIssued(r.integer("rung"), r.evidence("evidence"));
            case "RungsCleared" -> new LoanEvent.RungsCleared(r.integer("reached"), r.evidence("evidence"));
            case "MarginCallCured" ->
                new LoanEvent.MarginCallCured(
                        r.text("callId"), r.cure("kind"), r.instant("curedAt"), r.evidence("evidence"));
            case "MarginCallCancelled" -> new LoanEvent.MarginCallCancelled(r.text("callId"), r.text("reason"));
            case "MarginCallExpired" ->
                new LoanEvent.MarginCallExpired(r.text("callId"), r.instant("deadline"), r.instant("expiredAt"));
            case "LiquidationRequested" ->
                new LoanEvent.LiquidationRequested(
                        r.text("caseId"),
                        r.reason("reason"),
                        r.mode("mode"),
                        r.coin("reserved"),
                        r.coin("lotSize"),
                        r.evidence("evidence"),
                        r.optionalInstant("callDeadline"),
                        r.rung("rung", r.reason("reason")));
            case "LiquidationAmended" ->
                new LoanEvent.LiquidationAmended(
                        r.text("caseId"),
                        r.integer("version"),
                        r.mode("mode"),
                        r.coin("reserved"),
                        r.text("reason"),
                        r.optionalEvidence("evidence"));
            case "AmendmentAcknowledged" ->
                new LoanEvent.AmendmentAcknowledged(
                        r.text("caseId"), r.integer("version"), r.coin("irrevocable"), r.coin("reserved"));
            case "LiquidationDeclined" ->
                new LoanEvent.LiquidationDeclined(
                        r.text("caseId"),
                        r.text("reason"),
                        r.number("indexEpoch"),
                        r.number("indexSequence"),
                        r.integer("declines"),
                        r.optionalInstant("retryAt"));
            case "SaleSettled" -> {
                Money gross = r.money("gross");
                yield new LoanEvent.SaleSettled(
                        r.text("caseId"),
                        r.coin("sold"),
                        gross,
                        r.money("deskFees"),
                        r.money("liquidationFee"),
                        r.allocation("allocation"),
                        r.day("valueDate"),
                        r.someMoney("penalty", gross.currency()),
                        r.someMoney("stabilised", gross.currency()),
                        r.optionalDecimal("accrual"));
            }
            case "StabilisedApplied" ->
                new LoanEvent.StabilisedApplied(
                        r.allocation("allocation"), r.day("valueDate"), r.optionalDecimal("accrual"));
            case "ReconversionInstructed" ->
                new LoanEvent.ReconversionInstructed(r.text("instructionId"), r.money("spend"), r.evidence("evidence"));
            case "CollateralReconverted" ->
                new LoanEvent.CollateralReconverted(
                        r.text("instructionId"),
                        r.coin("quantity"),
                        r.money("spent"),
                        r.optionalInstant("reconvertedAt"));
            case "DeskClaimPosted" ->
                new LoanEvent.DeskClaimPosted(
                        r.text("caseId"), r.coin("quantity"), r.money("gross"), r.money("deskFees"));
            case "OverfillPosted" ->
                new LoanEvent.OverfillPosted(
                        r.text("caseId"), r.coin("quantity"), r.money("gross"), r.money("deskFees"));
            case "LiquidationClosed" ->
                new LoanEvent.LiquidationClosed(r.text("caseId"), r.coin("cumQuantity"), r.money("cumGross"));
            case "RescissionOpened" ->
                new LoanEvent.RescissionOpened(r.text("caseId"), r.text("callId"), r.coin("sold"), r.text("reason"));
            case "ShortfallRecorded" -> new LoanEvent.ShortfallRecorded(r.money("amount"));
            case "CollateralDelivered" ->
                new LoanEvent.CollateralDelivered(
                        r.text("caseId"), r.coin("quantity"), r.coin("excess"), r.optionalInstant("deliveredAt"));
            case "CollateralReturned" ->
                new LoanEvent.CollateralReturned(
                        r.text("caseId"), r.coin("quantity"), r.coin("excess"), r.optionalInstant("returnedAt"));
            case "SaleProceedsReceived" ->
                new LoanEvent.SaleProceedsReceived(
                        r.text("caseId"), r.text("paymentReference"), r.money("applied"), r.money("suspended"));
            case "ReconciliationDifferenceFound" ->
                new LoanEvent.ReconciliationDifferenceFound(
                        r.counterparty("counterparty"),
                        r.difference("kind"),
                        r.text("assetCode"),
                        r.decimal("ours"),
                        r.decimal("theirs"),
                        r.instant("asOf"));
            case "ReconciliationDifferenceSettled" ->
                new LoanEvent.ReconciliationDifferenceSettled(
                        r.counterparty("counterparty"),
                        r.difference("kind"),
                        r.text("assetCode"),
                        r.decimal("ours"),
                        r.decimal("theirs"),
                        r.instant("asOf"));
            case "LoanRepaid" -> new LoanEvent.LoanRepaid();
            case "LoanClosed" -> new LoanEvent.LoanClosed();
            case "LoanQuarantined" ->
                new LoanEvent.LoanQuarantined(
                        r.text("invariant"),
                        r.text("detail"),
                        r.text("topic"),
                        r.integer("partition"),
                        r.number("offset"));
            case "QuarantineLifted" ->
                new LoanEvent.QuarantineLifted(
                        r.text("skipId"), r.text("firstOperator"), r.text("secondOperator"), r.text("reason"));
            case "RecordSkipped" ->
                new LoanEvent.RecordSkipped(
                        r.text("skipId"),
                        r.text("topic"),
                        r.integer("partition"),
                        r.number("offset"),
                        r.text("firstOperator"),
                        r.text("secondOperator"),
                        r.text("reason"));
            default -> throw new IllegalStateException("no event of the ledger: " + type);
        };
    }
}
