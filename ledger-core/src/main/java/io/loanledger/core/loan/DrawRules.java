package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanDecider.refused;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.LineTerms;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A line: what is drawn of it after the first payout, and its end. A draw is nobody's debt until the bank has paid it: it counts where more
 * would be lent or coin would go, and it is stopped by a limit; no call and no sale knows of it.
 */
final class DrawRules {
    private DrawRules() {}

    static Decision.@Nullable Refused requested(Draft draft, LoanInput.DrawdownRequested fact) {
        Loan loan = draft.loan();
        Decision.Refused refused = LoanDecider.check(draft, fact.amount(), draft.moneyFor(fact.amount()));
        if (refused != null) {
            return refused;
        }
        if (loan.status() == LoanStatus.UNKNOWN) {
            return refused(Refusal.UNKNOWN_LOAN, loan.loanId());
        }
        if (loan.status() == LoanStatus.CLOSED) {
            return refused(Refusal.LOAN_CLOSED, loan.loanId());
        }
        if (loan.status() != LoanStatus.ACTIVE) {
            return refused(Refusal.WRONG_STATUS, loan.status().name());
        }
        LineTerms line = loan.terms().terms().agreed().line();
        if (line == null || loan.draws().ended()) {
            return refused(Refusal.WRONG_STATUS, "nothing can be drawn of " + loan.loanId());
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
        if (loan.reconciliation().custodianIsShort()) {
            return refused(Refusal.CUSTODIAN_SHORT, loan.loanId());
        }
        return draw(draft, line, new Money(fact.amount().amount(), draft.debtAsset()));
    }

    private static Decision.@Nullable Refused draw(Draft draft, LineTerms line, Money amount) {
        Loan loan = draft.loan();
        Money fee = line.feeOf(amount);
        if (amount.compareTo(line.minimumDraw()) < 0 || fee.compareTo(amount) >= 0) {
            return refused(Refusal.DRAW_TOO_SMALL, amount + ", at least " + line.minimumDraw() + " and over " + fee);
        }
        Money available = undrawn(loan, line).minus(loan.draws().pending(amount.currency()));
        if (amount.compareTo(available) > 0) {
            return refused(Refusal.ABOVE_COMMITMENT, amount + " of " + available);
        }
        IndexPrice index = draft.freshPrice();
        if (index == null) {
            return refused(Refusal.NO_FRESH_PRICE, loan.terms().market());
        }
        LoanToValue ltv = ratioWithPending(draft, index, amount);
        Fraction openLtv = loan.terms().openLtv();
        if (!ltv.isAtOrUnder(openLtv)) {
            return refused(Refusal.LTV_TOO_HIGH, "with a draw of " + amount + " at " + LoanToValue.priceOf(index));
        }
        draft.emit(new LoanEvent.DrawdownInstructed(
                loan.loanId() + "/disbursement/" + (loan.draws().draws().size() + 2),
                amount,
                fee,
                ltv.evidence(loan, index, new Threshold(openLtv, Threshold.Comparator.EXCEEDS))));
        return null;
    }

    /** The commitment less what is used of it: what is owed of principal when it revolves, else what was ever paid out. */
    private static Money undrawn(Loan loan, LineTerms line) {
        Money principal = loan.debt().principal();
        Money used = line.revolving()
                ? principal.max(Money.zero(principal.currency()))
                : loan.firstPayout().plus(loan.draws().confirmed(principal.currency()));
        return loan.terms().principal().minus(used);
    }

    /** The debt with what is on its way to the borrower, as principal of a day. */
    static Debt debtWithPending(Loan loan, RateClock clock, LocalDate day) {
        Money pending = loan.draws().pending(loan.debt().principal().currency());
        return pending.isZero() ? loan.debt() : loan.debt().withPrincipalChanged(pending, clock, day);
    }

    private static LoanToValue ratioWithPending(Draft draft, IndexPrice index, Money more) {
        Loan loan = draft.loan();
        Debt debt = debtWithPending(loan, draft.clock(), draft.today())
                .withPrincipalChanged(more, draft.clock(), draft.today());
        return LoanToValue.of(loan, debt, loan.collateral().pledged(), draft.quote(index), draft.today());
    }

    // --- stopping what is on its way ---------------------------------------------------------------------------------

    /** At an open price: the first limit is met by what is owed and what is on its way together. */
    static void stopIfMet(Draft draft, IndexPrice index) {
        if (!draft.loan().draws().instructed().isEmpty()
                && ratioWithPending(draft, index, Money.zero(draft.debtAsset()))
                        .meets(draft.loan().terms().terms().firstLimit())) {
            stop(draft, "loan-to-value before disbursement");
        }
    }

    /** Asks the bank to stop every draw that it was not asked to stop. */
    static void stop(Draft draft, String reason) {
        for (Disbursement draw : draft.loan().draws().instructed()) {
            LendingRules.cancelDisbursement(draft, draw, reason);
        }
    }

    // --- the bank's word ---------------------------------------------------------------------------------------------

    static boolean isDraw(Draft draft, String disbursementId) {
        return draft.loan().draws().draw(disbursementId).isPresent();
    }

    static Decision.@Nullable Refused confirmed(Draft draft, LoanInput.DisbursementConfirmed fact) {
        Decision.Refused refused = notPending(draft, fact.instructionId());
        if (refused != null) {
            return refused;
        }
        Money draw =
                draft.loan().draws().draw(fact.instructionId()).orElseThrow().amount();
        Money fee = feeOf(draft, draw);
        if (fact.amount().amount().compareTo(draw.minus(fee).amount()) != 0) {
            return refused(Refusal.AMOUNT_DIFFERS, fact.amount().amount().toPlainString() + " of " + draw.minus(fee));
        }
        LocalDate valueDate = draft.valueDate(fact.head());
        PaymentRules.postInterest(draft, valueDate);
        draft.emit(new LoanEvent.DisbursementConfirmed(
                fact.instructionId(), draw, valueDate, fee, draft.accrualTo(valueDate)));
        PaymentRules.correctInterest(draft, valueDate);
        return null;
    }

    static Decision.@Nullable Refused failed(Draft draft, LoanInput.DisbursementFailed fact) {
        Decision.Refused refused = notPending(draft, fact.instructionId());
        if (refused == null) {
            draft.emit(new LoanEvent.DisbursementFailed(fact.instructionId(), fact.reason()));
        }
        return refused;
    }

    private static Decision.@Nullable Refused notPending(Draft draft, String disbursementId) {
        Loan loan = draft.loan();
        Decision.Refused refused = switch (loan.status()) {
            case ACTIVE, SHORTFALL -> null;
            case CLOSED -> refused(Refusal.LOAN_CLOSED, loan.loanId());
            case UNKNOWN, REQUESTED, ISSUED, REPAID, CANCELLED ->
                refused(Refusal.WRONG_STATUS, loan.status().name());
        };
        if (refused != null) {
            return refused;
        }
        return loan.draws().draw(disbursementId).orElseThrow().isPending()
                ? null
                : refused(Refusal.INSTRUCTION_UNKNOWN, disbursementId);
    }

    /** The fee kept from a draw of this loan. */
    static Money feeOf(Draft draft, Money draw) {
        LineTerms line = draft.loan().terms().terms().agreed().line();
        return line == null ? Money.zero(draw.currency()) : line.feeOf(draw);
    }

    // --- the end of the commitment -----------------------------------------------------------------------------------

    /** Whether the loan goes on without a debt. */
    static boolean isOpen(Loan loan) {
        LineTerms line = loan.terms().terms().agreed().line();
        return line != null
                && loan.status() == LoanStatus.ACTIVE
                && !loan.draws().ended()
                && (line.revolving() || undrawn(loan, line).isPositive());
    }

    static Decision.@Nullable Refused cancelled(Draft draft, String reason) {
        Loan loan = draft.loan();
        if (loan.terms().terms().agreed().line() == null || loan.draws().ended()) {
            return refused(Refusal.WRONG_STATUS, loan.status().name());
        }
        end(draft, reason);
        return null;
    }

    private static void end(Draft draft, String reason) {
        draft.emit(new LoanEvent.CommitmentEnded(reason));
        stop(draft, reason);
    }

    /** At the maturity, like any deadline strictly after its first instant. */
    static void passMaturity(Draft draft, Instant taskTime) {
        Instant endsAt = endsAt(draft.loan());
        if (endsAt != null && endsAt.isBefore(taskTime)) {
            end(draft, "MATURITY");
            Consequences.conclude(draft);
        }
    }

    /** When the commitment ends by itself; null where it does not. */
    static @Nullable Instant endsAt(Loan loan) {
        if (loan.status() != LoanStatus.ACTIVE
                || loan.terms().terms().agreed().line() == null
                || loan.draws().ended()) {
            return null;
        }
        LocalDate maturity = loan.maturity();
        return maturity == null ? null : maturity.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
