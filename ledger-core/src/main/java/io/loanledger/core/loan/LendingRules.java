package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanDecider.refused;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.ReleaseTerms;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Request, cancellation, disbursement, compliance, and coin that the borrower asks back while the loan runs. */
final class LendingRules {
    private LendingRules() {}

    static Decision.@Nullable Refused requested(Draft draft, LoanInput.LoanRequested fact) {
        Decision.Refused size = LoanDecider.checkSize(fact.principal());
        if (size == null && fact.firstDraw() != null) {
            size = LoanDecider.checkSize(
                    new LoanInput.Stated(fact.firstDraw(), fact.principal().asset()));
        }
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
                fact.head().occurredAt(),
                fact.firstDraw()));
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
            case ACTIVE -> DrawRules.cancelled(draft, fact.reason());
            case SHORTFALL, REPAID, CANCELLED ->
                refused(Refusal.WRONG_STATUS, draft.loan().status().name());
        };
    }

    static void cancelDisbursement(Draft draft, Disbursement disbursement, String reason) {
        draft.emit(new LoanEvent.DisbursementCancelInstructed(
                disbursement.disbursementId() + "/cancel", disbursement.disbursementId(), reason));
    }

    static Decision.@Nullable Refused disbursed(Draft draft, LoanInput.DisbursementConfirmed fact) {
        Decision.Refused refused = LoanDecider.check(draft, fact.amount(), draft.moneyFor(fact.amount()));
        if (refused == null && DrawRules.isDraw(draft, fact.instructionId())) {
            return DrawRules.confirmed(draft, fact);
        }
        if (refused == null) {
            refused = notOurs(draft, LoanStatus.ISSUED, fact.instructionId());
        }
        if (refused != null) {
            return refused;
        }
        Money paidOut = draft.loan().paidOut();
        if (fact.amount().amount().compareTo(paidOut.amount()) != 0) {
            return refused(Refusal.AMOUNT_DIFFERS, fact.amount().amount().toPlainString() + " of " + paidOut);
        }
        draft.emit(new LoanEvent.DisbursementConfirmed(
                fact.instructionId(),
                draft.loan().firstPayout(),
                draft.valueDate(fact.head()),
                draft.loan().originationFee()));
        return null;
    }

    static Decision.@Nullable Refused disbursementFailed(Draft draft, LoanInput.DisbursementFailed fact) {
        if (DrawRules.isDraw(draft, fact.instructionId())) {
            return DrawRules.failed(draft, fact);
        }
        Decision.Refused refused = notOurs(draft, LoanStatus.ISSUED, fact.instructionId());
        if (refused != null) {
            return refused;
        }
        draft.emit(new LoanEvent.DisbursementFailed(fact.instructionId(), fact.reason()));
        draft.emit(new LoanEvent.LoanCancelled("disbursement failed: " + fact.reason()));
        return null;
    }

    static Decision.@Nullable Refused disbursementReturned(Draft draft, LoanInput.DisbursementReturned fact) {
        Decision.Refused refused = LoanDecider.check(draft, fact.amount(), draft.moneyFor(fact.amount()));
        if (refused == null) {
            refused = notOurs(draft, LoanStatus.ACTIVE, fact.instructionId());
        }
        if (refused != null) {
            return refused;
        }
        Payout payout = payout(draft, fact.instructionId());
        Money returned = new Money(fact.amount().amount(), draft.debtAsset());
        if (returned.compareTo(payout.paidOut()) > 0) {
            return refused(Refusal.AMOUNT_DIFFERS, returned + " of " + payout.paidOut());
        }
        LocalDate valueDate = draft.valueDate(fact.head());
        PaymentRules.postInterest(draft, valueDate);
        Money zero = Money.zero(draft.debtAsset());
        Money owed = draft.loan().debt().principal();
        Money fee = returned.equals(payout.paidOut()) && payout.isAllOwed(draft.loan()) ? payout.fee() : zero;
        Money back = returned.plus(fee);
        Money principal = back.min(owed);
        Allocation allocation = new Allocation(zero, zero, principal, back.minus(principal));
        draft.emit(new LoanEvent.DisbursementReturned(
                fact.instructionId(), allocation, valueDate, fact.reason(), fee, draft.accrualTo(valueDate)));
        PaymentRules.correctInterest(draft, valueDate);
        return null;
    }

    /** A payout of a loan: what is owed of it, and what of that the lender kept. */
    private record Payout(Money amount, Money fee) {
        Money paidOut() {
            return amount.minus(fee);
        }

        /** Of a line other payouts may be owed as well. */
        boolean isAllOwed(Loan loan) {
            int more = loan.debt().principal().compareTo(amount);
            return more == 0 || (more > 0 && loan.terms().terms().agreed().line() != null);
        }
    }

    private static Payout payout(Draft draft, String disbursementId) {
        Loan loan = draft.loan();
        return loan.draws()
                .draw(disbursementId)
                .map(draw -> new Payout(draw.amount(), DrawRules.feeOf(draft, draw.amount())))
                .orElseGet(() -> new Payout(loan.firstPayout(), loan.originationFee()));
    }

    /** What the bank says of a payout must name this loan's payout, while the loan stands where that can be. */
    private static Decision.@Nullable Refused notOurs(Draft draft, LoanStatus expected, String instructionId) {
        Loan loan = draft.loan();
        if (loan.status() == LoanStatus.UNKNOWN) {
            return refused(Refusal.UNKNOWN_LOAN, loan.loanId());
        }
        if (loan.status() == LoanStatus.CLOSED) {
            return refused(Refusal.LOAN_CLOSED, loan.loanId());
        }
        if (loan.status() != expected) {
            return refused(Refusal.WRONG_STATUS, loan.status().name());
        }
        Disbursement disbursement = loan.disbursement();
        boolean paid = loan.draws()
                .draw(instructionId)
                .filter(draw -> draw.stage() == Disbursement.Stage.CONFIRMED)
                .isPresent();
        return !paid && (disbursement == null || !disbursement.disbursementId().equals(instructionId))
                ? refused(Refusal.INSTRUCTION_UNKNOWN, instructionId)
                : null;
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
        Asset coin = loan.agreement() == null ? null : draft.coinFor(fact.quantity());
        Decision.Refused refused = LoanDecider.check(draft, fact.quantity(), coin);
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
        if (loan.servicing().isInDefault()) {
            return refused(Refusal.IN_DEFAULT, loan.loanId());
        }
        if (loan.openCase() != null) {
            return refused(Refusal.RELEASE_WHILE_LIQUIDATING, loan.openCase().caseId());
        }
        if (loan.marginCall() != null && loan.marginCall().isOpen()) {
            return refused(Refusal.RELEASE_WHILE_CALLED, loan.marginCall().callId());
        }
        if (fact.substitutes() != null) {
            return Substitution.requested(
                    draft, new Quantity(fact.quantity().amount(), Objects.requireNonNull(coin)), fact.substitutes());
        }
        ReleaseTerms terms = loan.terms().terms().release();
        refused = terms == null ? null : outOfTime(draft, terms);
        if (refused != null) {
            return refused;
        }
        if (loan.reconciliation().custodianIsShort()) {
            return refused(Refusal.CUSTODIAN_SHORT, loan.loanId());
        }
        return release(draft, new Quantity(fact.quantity().amount(), Objects.requireNonNull(coin)));
    }

    private static Decision.@Nullable Refused release(Draft draft, Quantity quantity) {
        Loan loan = draft.loan();
        Collateral coin = loan.coin(quantity.asset());
        if (quantity.compareTo(coin.free()) > 0) {
            return refused(Refusal.EXCEEDS_COLLATERAL, quantity + " of " + coin.free());
        }
        IndexPrice fresh = draft.freshPrice();
        if (fresh == null) {
            return refused(Refusal.NO_FRESH_PRICE, loan.terms().market());
        }
        Debt owed = DrawRules.debtWithPending(loan, draft.clock(), draft.today());
        IndexPrice index = draft.recordOf(coin, fresh);
        ReleaseTerms terms = loan.terms().terms().release();
        if (terms != null) {
            Quote quote = draft.quote(index);
            BigDecimal worth = quote.price().multiply(quantity.amount()).multiply(quote.debtPlaces());
            BigDecimal unit = new BigDecimal(quote.debtUnits());
            if (worth.compareTo(terms.least().amount().multiply(unit)) < 0
                    || worth.compareTo(terms.most().amount().multiply(unit)) > 0) {
                return refused(
                        Refusal.RELEASE_OUT_OF_BOUNDS,
                        quantity + " at " + LoanToValue.priceOf(index) + ", " + terms.least() + " to " + terms.most());
            }
            LoanToValue before = LoanToValue.of(loan, owed, coin.pledged(), draft.quote(index), draft.today());
            if (terms.belowLtv().compareRatio(before.numerator(), before.denominator()) >= 0) {
                return refused(Refusal.LTV_TOO_HIGH, "before it, at " + LoanToValue.priceOf(index));
            }
        }
        LoanToValue after =
                LoanToValue.of(loan, owed, coin.pledged().minus(quantity), draft.quote(index), draft.today());
        if (!after.isAtOrUnder(terms == null ? loan.terms().openLtv() : terms.backToLtv())) {
            return refused(Refusal.LTV_TOO_HIGH, "after releasing " + quantity + " at " + LoanToValue.priceOf(index));
        }
        Consequences.instructRelease(
                draft, quantity, "requested by the borrower", terms == null ? null : draft.today());
        return null;
    }

    /** Days are counted from the disbursement's value date and from the day of the last release under these terms. */
    private static Decision.@Nullable Refused outOfTime(Draft draft, ReleaseTerms terms) {
        Loan loan = draft.loan();
        LocalDate startedOn = Objects.requireNonNull(loan.debt().startedOn());
        LocalDate maturity = loan.maturity();
        LocalDate last = loan.releasedOn();
        if (!draft.today().isAfter(startedOn.plusDays(terms.notBeforeDays()))) {
            return refused(Refusal.RELEASE_TOO_EARLY, terms.notBeforeDays() + " days from " + startedOn);
        }
        if (maturity != null && !draft.today().isBefore(maturity)) {
            return refused(Refusal.RELEASE_TOO_LATE, "due on " + maturity);
        }
        return last != null && draft.today().isBefore(last.plusDays(terms.intervalDays()))
                ? refused(Refusal.RELEASE_TOO_SOON, terms.intervalDays() + " days from " + last)
                : null;
    }
}
