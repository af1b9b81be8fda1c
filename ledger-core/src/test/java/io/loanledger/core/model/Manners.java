package io.loanledger.core.model;

import io.loanledger.core.loan.CaseReason;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.MarginCall;

/** What tells one event from another of its kind, in words, for the tables of a run. */
final class Manners {
    private Manners() {}

    /** Empty for an event that always happens in the same manner. */
    static String of(LoanEvent event) {
        return switch (event) {
            case LoanEvent.MarginCallCured e -> e.kind().name();
            case LoanEvent.MarginCallCancelled e -> e.reason();
            case LoanEvent.LiquidationRequested e ->
                e.reason() + (e.rung() > 0 && e.reason() == CaseReason.HARD_LTV ? " band " : " ") + e.mode();
            case LoanEvent.LiquidationAmended e -> e.mode().name();
            case LoanEvent.CollateralReleaseInstructed e -> e.requestedOn() == null ? "" : "by release terms";
            case LoanEvent.SaleSettled e -> e.penalty().isZero() ? "" : "with a penalty";
            case LoanEvent.MarginCallDisputeClosed e -> e.outcome().name();
            case LoanEvent.MarginCallIssued e ->
                e.deadline().equals(MarginCall.NO_CLOCK) ? "without a clock" : "on rung " + e.rung();
            case LoanEvent.ChargePosted e ->
                e.kind() + (e.amount().isNegative() ? " waived" : "") + (e.bucket() == 0 ? "" : " of an instalment");
            case LoanEvent.LoanDefaulted e -> e.reason().name();
            case LoanEvent.DefaultEnded e -> e.waived() ? "waived" : "paid";
            case LoanEvent.RepaymentReversed e ->
                ((e.reappliedFor() == null ? "" : "to be applied again")
                                + (e.fee().isZero() ? "" : " with its fee"))
                        .strip();
            case LoanEvent.DisbursementConfirmed e ->
                ((isDraw(e.disbursementId()) ? "of a draw" : "") + (e.fee().isZero() ? "" : " less a fee")).strip();
            case LoanEvent.DisbursementFailed e -> isDraw(e.disbursementId()) ? "of a draw" : "";
            case LoanEvent.DisbursementCancelInstructed e -> isDraw(e.disbursementId()) ? "of a draw" : "";
            case LoanEvent.DisbursementReturned e ->
                ((isDraw(e.disbursementId()) ? "of a draw" : "") + (e.fee().isZero() ? "" : " with its fee")).strip();
            case LoanEvent.RepaymentApplied e -> e.fee().isZero() ? "" : "with a fee";
            case LoanEvent.LoanAmended e -> e.terms() == null ? "extension" : "rollover";
            case LoanEvent.CommitmentEnded e -> e.reason().equals("MATURITY") ? "at its maturity" : "called off";
            default -> "";
        };
    }

    private static boolean isDraw(String disbursementId) {
        return !disbursementId.endsWith("/disbursement");
    }
}
