package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanDecider.refused;

import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.price.IndexPrice;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Request, cancellation, disbursement, compliance, and coin that the borrower asks back while the loan runs. */
final class LendingRules {
    private LendingRules() {}

    static Decision.@Nullable Refused requested(Draft draft, LoanInput.LoanRequested fact) {
        Decision.Refused size = LoanDecider.checkSize(fact.principal());
        if (size != null) {
            return size;
        }
        if (draft.loan().application() != null) {
            return refused(Refusal.ALREADY_REQUESTED, draft.loan().loanId());
        }
        draft.emit(new LoanEvent.LoanRequested(
                fact.borrowerId(),
                fact.productId(),
                fact.principal().amount(),
                fact.principal().asset(),
                fact.collateralAsset(),
                fact.head().occurredAt()));
        return null;
    }

    static Decision.@Nullable Refused cancelled(Draft draft, LoanInput.LoanCancelled fact) {
        Disbursement disbursement = draft.loan().disbursement();
        return switch (draft.loan().status()) {
            case UNKNOWN -> refused(Refusal.UNKNOWN_LOAN, draft.loan().loanId());
            case REQUESTED -> {
                draft.emit(new LoanEvent.LoanCancelled(fact.reason()));
                yield null;
            }
            case ISSUED -> {
                if (disbursement != null && disbursement.stage() == Disbursement.Stage.INSTRUCTED) {
                    cancelDisbursement(draft, disbursement, fact.reason());
                }
                yield null;
            }
            case CLOSED -> refused(Refusal.LOAN_CLOSED, draft.loan().loanId());
            case ACTIVE, SHORTFALL, REPAID, CANCELLED ->
                refused(Refusal.WRONG_STATUS, draft.loan().status().name());
        };
    }

    static void cancelDisbursement(Draft draft, Disbursement disbursement, String reason) {
        draft.emit(new LoanEvent.DisbursementCancelInstructed(
                disbursement.disbursementId() + "/cancel", disbursement.disbursementId(), reason));
    }

    static Decision.@Nullable Refused disbursed(Draft draft, LoanInput.DisbursementConfirmed fact) {
        Disbursement disbursement = draft.loan().disbursement();
        if (disbursement == null || !disbursement.disbursementId().equals(fact.instructionId())) {
            return refused(Refusal.INSTRUCTION_UNKNOWN, fact.instructionId());
        }
        Decision.Refused refused = LoanDecider.check(fact.amount(), draft.debtAsset());
        if (refused != null) {
            return refused;
        }
        if (draft.loan().status() != LoanStatus.ISSUED) {
            return refused(Refusal.WRONG_STATUS, draft.loan().status().name());
        }
        if (fact.amount().amount().compareTo(disbursement.amount().amount()) != 0) {
            return refused(
                    Refusal.AMOUNT_DIFFERS, fact.amount().amount().toPlainString() + " of " + disbursement.amount());
        }
        draft.emit(new LoanEvent.DisbursementConfirmed(
                fact.instructionId(), disbursement.amount(), draft.valueDate(fact.head())));
        return null;
    }

    static Decision.@Nullable Refused disbursementFailed(Draft draft, LoanInput.DisbursementFailed fact) {
        Disbursement disbursement = draft.loan().disbursement();
        if (disbursement == null || !disbursement.disbursementId().equals(fact.instructionId())) {
            return refused(Refusal.INSTRUCTION_UNKNOWN, fact.instructionId());
        }
        if (draft.loan().status() != LoanStatus.ISSUED) {
            return refused(Refusal.WRONG_STATUS, draft.loan().status().name());
        }
        draft.emit(new LoanEvent.DisbursementFailed(fact.instructionId(), fact.reason()));
        draft.emit(new LoanEvent.LoanCancelled("disbursement failed: " + fact.reason()));
        return null;
    }

    static Decision.@Nullable Refused disbursementReturned(Draft draft, LoanInput.DisbursementReturned fact) {
        Disbursement disbursement = draft.loan().disbursement();
        if (disbursement == null || !disbursement.disbursementId().equals(fact.instructionId())) {
            return refused(Refusal.INSTRUCTION_UNKNOWN, fact.instructionId());
        }
        Decision.Refused refused = LoanDecider.check(fact.amount(), draft.debtAsset());
        if (refused != null) {
            return refused;
        }
        if (draft.loan().status() != LoanStatus.ACTIVE) {
            return refused(Refusal.WRONG_STATUS, draft.loan().status().name());
        }
        Money returned = new Money(fact.amount().amount(), draft.debtAsset());
        if (returned.compareTo(disbursement.amount()) > 0) {
            return refused(Refusal.AMOUNT_DIFFERS, returned + " of " + disbursement.amount());
        }
        LocalDate valueDate = draft.valueDate(fact.head());
        PaymentRules.postInterest(draft, valueDate);
        Money principal = returned.min(draft.loan().debt().principal());
        Money zero = Money.zero(draft.debtAsset());
        Allocation allocation = new Allocation(zero, zero, principal, returned.minus(principal));
        draft.emit(new LoanEvent.DisbursementReturned(fact.instructionId(), allocation, valueDate, fact.reason()));
        PaymentRules.correctInterest(draft);
        return null;
    }

    static Decision.@Nullable Refused complianceChanged(Draft draft, LoanInput.ComplianceStatusChanged fact) {
        if (draft.loan().status() == LoanStatus.CLOSED) {
            return refused(Refusal.LOAN_CLOSED, draft.loan().loanId());
        }
        if (draft.loan().frozen() != fact.frozen()) {
            draft.emit(new LoanEvent.ComplianceChanged(fact.frozen(), fact.reason()));
        }
        return null;
    }

    static Decision.@Nullable Refused releaseRequested(Draft draft, LoanInput.CollateralReleaseRequested fact) {
        Loan loan = draft.loan();
        if (loan.status() == LoanStatus.UNKNOWN) {
            return refused(Refusal.UNKNOWN_LOAN, loan.loanId());
        }
        Decision.Refused refused = LoanDecider.check(
                fact.quantity(), loan.agreement() == null ? null : loan.terms().collateralAsset());
        if (refused != null) {
            return refused;
        }
        if (loan.status() == LoanStatus.CLOSED) {
            return refused(Refusal.LOAN_CLOSED, loan.loanId());
        }
        if (loan.status() != LoanStatus.ACTIVE) {
            return refused(Refusal.WRONG_STATUS, loan.status().name());
        }
        if (loan.frozen()) {
            return refused(Refusal.FROZEN, loan.loanId());
        }
        if (loan.openCase() != null) {
            return refused(Refusal.RELEASE_WHILE_LIQUIDATING, loan.openCase().caseId());
        }
        if (loan.marginCall() != null) {
            return refused(Refusal.RELEASE_WHILE_CALLED, loan.marginCall().callId());
        }
        return release(
                draft, new Quantity(fact.quantity().amount(), loan.terms().collateralAsset()));
    }

    private static Decision.@Nullable Refused release(Draft draft, Quantity quantity) {
        Loan loan = draft.loan();
        if (quantity.compareTo(loan.collateral().free()) > 0) {
            return refused(
                    Refusal.EXCEEDS_COLLATERAL,
                    quantity + " of " + loan.collateral().free());
        }
        IndexPrice index = draft.freshPrice();
        if (index == null) {
            return refused(Refusal.NO_FRESH_PRICE, loan.terms().market());
        }
        LoanToValue after = LoanToValue.of(
                loan,
                loan.debt(),
                loan.collateral().pledged().minus(quantity),
                LoanToValue.priceOf(index),
                draft.today());
        if (!after.isAtOrUnder(loan.terms().terms().openLtv())) {
            return refused(Refusal.LTV_TOO_HIGH, "after releasing " + quantity + " at " + LoanToValue.priceOf(index));
        }
        Consequences.instructRelease(draft, quantity, "requested by the borrower");
        return null;
    }
}
