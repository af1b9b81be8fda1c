package io.loanledger.core.model;

import io.loanledger.core.loan.Allocation;
import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.Difference;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.Part;
import io.loanledger.core.loan.PriceEvidence;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The language in which ledger and model are compared: a line an event, its name and the figures that decide. Reasons that are only
 * prose are left out.
 */
final class Tongue {
    /** All that is owed. */
    static final String ALL = "all";

    /** What an event does not say. */
    static final String NONE = "none";

    private Tongue() {}

    /** A line of a name and its figures; numbers without trailing zeros, so that 5 and 5.00 read alike. */
    static String line(String name, Object... figures) {
        StringBuilder line = new StringBuilder(name);
        for (Object figure : figures) {
            line.append(' ').append(plain(figure));
        }
        return line.toString();
    }

    static String plain(Object figure) {
        return switch (figure) {
            case BigDecimal number ->
                number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
            case Money money -> plain(money.amount());
            case Quantity quantity -> plain(quantity.amount());
            case Allocation a -> allocation(a);
            default -> figure.toString();
        };
    }

    private static String allocation(Allocation a) {
        StringBuilder text = new StringBuilder(spread(
                a.costs().amount(),
                a.penalties().amount(),
                a.fees().amount(),
                a.interest().amount(),
                a.principal().amount(),
                a.surplus().amount()));
        for (Part part : a.parts()) {
            text.append(part(
                    part.bucket(),
                    part.fees().amount(),
                    part.interest().amount(),
                    part.principal().amount()));
        }
        return text.toString();
    }

    /** How money was spread, as both sides write it. */
    static String spread(
            BigDecimal costs,
            BigDecimal penalties,
            BigDecimal fees,
            BigDecimal interest,
            BigDecimal principal,
            BigDecimal surplus) {
        String charges = costs.signum() == 0 && penalties.signum() == 0
                ? ""
                : "c" + plain(costs) + " n" + plain(penalties) + " ";
        return "[" + charges + "f" + plain(fees) + " i" + plain(interest) + " p" + plain(principal) + " s"
                + plain(surplus) + "]";
    }

    /** What of it went to an instalment. */
    static String part(int number, BigDecimal fees, BigDecimal interest, BigDecimal principal) {
        return "#" + number + "[f" + plain(fees) + " i" + plain(interest) + " p" + plain(principal) + "]";
    }

    /** What is repaid to heal a call; without coin nothing less than everything, whose last part of a cent is nobody's. */
    private static Object repay(PriceEvidence evidence, Money amount) {
        return evidence.denominator().signum() == 0 ? ALL : amount;
    }

    /** The ledger's whole answer. */
    static List<String> of(Stage.Told told) {
        return switch (told.decision()) {
            case Decision.Accepted accepted ->
                told.events().stream().map(Tongue::of).toList();
            case Decision.Refused refused -> List.of("refused " + refused.refusal());
            case Decision.Repeated repeated -> List.of("repeated");
        };
    }

    private static Object accrual(@Nullable BigDecimal accrual) {
        return accrual == null ? NONE : accrual;
    }

    private static String difference(String name, Difference d) {
        return line(name, d.kind(), d.assetCode(), d.ours(), d.theirs(), d.asOf());
    }

    static String of(LoanEvent event) {
        String name = event.getClass().getSimpleName();
        return switch (event) {
            case LoanEvent.LoanRequested e ->
                line(
                        name,
                        e.borrowerId(),
                        e.productId(),
                        e.requestedPrincipal(),
                        e.firstDraw() == null ? NONE : e.firstDraw());
            case LoanEvent.TermsBound e ->
                line(
                        name,
                        e.terms().productId(),
                        e.principal(),
                        e.collateralAsset().code());
            case LoanEvent.LoanAmended e ->
                line(
                        name,
                        e.terms() == null
                                ? NONE
                                : line(e.terms().productId(), e.terms().version()),
                        e.on(),
                        String.valueOf(e.maturity()));
            case LoanEvent.CommitmentEnded e -> line(name);
            case LoanEvent.DrawdownInstructed e -> line(name, e.disbursementId(), e.amount(), e.fee());
            case LoanEvent.LoanCancelled e -> line(name);
            case LoanEvent.ComplianceChanged e -> line(name, e.frozen());
            case LoanEvent.CollateralDetected e -> line(name, e.proof(), e.quantity(), e.detectedAt());
            case LoanEvent.CollateralLocked e -> line(name, e.proof(), e.quantity(), e.lockedAt());
            case LoanEvent.ClaimGranted e -> line(name, e.proof());
            case LoanEvent.ClaimDenied e -> line(name, e.proof());
            case LoanEvent.CollateralCredited e -> line(name, e.proof(), e.quantity());
            case LoanEvent.CollateralLockReverted e -> line(name, e.proof(), e.fromHeld(), e.missing());
            case LoanEvent.PendingLockReverted e -> line(name, e.proof());
            case LoanEvent.CollateralReleaseInstructed e ->
                line(
                        name,
                        e.instructionId(),
                        e.quantity(),
                        String.valueOf(e.requestedOn()),
                        String.valueOf(e.substitutes()));
            case LoanEvent.CollateralReleased e -> line(name, e.instructionId(), e.quantity());
            case LoanEvent.LoanIssued e -> line(name, e.disbursementId(), e.principal());
            case LoanEvent.DisbursementConfirmed e ->
                line(name, e.disbursementId(), e.amount(), e.valueDate(), e.fee(), accrual(e.accrual()));
            case LoanEvent.DisbursementCancelInstructed e -> line(name, e.instructionId(), e.disbursementId());
            case LoanEvent.DisbursementFailed e -> line(name, e.disbursementId());
            case LoanEvent.DisbursementReturned e ->
                line(name, e.disbursementId(), e.allocation(), e.valueDate(), e.fee(), accrual(e.accrual()));
            case LoanEvent.InterestPosted e -> line(name, e.amount(), e.through(), accrual(e.accrual()), e.penalty());
            case LoanEvent.InterestRefunded e -> line(name, e.amount(), accrual(e.accrual()), e.penalty());
            case LoanEvent.RepaymentApplied e ->
                line(name, e.paymentReference(), e.allocation(), e.valueDate(), accrual(e.accrual()), e.fee());
            case LoanEvent.RepaymentReversed e ->
                line(
                        name,
                        e.paymentReference(),
                        e.allocation(),
                        e.valueDate(),
                        String.valueOf(e.reappliedFor()),
                        accrual(e.accrual()),
                        e.fee());
            case LoanEvent.ChargePosted e -> line(name, e.kind(), e.amount(), e.bucket());
            case LoanEvent.InstalmentDue e -> line(name, e.number(), e.dueOn(), e.interest(), e.principal());
            case LoanEvent.LoanDefaulted e ->
                line(name, e.reason(), e.since(), e.detail(), e.interest(), e.principal());
            case LoanEvent.DefaultEnded e -> line(name, e.reason(), e.waived(), e.until());
            case LoanEvent.MoneySuspended e -> line(name, e.amount(), e.amount().currency(), e.paymentReference());
            case LoanEvent.SurplusPayoutInstructed e -> line(name, e.instructionId(), e.amount());
            case LoanEvent.SurplusPaid e -> line(name, e.instructionId(), e.amount());
            case LoanEvent.SurplusReturned e -> line(name, e.instructionId(), e.amount());
            case LoanEvent.MarginCallIssued e ->
                line(
                        name,
                        e.callId(),
                        e.rung(),
                        e.deadline(),
                        e.expiresAt(),
                        e.topUpToCure(),
                        repay(e.evidence(), e.repayToCure()));
            case LoanEvent.MarginCallAccelerated e ->
                line(
                        name,
                        e.callId(),
                        e.rung(),
                        e.deadline(),
                        e.expiresAt(),
                        e.topUpToCure(),
                        repay(e.evidence(), e.repayToCure()));
            case LoanEvent.CureDwellStarted e -> line(name, e.callId(), e.since());
            case LoanEvent.CureDwellEnded e -> line(name, e.callId(), e.at());
            case LoanEvent.MarginCallDisputed e -> line(name, e.callId(), e.disputedAt(), e.answerBy());
            case LoanEvent.MarginCallDisputeClosed e ->
                line(name, e.callId(), e.outcome(), e.closedAt(), e.deadline(), e.expiresAt());
            case LoanEvent.MarginNoticeIssued e -> line(name, e.rung());
            case LoanEvent.RungsCleared e -> line(name, e.reached());
            case LoanEvent.MarginCallCured e -> line(name, e.callId(), e.kind(), e.curedAt());
            case LoanEvent.MarginCallCancelled e -> line(name, e.callId(), e.reason());
            case LoanEvent.MarginCallExpired e -> line(name, e.callId(), e.deadline());
            case LoanEvent.LiquidationRequested e ->
                line(name, e.caseId(), e.reason(), e.mode(), e.reserved(), e.rung());
            case LoanEvent.LiquidationAmended e -> line(name, e.caseId(), e.version(), e.mode(), e.reserved());
            case LoanEvent.AmendmentAcknowledged e ->
                line(name, e.caseId(), e.version(), e.irrevocable(), e.reserved());
            case LoanEvent.LiquidationDeclined e -> line(name, e.caseId(), e.declines(), String.valueOf(e.retryAt()));
            case LoanEvent.OverfillPosted e -> line(name, e.caseId(), e.quantity(), e.gross(), e.deskFees());
            case LoanEvent.StabilisedApplied e -> line(name, e.allocation(), e.valueDate(), accrual(e.accrual()));
            case LoanEvent.ReconversionInstructed e -> line(name, e.instructionId(), e.spend());
            case LoanEvent.CollateralReconverted e -> line(name, e.instructionId(), e.quantity(), e.spent());
            case LoanEvent.CollateralReturned e -> line(name, e.caseId(), e.quantity(), e.excess());
            case LoanEvent.PledgeReturnInstructed e ->
                line(name, e.instructionId(), e.proof(), e.quantity(), e.assetCode());
            case LoanEvent.PledgeReturned e -> line(name, e.instructionId(), e.proof(), e.quantity());
            case LoanEvent.SaleSettled e ->
                line(
                        name,
                        e.caseId(),
                        e.sold(),
                        e.gross(),
                        e.deskFees(),
                        e.liquidationFee(),
                        e.allocation(),
                        e.valueDate(),
                        e.penalty(),
                        e.stabilised(),
                        accrual(e.accrual()));
            case LoanEvent.DeskClaimPosted e -> line(name, e.caseId(), e.quantity(), e.gross(), e.deskFees());
            case LoanEvent.LiquidationClosed e -> line(name, e.caseId(), e.cumQuantity(), e.cumGross());
            case LoanEvent.RescissionOpened e -> line(name, e.caseId(), e.callId(), e.sold());
            case LoanEvent.ShortfallRecorded e -> line(name, e.amount());
            case LoanEvent.CollateralDelivered e -> line(name, e.caseId(), e.quantity(), e.excess());
            case LoanEvent.SaleProceedsReceived e ->
                line(name, e.caseId(), e.paymentReference(), e.applied(), e.suspended());
            case LoanEvent.ReconciliationDifferenceFound e -> difference(name, e.difference());
            case LoanEvent.ReconciliationDifferenceSettled e -> difference(name, e.difference());
            case LoanEvent.LoanRepaid e -> line(name);
            case LoanEvent.LoanClosed e -> line(name);
            case LoanEvent.LoanQuarantined e -> line(name, e.invariant());
            case LoanEvent.QuarantineLifted e -> line(name, e.skipId());
            case LoanEvent.RecordSkipped e -> line(name, e.skipId());
        };
    }
}
