package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;
import static io.loanledger.core.model.NaiveModel.refuseIf;

import io.loanledger.core.loan.CureKind;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.Refusal;
import io.loanledger.core.model.NaiveModel.After;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The payout and its fee, payments and what takes them back, charges. */
final class NaivePayments {
    private final NaiveLoan loan;
    private final NaiveMoney money;
    private final NaivePrepayment prepayment;
    private final List<String> lines;

    NaivePayments(NaiveLoan loan, NaiveMoney money, List<String> lines) {
        this.loan = loan;
        this.money = money;
        this.prepayment = new NaivePrepayment(loan);
        this.lines = lines;
    }

    // --- payout
    // ---------------------------------------------------------------------------------------------------------

    private void checkPayout(String instructionId) {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        refuseIf(loan.status == LoanStatus.CLOSED, Refusal.LOAN_CLOSED);
        refuseIf(loan.status != LoanStatus.ISSUED, Refusal.WRONG_STATUS);
        refuseIf(!instructionId.equals(loan.id + "/disbursement"), Refusal.INSTRUCTION_UNKNOWN);
    }

    After disbursed(LoanInput.DisbursementConfirmed fact) {
        NaiveLine.Draw draw = loan.line.draw(fact.instructionId());
        if (draw != null) {
            return loan.line.confirmed(draw, fact);
        }
        checkPayout(fact.instructionId());
        refuseIf(fact.amount().amount().compareTo(loan.paidOut()) != 0, Refusal.AMOUNT_DIFFERS);
        LocalDate day = money.valueDate(fact.head().occurredAt());
        loan.status = LoanStatus.ACTIVE;
        loan.payout = "CONFIRMED";
        loan.debt.startedOn = day;
        loan.debt.changePrincipal(loan.lent, day);
        loan.debt.flow(loan.lent, day);
        BigDecimal fee = loan.lent.subtract(loan.paidOut());
        lines.add(Tongue.line("DisbursementConfirmed", fact.instructionId(), loan.lent, day, fee, Tongue.NONE));
        return After.OTHER;
    }

    After failed(LoanInput.DisbursementFailed fact) {
        NaiveLine.Draw draw = loan.line.draw(fact.instructionId());
        if (draw != null) {
            return loan.line.failed(draw);
        }
        checkPayout(fact.instructionId());
        loan.payout = "FAILED";
        loan.status = LoanStatus.CANCELLED;
        lines.add(Tongue.line("DisbursementFailed", fact.instructionId()));
        lines.add("LoanCancelled");
        return After.OTHER;
    }

    After returned(LoanInput.DisbursementReturned fact) {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        refuseIf(loan.status == LoanStatus.CLOSED, Refusal.LOAN_CLOSED);
        refuseIf(loan.status != LoanStatus.ACTIVE, Refusal.WRONG_STATUS);
        NaiveLine.Draw draw = loan.line.draw(fact.instructionId());
        boolean isFirst = fact.instructionId().equals(loan.id + "/disbursement");
        boolean isPaid = draw == null ? isFirst : draw.stage.equals("CONFIRMED");
        refuseIf(!isPaid, Refusal.INSTRUCTION_UNKNOWN);
        BigDecimal lent = draw == null ? loan.lent : draw.amount;
        BigDecimal paidOut = draw == null ? loan.paidOut() : draw.paidOut();
        refuseIf(fact.amount().amount().compareTo(paidOut) > 0, Refusal.AMOUNT_DIFFERS);
        LocalDate day = money.valueDate(fact.head().occurredAt());
        money.postThrough(day);
        BigDecimal returned = fact.amount().amount();
        boolean isLine = loan.bound().agreed().line() != null;
        int owed = loan.debt.principal.compareTo(lent);
        boolean whole = returned.compareTo(paidOut) == 0 && (isLine ? owed >= 0 : owed == 0);
        BigDecimal fee = whole ? lent.subtract(returned) : ZERO;
        BigDecimal toPrincipal = returned.add(fee).min(loan.debt.principal);
        NaiveSpread spread = NaiveSpread.of(
                List.of(new NaiveSpread.Slot("PRINCIPAL", 0, toPrincipal)),
                returned.add(fee).subtract(toPrincipal));
        Object accrual = loan.debt.accrual(day);
        loan.debt.apply(spread, day);
        lines.add(Tongue.line("DisbursementReturned", fact.instructionId(), spread, day, fee, accrual));
        money.correct(day);
        return After.moved(CureKind.REPAYMENT, fact.head().occurredAt());
    }

    // --- payments
    // -------------------------------------------------------------------------------------------------------

    After repaid(LoanInput.RepaymentReceived fact) {
        if (!money.takesMoney()) {
            money.suspend(fact.amount(), fact.paymentReference());
            return After.OTHER;
        }
        refuseIf(loan.payments.containsKey(fact.paymentReference()), Refusal.PAYMENT_KNOWN);
        LocalDate day = money.valueDate(fact.head().occurredAt());
        money.postThrough(day);
        apply(fact.paymentReference(), fact.amount().amount(), day);
        return After.moved(CureKind.REPAYMENT, fact.head().occurredAt());
    }

    After reversed(LoanInput.RepaymentReversed fact) {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        NaiveLoan.Paid paid = loan.payments.get(fact.paymentReference());
        refuseIf(paid == null || paid.reversed, Refusal.PAYMENT_UNKNOWN);
        refuseIf(fact.amount().amount().compareTo(paid.total()) != 0, Refusal.AMOUNT_DIFFERS);
        boolean owes = loan.status == LoanStatus.ACTIVE || loan.status == LoanStatus.SHORTFALL;
        List<String> behind = new ArrayList<>(loan.payments.keySet());
        behind.subList(0, behind.indexOf(fact.paymentReference()) + 1).clear();
        behind.removeIf(reference -> !owes || !loan.reapplies() || loan.payments.get(reference).reversed);
        Map<String, BigDecimal> again = new LinkedHashMap<>();
        for (String reference : behind.reversed()) {
            BigDecimal back = takeBack(reference, fact.paymentReference(), true);
            if (back != null) {
                again.put(reference, back);
            }
        }
        paid.reversed = true;
        BigDecimal former = paid.total();
        BigDecimal gone = former.subtract(takeBack(fact.paymentReference(), null, owes));
        if (gone.signum() != 0) {
            money.suspend(new Stated(gone.negate(), loan.bound().debtAsset().code()), fact.paymentReference());
        }
        if (owes) {
            money.correct(valued(paid));
        }
        for (String reference : behind) {
            if (again.containsKey(reference)) {
                apply(reference, again.get(reference), valued(loan.payments.get(reference)));
            }
        }
        return new After(CureKind.PRICE, null, true, true);
    }

    /** A payment of before a rollover counts from its day. */
    private LocalDate valued(NaiveLoan.Paid paid) {
        LocalDate start = loan.debt.startedOn;
        return start != null && paid.valueDate.isBefore(start) ? start : paid.valueDate;
    }

    /**
     * Takes back what of a payment is still there, and says how much that is: null for nothing of one that stands. One that stands keeps
     * what is left of it, and is the last that was spoken of.
     */
    private @Nullable BigDecimal takeBack(String reference, @Nullable String reappliedFor, boolean owes) {
        NaiveLoan.Paid paid = loan.payments.get(reference);
        BigDecimal fee = owes ? paid.fee.negate() : ZERO;
        BigDecimal surplus = paid.spread.surplus().min(loan.surplusOwed);
        NaiveSpread back = (owes ? paid.spread.withSurplus(surplus) : NaiveSpread.ofSurplus(surplus)).negated();
        if (reappliedFor != null && back.isNothing() && fee.signum() == 0) {
            return null;
        }
        LocalDate day = valued(paid);
        Object accrual = loan.debt.accrual(day);
        loan.debt.apply(back, day);
        loan.payments.remove(reference);
        loan.payments.put(reference, paid);
        lines.add(Tongue.line("RepaymentReversed", reference, back, day, String.valueOf(reappliedFor), accrual, fee));
        if (reappliedFor != null) {
            paid.spread = paid.spread.plus(back);
            paid.fee = paid.fee.add(fee);
        }
        return back.total().add(fee).negate();
    }

    /** Money through the waterfall, for a payment that is new or was taken back to be applied again. */
    private void apply(String reference, BigDecimal amount, LocalDate day) {
        BigDecimal fee = prepayment.feeOf(amount, day);
        NaiveSpread spread = loan.debt.waterfall(amount.subtract(fee));
        Object accrual = loan.debt.accrual(day);
        loan.debt.apply(spread, day);
        NaiveLoan.Paid former = loan.payments.remove(reference);
        loan.payments.put(
                reference,
                former == null
                        ? new NaiveLoan.Paid(spread, fee, day)
                        : new NaiveLoan.Paid(former.spread.plus(spread), former.fee.add(fee), day));
        lines.add(Tongue.line("RepaymentApplied", reference, spread, day, accrual, fee));
        money.correct(day);
    }

    /** A charge, or a waiver when it is negative. */
    After charged(LoanInput.ChargeRaised fact) {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        refuseIf(loan.status == LoanStatus.CLOSED, Refusal.LOAN_CLOSED);
        refuseIf(loan.status != LoanStatus.ACTIVE && loan.status != LoanStatus.SHORTFALL, Refusal.WRONG_STATUS);
        BigDecimal amount = fact.amount().amount();
        BigDecimal unpaid = switch (fact.kind()) {
            case COSTS -> loan.debt.costs;
            case PENALTY -> loan.debt.penalties;
            case FEE, LATE -> loan.debt.fees;
        };
        refuseIf(unpaid.add(amount).signum() < 0, Refusal.EXCEEDS_DEBT);
        switch (fact.kind()) {
            case COSTS -> loan.debt.costs = unpaid.add(amount);
            case PENALTY -> loan.debt.penalties = unpaid.add(amount);
            case FEE, LATE -> loan.debt.fees = unpaid.add(amount);
        }
        loan.debt.cutBuckets();
        lines.add(Tongue.line("ChargePosted", fact.kind(), amount, 0));
        money.refundInterest();
        return new After(CureKind.PRICE, null, true, true);
    }
}
