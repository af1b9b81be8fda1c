package io.loanledger.core.loan;

import static io.loanledger.core.posting.Account.CASH;
import static io.loanledger.core.posting.Account.COIN_DUE_TO_DESK;
import static io.loanledger.core.posting.Account.COLLATERAL_PLEDGED;
import static io.loanledger.core.posting.Account.COSTS_RECEIVABLE;
import static io.loanledger.core.posting.Account.COSTS_RECHARGED;
import static io.loanledger.core.posting.Account.CUSTODY;
import static io.loanledger.core.posting.Account.DESK_CLAIM;
import static io.loanledger.core.posting.Account.DESK_COSTS;
import static io.loanledger.core.posting.Account.DESK_RECEIVABLE;
import static io.loanledger.core.posting.Account.FEES_RECEIVABLE;
import static io.loanledger.core.posting.Account.FEE_INCOME;
import static io.loanledger.core.posting.Account.INTEREST_INCOME;
import static io.loanledger.core.posting.Account.INTEREST_RECEIVABLE;
import static io.loanledger.core.posting.Account.MISSING_COLLATERAL;
import static io.loanledger.core.posting.Account.OVERFILL;
import static io.loanledger.core.posting.Account.PENALTIES_RECEIVABLE;
import static io.loanledger.core.posting.Account.PENALTY_INCOME;
import static io.loanledger.core.posting.Account.PRINCIPAL_RECEIVABLE;
import static io.loanledger.core.posting.Account.STABILISED_PAYABLE;
import static io.loanledger.core.posting.Account.SURPLUS_PAYABLE;
import static io.loanledger.core.posting.Account.SUSPENSE;
import static io.loanledger.core.posting.Entry.credit;
import static io.loanledger.core.posting.Entry.debit;

import io.loanledger.core.money.Money;
import io.loanledger.core.posting.Account;
import io.loanledger.core.posting.Posting;

/**
 * The double entry of every event, from the event alone: the book can be kept from the journal without the loan's state. A
 * negative amount in a "debit" is a credit, so that a reversal is its event with the signs turned.
 */
public final class LoanPostings {
    private LoanPostings() {}

    /** Balanced per asset; {@link Posting#NONE} where nothing moves. */
    public static Posting of(LoanEvent event) {
        return switch (event) {
            case LoanEvent.CollateralCredited e ->
                Posting.of(debit(CUSTODY, e.quantity()), credit(COLLATERAL_PLEDGED, e.quantity()));
            case LoanEvent.CollateralLockReverted e ->
                Posting.of(
                        debit(COLLATERAL_PLEDGED, e.fromHeld()),
                        credit(CUSTODY, e.fromHeld()),
                        debit(MISSING_COLLATERAL, e.missing()),
                        credit(CUSTODY, e.missing()));
            case LoanEvent.CollateralReleased e ->
                Posting.of(debit(COLLATERAL_PLEDGED, e.quantity()), credit(CUSTODY, e.quantity()));
            case LoanEvent.CollateralDelivered e ->
                Posting.of(
                        debit(COIN_DUE_TO_DESK, e.quantity()),
                        credit(CUSTODY, e.quantity()),
                        debit(MISSING_COLLATERAL, e.excess()),
                        credit(CUSTODY, e.excess()));
            case LoanEvent.DisbursementConfirmed e ->
                Posting.of(
                        debit(PRINCIPAL_RECEIVABLE, e.amount()),
                        credit(CASH, e.amount().minus(e.fee())),
                        credit(FEE_INCOME, e.fee()));
            case LoanEvent.DisbursementReturned e -> moneyIn(e.allocation(), e.fee());
            case LoanEvent.InterestPosted e ->
                Posting.of(
                        debit(INTEREST_RECEIVABLE, e.amount()),
                        credit(INTEREST_INCOME, e.amount()),
                        debit(PENALTIES_RECEIVABLE, e.penalty()),
                        credit(PENALTY_INCOME, e.penalty()));
            case LoanEvent.InterestRefunded e ->
                Posting.of(
                        debit(INTEREST_RECEIVABLE, e.amount()),
                        debit(PENALTIES_RECEIVABLE, e.penalty()),
                        credit(SURPLUS_PAYABLE, e.amount().plus(e.penalty())));
            case LoanEvent.RepaymentApplied e -> moneyIn(e.allocation(), e.fee().negated());
            case LoanEvent.RepaymentReversed e ->
                moneyIn(e.allocation(), e.fee().negated());
            case LoanEvent.ChargePosted e -> charged(e);
            case LoanEvent.MoneySuspended e -> Posting.of(debit(CASH, e.amount()), credit(SUSPENSE, e.amount()));
            case LoanEvent.SurplusPaid e -> Posting.of(debit(SURPLUS_PAYABLE, e.amount()), credit(CASH, e.amount()));
            case LoanEvent.SurplusReturned e -> Posting.of(debit(CASH, e.amount()), credit(SUSPENSE, e.amount()));
            case LoanEvent.SaleSettled e -> saleSettled(e);
            case LoanEvent.StabilisedApplied e -> paidFrom(STABILISED_PAYABLE, e.allocation());
            case LoanEvent.CollateralReconverted e ->
                Posting.of(
                        debit(CUSTODY, e.quantity()),
                        credit(COLLATERAL_PLEDGED, e.quantity()),
                        debit(STABILISED_PAYABLE, e.spent()),
                        credit(CASH, e.spent()));
            case LoanEvent.ReconversionInstructed e -> Posting.NONE;
            case LoanEvent.DeskClaimPosted e ->
                Posting.of(
                        debit(DESK_CLAIM, e.gross().minus(e.deskFees())),
                        credit(DESK_RECEIVABLE, e.gross().minus(e.deskFees())));
            case LoanEvent.OverfillPosted e ->
                Posting.of(
                        debit(DESK_RECEIVABLE, e.gross().minus(e.deskFees())),
                        credit(OVERFILL, e.gross().minus(e.deskFees())));
            case LoanEvent.CollateralReturned e ->
                Posting.of(
                        debit(CUSTODY, e.quantity().plus(e.excess())),
                        credit(COIN_DUE_TO_DESK, e.quantity()),
                        credit(SUSPENSE, e.excess()));
            case LoanEvent.SaleProceedsReceived e ->
                Posting.of(
                        debit(CASH, e.applied().plus(e.suspended())),
                        credit(DESK_RECEIVABLE, e.applied()),
                        credit(SUSPENSE, e.suspended()));
            case LoanEvent.InstalmentDue e -> Posting.NONE;
            case LoanEvent.LoanDefaulted e -> Posting.NONE;
            case LoanEvent.DefaultEnded e -> Posting.NONE;
            case LoanEvent.LoanRequested e -> Posting.NONE;
            case LoanEvent.TermsBound e -> Posting.NONE;
            case LoanEvent.LoanAmended e -> Posting.NONE;
            case LoanEvent.CommitmentEnded e -> Posting.NONE;
            case LoanEvent.DrawdownInstructed e -> Posting.NONE;
            case LoanEvent.LoanCancelled e -> Posting.NONE;
            case LoanEvent.ComplianceChanged e -> Posting.NONE;
            case LoanEvent.CollateralDetected e -> Posting.NONE;
            case LoanEvent.CollateralLocked e -> Posting.NONE;
            case LoanEvent.ClaimGranted e -> Posting.NONE;
            case LoanEvent.ClaimDenied e -> Posting.NONE;
            case LoanEvent.PendingLockReverted e -> Posting.NONE;
            case LoanEvent.CollateralReleaseInstructed e -> Posting.NONE;
            case LoanEvent.PledgeReturnInstructed e -> Posting.NONE;
            case LoanEvent.PledgeReturned e -> Posting.NONE;
            case LoanEvent.LoanIssued e -> Posting.NONE;
            case LoanEvent.DisbursementCancelInstructed e -> Posting.NONE;
            case LoanEvent.DisbursementFailed e -> Posting.NONE;
            case LoanEvent.SurplusPayoutInstructed e -> Posting.NONE;
            case LoanEvent.MarginCallIssued e -> Posting.NONE;
            case LoanEvent.MarginCallAccelerated e -> Posting.NONE;
            case LoanEvent.CureDwellStarted e -> Posting.NONE;
            case LoanEvent.CureDwellEnded e -> Posting.NONE;
            case LoanEvent.MarginCallDisputed e -> Posting.NONE;
            case LoanEvent.MarginCallDisputeClosed e -> Posting.NONE;
            case LoanEvent.MarginNoticeIssued e -> Posting.NONE;
            case LoanEvent.RungsCleared e -> Posting.NONE;
            case LoanEvent.MarginCallCured e -> Posting.NONE;
            case LoanEvent.MarginCallCancelled e -> Posting.NONE;
            case LoanEvent.MarginCallExpired e -> Posting.NONE;
            case LoanEvent.LiquidationRequested e -> Posting.NONE;
            case LoanEvent.LiquidationAmended e -> Posting.NONE;
            case LoanEvent.AmendmentAcknowledged e -> Posting.NONE;
            case LoanEvent.LiquidationDeclined e -> Posting.NONE;
            case LoanEvent.LiquidationClosed e -> Posting.NONE;
            case LoanEvent.RescissionOpened e -> Posting.NONE;
            case LoanEvent.ShortfallRecorded e -> Posting.NONE;
            case LoanEvent.ReconciliationDifferenceFound e -> Posting.NONE;
            case LoanEvent.ReconciliationDifferenceSettled e -> Posting.NONE;
            case LoanEvent.LoanRepaid e -> Posting.NONE;
            case LoanEvent.LoanClosed e -> Posting.NONE;
            case LoanEvent.LoanQuarantined e -> Posting.NONE;
            case LoanEvent.QuarantineLifted e -> Posting.NONE;
            case LoanEvent.RecordSkipped e -> Posting.NONE;
        };
    }

    /** @param fee what of the allocation is no money but a fee given back; negative for a fee that is money beside it */
    private static Posting moneyIn(Allocation money, Money fee) {
        return Posting.of(
                debit(CASH, money.total().minus(fee)),
                debit(FEE_INCOME, fee),
                credit(COSTS_RECEIVABLE, money.costs()),
                credit(PENALTIES_RECEIVABLE, money.penalties()),
                credit(FEES_RECEIVABLE, money.fees()),
                credit(INTEREST_RECEIVABLE, money.interest()),
                credit(PRINCIPAL_RECEIVABLE, money.principal()),
                credit(SURPLUS_PAYABLE, money.surplus()));
    }

    private static Posting paidFrom(Account source, Allocation money) {
        return Posting.of(
                debit(source, money.total()),
                credit(COSTS_RECEIVABLE, money.costs()),
                credit(PENALTIES_RECEIVABLE, money.penalties()),
                credit(FEES_RECEIVABLE, money.fees()),
                credit(INTEREST_RECEIVABLE, money.interest()),
                credit(PRINCIPAL_RECEIVABLE, money.principal()),
                credit(SURPLUS_PAYABLE, money.surplus()));
    }

    private static Posting charged(LoanEvent.ChargePosted e) {
        return switch (e.kind()) {
            case COSTS -> Posting.of(debit(COSTS_RECEIVABLE, e.amount()), credit(COSTS_RECHARGED, e.amount()));
            case PENALTY -> Posting.of(debit(PENALTIES_RECEIVABLE, e.amount()), credit(PENALTY_INCOME, e.amount()));
            case FEE, LATE -> Posting.of(debit(FEES_RECEIVABLE, e.amount()), credit(FEE_INCOME, e.amount()));
        };
    }

    /** Invariant CashConservation: gross = applied + surplus + stabilised + the lender's fee and penalty, and the desk's costs are the lender's. */
    private static Posting saleSettled(LoanEvent.SaleSettled e) {
        return Posting.of(
                debit(COLLATERAL_PLEDGED, e.sold()),
                credit(COIN_DUE_TO_DESK, e.sold()),
                debit(DESK_RECEIVABLE, e.gross().minus(e.deskFees())),
                debit(DESK_COSTS, e.deskFees()),
                credit(FEE_INCOME, e.liquidationFee()),
                credit(PENALTY_INCOME, e.penalty()),
                credit(STABILISED_PAYABLE, e.stabilised()),
                credit(COSTS_RECEIVABLE, e.allocation().costs()),
                credit(PENALTIES_RECEIVABLE, e.allocation().penalties()),
                credit(FEES_RECEIVABLE, e.allocation().fees()),
                credit(INTEREST_RECEIVABLE, e.allocation().interest()),
                credit(PRINCIPAL_RECEIVABLE, e.allocation().principal()),
                credit(SURPLUS_PAYABLE, e.allocation().surplus()));
    }
}
