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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Money comes and goes: payout, interest, repayment, surplus, the end. */
final class NaiveMoney {
    private final NaiveLoan loan;
    private final NaiveMargin margin;
    private final List<String> lines;

    NaiveMoney(NaiveLoan loan, NaiveMargin margin, List<String> lines) {
        this.loan = loan;
        this.margin = margin;
        this.lines = lines;
    }

    boolean takesMoney() {
        return loan.status == LoanStatus.ACTIVE
                || loan.status == LoanStatus.SHORTFALL
                || loan.status == LoanStatus.REPAID;
    }

    void suspend(Stated stated, String reference) {
        suspend(stated.amount(), stated.asset());
        lines.add(Tongue.line("MoneySuspended", stated.amount(), stated.asset(), reference));
    }

    void suspend(BigDecimal amount, String asset) {
        loan.suspense.merge(asset, amount, BigDecimal::add);
    }

    private LocalDate valueDate(Instant occurredAt) {
        LocalDate day = occurredAt.atZone(ZoneOffset.UTC).toLocalDate();
        LocalDate latest = margin.today();
        if (loan.debt.accruedTo != null && loan.debt.accruedTo.isAfter(latest)) {
            latest = loan.debt.accruedTo;
        }
        day = day.isAfter(latest) ? latest : day;
        return loan.debt.startedOn != null && day.isBefore(loan.debt.startedOn) ? loan.debt.startedOn : day;
    }

    /** Brings interest to the books through a day after the last one. */
    void postThrough(LocalDate day) {
        if (loan.debt.accruedTo != null && day.isAfter(loan.debt.accruedTo)) {
            post(day);
        }
    }

    /** The periodic posting says so even when it posts nothing. */
    void postPeriodically(LocalDate day) {
        BigDecimal amount = loan.debt.interestToPost(day);
        loan.debt.post(amount, day);
        lines.add(Tongue.line("InterestPosted", amount, day));
    }

    private void post(LocalDate day) {
        BigDecimal amount = loan.debt.interestToPost(day);
        if (amount.signum() != 0) {
            loan.debt.post(amount, day);
            lines.add(Tongue.line("InterestPosted", amount, day));
        }
    }

    /** After money with an earlier value date: the difference, and what is too much when nothing else is owed. */
    private void correct(LocalDate valueDate) {
        if (valueDate.isBefore(loan.debt.accruedTo)) {
            post(loan.debt.accruedTo);
        }
        refundInterest();
    }

    void refundInterest() {
        if (loan.debt.interest.signum() < 0 && loan.debt.isInterestAlone()) {
            BigDecimal refund = loan.debt.interest.negate();
            loan.debt.interest = ZERO;
            loan.surplusOwed = loan.surplusOwed.add(refund);
            lines.add(Tongue.line("InterestRefunded", refund));
        }
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
        checkPayout(fact.instructionId());
        refuseIf(fact.amount().amount().compareTo(loan.asked) != 0, Refusal.AMOUNT_DIFFERS);
        LocalDate day = valueDate(fact.head().occurredAt());
        loan.status = LoanStatus.ACTIVE;
        loan.payout = "CONFIRMED";
        loan.debt.startedOn = day;
        loan.debt.changePrincipal(loan.asked, day);
        lines.add(Tongue.line("DisbursementConfirmed", fact.instructionId(), loan.asked, day));
        return After.OTHER;
    }

    After failed(LoanInput.DisbursementFailed fact) {
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
        refuseIf(!fact.instructionId().equals(loan.id + "/disbursement"), Refusal.INSTRUCTION_UNKNOWN);
        refuseIf(fact.amount().amount().compareTo(loan.asked) > 0, Refusal.AMOUNT_DIFFERS);
        LocalDate day = valueDate(fact.head().occurredAt());
        postThrough(day);
        BigDecimal toPrincipal = fact.amount().amount().min(loan.debt.principal);
        NaiveSpread spread = NaiveSpread.of(
                List.of(new NaiveSpread.Slot("PRINCIPAL", 0, toPrincipal)),
                fact.amount().amount().subtract(toPrincipal));
        loan.debt.apply(spread, day);
        lines.add(Tongue.line("DisbursementReturned", fact.instructionId(), spread, day));
        correct(day);
        return After.moved(CureKind.REPAYMENT, fact.head().occurredAt());
    }

    // --- payments
    // -------------------------------------------------------------------------------------------------------

    After repaid(LoanInput.RepaymentReceived fact) {
        if (!takesMoney()) {
            suspend(fact.amount(), fact.paymentReference());
            return After.NOTHING;
        }
        refuseIf(loan.payments.containsKey(fact.paymentReference()), Refusal.PAYMENT_KNOWN);
        LocalDate day = valueDate(fact.head().occurredAt());
        postThrough(day);
        NaiveSpread spread = loan.debt.waterfall(fact.amount().amount());
        loan.debt.apply(spread, day);
        loan.payments.put(fact.paymentReference(), new NaiveLoan.Paid(spread, day));
        lines.add(Tongue.line("RepaymentApplied", fact.paymentReference(), spread, day));
        correct(day);
        return After.moved(CureKind.REPAYMENT, fact.head().occurredAt());
    }

    After reversed(LoanInput.RepaymentReversed fact) {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        NaiveLoan.Paid paid = loan.payments.get(fact.paymentReference());
        refuseIf(paid == null || paid.reversed, Refusal.PAYMENT_UNKNOWN);
        refuseIf(fact.amount().amount().compareTo(paid.spread.total()) != 0, Refusal.AMOUNT_DIFFERS);
        paid.reversed = true;
        boolean owes = loan.status == LoanStatus.ACTIVE || loan.status == LoanStatus.SHORTFALL;
        BigDecimal surplus = paid.spread.surplus().min(loan.surplusOwed);
        NaiveSpread back = (owes ? paid.spread.withSurplus(surplus) : NaiveSpread.ofSurplus(surplus)).negated();
        loan.debt.apply(back, paid.valueDate);
        lines.add(Tongue.line("RepaymentReversed", fact.paymentReference(), back, paid.valueDate));
        BigDecimal gone = paid.spread.total().add(back.total());
        if (gone.signum() != 0) {
            suspend(new Stated(gone.negate(), loan.bound().debtAsset().code()), fact.paymentReference());
        }
        if (owes) {
            correct(paid.valueDate);
        }
        return new After(CureKind.PRICE, null, true, true);
    }

    // --- surplus
    // --------------------------------------------------------------------------------------------------------

    After surplusPaid(LoanInput.SurplusPaid fact) {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        BigDecimal amount = loan.payouts.get(fact.instructionId());
        refuseIf(amount == null, Refusal.INSTRUCTION_UNKNOWN);
        refuseIf(amount.compareTo(fact.amount().amount()) != 0, Refusal.AMOUNT_DIFFERS);
        paid(fact.instructionId(), amount);
        return After.OTHER;
    }

    private void paid(String instructionId, BigDecimal amount) {
        loan.payouts.remove(instructionId);
        loan.surplusPaying = loan.surplusPaying.subtract(amount);
        lines.add(Tongue.line("SurplusPaid", instructionId, amount));
    }

    After surplusReturned(LoanInput.SurplusReturned fact) {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        refuseIf(!isPayoutOfThisLoan(fact.instructionId()), Refusal.INSTRUCTION_UNKNOWN);
        BigDecimal open = loan.payouts.get(fact.instructionId());
        if (open != null) {
            refuseIf(open.compareTo(fact.amount().amount()) != 0, Refusal.AMOUNT_DIFFERS);
            paid(fact.instructionId(), open);
        }
        suspend(fact.amount().amount(), loan.bound().debtAsset().code());
        lines.add(Tongue.line(
                "SurplusReturned", fact.instructionId(), fact.amount().amount()));
        return After.OTHER;
    }

    private boolean isPayoutOfThisLoan(String instructionId) {
        for (int n = 1; n <= loan.payoutCount; n++) {
            if (instructionId.equals(loan.id + "/surplus/" + n)) {
                return true;
            }
        }
        return false;
    }

    // --- the end
    // --------------------------------------------------------------------------------------------------------

    void endIfClear() {
        if ((loan.status == LoanStatus.ACTIVE || loan.status == LoanStatus.SHORTFALL)
                && loan.sale == null
                && loan.debt.isClear()) {
            if (loan.call != null) {
                margin.cancelCall("REPAID");
            }
            loan.status = LoanStatus.REPAID;
            lines.add("LoanRepaid");
        }
    }

    void end(NaiveSales sales) {
        endIfClear();
        sales.shortfallIfSoldOut();
        boolean ending = loan.status == LoanStatus.REPAID || loan.status == LoanStatus.CANCELLED;
        if (ending && !loan.frozen) {
            sales.custody().sendBackWhatIsFree();
        }
        payOut();
        if (ending) {
            if (loan.held.signum() == 0
                    && loan.returns.isEmpty()
                    && !sales.custody().awaitsCoin()
                    && loan.delivered.compareTo(loan.sold) == 0
                    && loan.clearing.signum() <= 0
                    && loan.surplusOwed.signum() == 0
                    && loan.surplusPaying.signum() == 0) {
                loan.status = LoanStatus.CLOSED;
                lines.add("LoanClosed");
            }
        }
    }

    private void payOut() {
        if (loan.surplusOwed.signum() > 0 && loan.clearing.signum() <= 0 && loan.sale == null && !loan.frozen) {
            BigDecimal amount = loan.surplusOwed;
            loan.payoutCount++;
            String id = loan.id + "/surplus/" + loan.payoutCount;
            loan.payouts.put(id, amount);
            loan.surplusOwed = ZERO;
            loan.surplusPaying = loan.surplusPaying.add(amount);
            lines.add(Tongue.line("SurplusPayoutInstructed", id, amount));
        }
    }
}
