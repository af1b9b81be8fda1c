package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanDecider.refused;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Proceeds that stay collateral. No price moves them: the loan is not called while it has them, they pay the debt when it has grown to what
 * they are worth, and they are made coin again on the borrower's request alone.
 */
final class StabilisedRules {
    private StabilisedRules() {}

    static boolean isStabilised(Loan loan) {
        return !loan.settlement().stabilised().isZero();
    }

    /** Whether custody was told to buy coin and has not said that it did. */
    static boolean isBuying(Loan loan) {
        return loan.instructions().stream().anyMatch(i -> i.kind() == Instruction.Kind.BUY_BACK);
    }

    /** At an open price, with no coin left to sell: the debt has come up to what secures it, or is to be cleared. */
    static void applyWhenReached(Draft draft, LoanToValue ltv) {
        Loan loan = draft.loan();
        boolean reached = Fraction.ONE.compareRatio(ltv.numerator(), ltv.denominator()) >= 0;
        if (isBuying(loan) || !(reached || DefaultRules.isToBeSold(loan))) {
            return;
        }
        PaymentRules.postInterest(draft, draft.today());
        Money all = draft.loan().settlement().stabilised();
        draft.emit(new LoanEvent.StabilisedApplied(
                draft.loan().spread(all), draft.bookDate(), draft.accrualTo(draft.bookDate())));
        PaymentRules.refundInterest(draft);
        Consequences.conclude(draft);
    }

    /** The debt is clear without them: they are the borrower's. */
    static void giveBack(Draft draft) {
        Money all = draft.loan().settlement().stabilised();
        if (all.isPositive()) {
            draft.emit(new LoanEvent.StabilisedApplied(
                    draft.loan().spread(all), draft.bookDate(), draft.accrualTo(draft.bookDate())));
        }
    }

    static Decision.@Nullable Refused requested(Draft draft) {
        Loan loan = draft.loan();
        if (loan.status() == LoanStatus.UNKNOWN) {
            return refused(Refusal.UNKNOWN_LOAN, loan.loanId());
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
        if (!isStabilised(loan)
                || isBuying(loan)
                || loan.settlement().clearing().isPositive()) {
            return refused(Refusal.NOT_STABILISED, loan.settlement().stabilised() + " of " + loan.loanId());
        }
        IndexPrice index = draft.freshPrice();
        if (index == null) {
            return refused(Refusal.NO_FRESH_PRICE, loan.terms().market());
        }
        Fraction limit =
                Objects.requireNonNull(loan.terms().terms().liquidation().reverseLtv());
        LoanToValue ltv = LoanToValue.of(loan, draft.quote(index), draft.today());
        if (!ltv.isAtOrUnder(limit)) {
            return refused(Refusal.LTV_TOO_HIGH, "over " + limit + " at " + LoanToValue.priceOf(index));
        }
        draft.emit(new LoanEvent.ReconversionInstructed(
                loan.loanId() + "/reconversion/" + (loan.version() + 1),
                loan.settlement().stabilised(),
                ltv.evidence(loan, index, new Threshold(limit, Threshold.Comparator.EXCEEDS))));
        return null;
    }

    static Decision.@Nullable Refused reconverted(Draft draft, LoanInput.CollateralReconverted fact) {
        Decision.Refused refused = LoanDecider.check(draft, fact.quantity(), draft.coinFor(fact.quantity()));
        if (refused == null) {
            refused = LoanDecider.check(draft, fact.spent(), draft.moneyFor(fact.spent()));
        }
        if (refused != null) {
            return refused;
        }
        Loan loan = draft.loan();
        if (loan.status() == LoanStatus.UNKNOWN) {
            return refused(Refusal.UNKNOWN_LOAN, loan.loanId());
        }
        Optional<Instruction> open =
                loan.instruction(fact.instructionId()).filter(i -> i.kind() == Instruction.Kind.BUY_BACK);
        if (open.isEmpty()) {
            return refused(Refusal.INSTRUCTION_UNKNOWN, fact.instructionId());
        }
        if (fact.spent().amount().compareTo(open.get().amount()) > 0) {
            return refused(
                    Refusal.AMOUNT_DIFFERS,
                    fact.spent().amount().toPlainString() + " of "
                            + open.get().amount().toPlainString());
        }
        draft.emit(new LoanEvent.CollateralReconverted(
                fact.instructionId(),
                new Quantity(fact.quantity().amount(), loan.terms().collateralAsset()),
                new Money(fact.spent().amount(), draft.debtAsset()),
                fact.head().occurredAt()));
        return null;
    }
}
