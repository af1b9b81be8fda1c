package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanDecider.refused;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.Component;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The borrower's money: repayments through the waterfall, their reversal, suspense, and surplus on its way back. */
final class PaymentRules {
    private PaymentRules() {}

    static Decision.@Nullable Refused repaid(Draft draft, LoanInput.RepaymentReceived fact) {
        return switch (draft.loan().status()) {
            case UNKNOWN, REQUESTED, ISSUED, CANCELLED, CLOSED ->
                suspend(
                        draft,
                        fact.amount(),
                        fact.paymentReference(),
                        "loan is " + draft.loan().status());
            case ACTIVE, SHORTFALL, REPAID -> apply(draft, fact);
        };
    }

    private static Decision.@Nullable Refused apply(Draft draft, LoanInput.RepaymentReceived fact) {
        Decision.Refused refused = LoanDecider.check(draft, fact.amount(), draft.debtAsset());
        if (refused != null) {
            return refused;
        }
        if (draft.loan().payment(fact.paymentReference()).isPresent()) {
            return refused(Refusal.PAYMENT_KNOWN, fact.paymentReference());
        }
        LocalDate valueDate = draft.valueDate(fact.head());
        postInterest(draft, valueDate);
        spread(draft, fact.paymentReference(), new Money(fact.amount().amount(), draft.debtAsset()), valueDate);
        return null;
    }

    private static void spread(Draft draft, String paymentReference, Money money, LocalDate valueDate) {
        Money fee = PrepaymentFee.of(draft.loan(), money, valueDate);
        draft.emit(new LoanEvent.RepaymentApplied(
                paymentReference, draft.loan().spread(money.minus(fee)), valueDate, draft.accrualTo(valueDate), fee));
        correctInterest(draft, valueDate);
    }

    static Decision.@Nullable Refused reversed(Draft draft, LoanInput.RepaymentReversed fact) {
        Loan loan = draft.loan();
        Decision.Refused refused = LoanDecider.check(draft, fact.amount(), draft.moneyFor(fact.amount()));
        if (refused != null) {
            return refused;
        }
        if (loan.status() == LoanStatus.UNKNOWN) {
            return refused(Refusal.UNKNOWN_LOAN, loan.loanId());
        }
        Optional<Payment> payment = loan.payment(fact.paymentReference()).filter(p -> !p.reversed());
        if (payment.isEmpty()) {
            return refused(Refusal.PAYMENT_UNKNOWN, fact.paymentReference());
        }
        Allocation allocation = payment.get().allocation();
        Money total = payment.get().total();
        if (total.amount().compareTo(fact.amount().amount()) != 0) {
            return refused(Refusal.AMOUNT_DIFFERS, "the payment was " + total);
        }
        // The money never came: the reversal is valued like the payment, so that interest runs as if it had not been
        // paid.
        LocalDate valueDate = valueDate(loan, payment.get());
        boolean owes = loan.status() == LoanStatus.ACTIVE || loan.status() == LoanStatus.SHORTFALL;
        if (owes) {
            postInterest(draft, valueDate);
        }
        List<TakenBack> later =
                owes && loan.waterfall().reapplies() ? takeBackAfter(draft, payment.get(), fact.reason()) : List.of();
        Allocation back = allocation.stillThere(owes, draft.loan().settlement().surplusOwed());
        Money fee = owes ? payment.get().fee() : Money.zero(total.currency());
        draft.emit(new LoanEvent.RepaymentReversed(
                fact.paymentReference(),
                back.negated(),
                valueDate,
                fact.reason(),
                null,
                draft.accrualTo(valueDate),
                fee.negated()));
        Money gone = total.minus(back.total()).minus(fee);
        if (!gone.isZero()) {
            // It left the bank all the same: suspense is short of it until people have collected it.
            String reason = "reversed when the loan was " + loan.status();
            draft.emit(new LoanEvent.MoneySuspended(gone.negated(), fact.paymentReference(), reason));
        }
        if (owes) {
            correctInterest(draft, valueDate);
        }
        for (TakenBack again : later.reversed()) {
            spread(draft, again.payment().paymentReference(), again.money(), valueDate(loan, again.payment()));
        }
        return null;
    }

    /** A payment counts from its own day, but not from before a rollover. */
    private static LocalDate valueDate(Loan loan, Payment payment) {
        LocalDate startedOn = loan.debt().startedOn();
        return startedOn != null && payment.valueDate().isBefore(startedOn) ? startedOn : payment.valueDate();
    }

    /** A payment behind the one that is reversed, and the money of it to be applied again. */
    private record TakenBack(Payment payment, Money money) {}

    /** Takes back what came after a payment, newest first: what it paid depends on what had been paid before. */
    private static List<TakenBack> takeBackAfter(Draft draft, Payment reversed, String reason) {
        List<Payment> payments = draft.loan().payments();
        List<TakenBack> taken = new ArrayList<>();
        for (Payment later : payments.subList(payments.indexOf(reversed) + 1, payments.size())
                .reversed()) {
            Allocation back = later.allocation()
                    .stillThere(true, draft.loan().settlement().surplusOwed());
            if (!later.reversed() && !back.total().isZero()) {
                LocalDate valueDate = valueDate(draft.loan(), later);
                draft.emit(new LoanEvent.RepaymentReversed(
                        later.paymentReference(),
                        back.negated(),
                        valueDate,
                        reason,
                        reversed.paymentReference(),
                        draft.accrualTo(valueDate),
                        later.fee().negated()));
                taken.add(new TakenBack(later, back.total().plus(later.fee())));
            }
        }
        return taken;
    }

    /** A charge from outside, or its waiver: of no instalment. */
    static Decision.@Nullable Refused charged(Draft draft, LoanInput.ChargeRaised fact) {
        LoanInput.Stated size =
                new LoanInput.Stated(fact.amount().amount().abs(), fact.amount().asset());
        Decision.Refused refused = LoanDecider.check(draft, size, draft.moneyFor(fact.amount()));
        if (refused != null) {
            return refused;
        }
        Loan loan = draft.loan();
        return switch (loan.status()) {
            case UNKNOWN -> refused(Refusal.UNKNOWN_LOAN, loan.loanId());
            case CLOSED -> refused(Refusal.LOAN_CLOSED, loan.loanId());
            case REQUESTED, ISSUED, REPAID, CANCELLED ->
                refused(Refusal.WRONG_STATUS, loan.status().name());
            case ACTIVE, SHORTFALL -> charge(draft, fact);
        };
    }

    private static Decision.@Nullable Refused charge(Draft draft, LoanInput.ChargeRaised fact) {
        Money amount = new Money(fact.amount().amount(), draft.debtAsset());
        Money unpaid = draft.loan().debt().unpaid(componentOf(fact.kind()));
        if (unpaid.plus(amount).isNegative()) {
            return refused(Refusal.EXCEEDS_DEBT, amount.negated() + " of " + unpaid);
        }
        draft.emit(new LoanEvent.ChargePosted(fact.kind(), amount, 0, fact.reason()));
        refundInterest(draft);
        return null;
    }

    private static Component componentOf(ChargeKind kind) {
        return switch (kind) {
            case COSTS -> Component.COSTS;
            case PENALTY -> Component.PENALTIES;
            case FEE, LATE -> Component.FEES;
        };
    }

    /** Keeps money apart, with the reason; the asset must be one that some terms have named. */
    static Decision.@Nullable Refused suspend(
            Draft draft, LoanInput.Stated stated, String paymentReference, String reason) {
        Asset asset = draft.moneyFor(stated);
        Decision.Refused refused = LoanDecider.check(draft, stated, asset);
        if (refused != null || asset == null) {
            return refused;
        }
        draft.emit(new LoanEvent.MoneySuspended(new Money(stated.amount(), asset), paymentReference, reason));
        return null;
    }

    static Decision.@Nullable Refused surplusPaid(Draft draft, LoanInput.SurplusPaid fact) {
        Decision.Refused refused = payoutRefusal(draft, fact.instructionId(), fact.amount());
        if (refused == null) {
            draft.emit(new LoanEvent.SurplusPaid(
                    fact.instructionId(), new Money(fact.amount().amount(), draft.debtAsset())));
        }
        return refused;
    }

    /** A payout that came back, confirmed before or not. */
    static Decision.@Nullable Refused surplusReturned(Draft draft, LoanInput.SurplusReturned fact) {
        Loan loan = draft.loan();
        Decision.Refused refused = LoanDecider.check(draft, fact.amount(), draft.moneyFor(fact.amount()));
        if (refused != null) {
            return refused;
        }
        if (loan.status() == LoanStatus.UNKNOWN) {
            return refused(Refusal.UNKNOWN_LOAN, loan.loanId());
        }
        if (!Consequences.wasInstructed(loan, fact.instructionId())) {
            return refused(Refusal.INSTRUCTION_UNKNOWN, fact.instructionId());
        }
        Money amount = new Money(fact.amount().amount(), draft.debtAsset());
        Optional<Instruction> open = loan.instruction(fact.instructionId());
        if (open.isPresent()) {
            if (amount.amount().compareTo(open.get().amount()) != 0) {
                return refused(
                        Refusal.AMOUNT_DIFFERS,
                        amount + " of " + open.get().amount().toPlainString());
            }
            draft.emit(new LoanEvent.SurplusPaid(fact.instructionId(), amount));
        }
        draft.emit(new LoanEvent.SurplusReturned(fact.instructionId(), amount, fact.reason()));
        return null;
    }

    private static Decision.@Nullable Refused payoutRefusal(
            Draft draft, String instructionId, LoanInput.Stated stated) {
        Loan loan = draft.loan();
        Decision.Refused refused = LoanDecider.check(draft, stated, draft.moneyFor(stated));
        if (refused != null) {
            return refused;
        }
        if (loan.status() == LoanStatus.UNKNOWN) {
            return refused(Refusal.UNKNOWN_LOAN, loan.loanId());
        }
        Optional<Instruction> open =
                loan.instruction(instructionId).filter(i -> i.kind() == Instruction.Kind.PAY_SURPLUS);
        if (open.isEmpty()) {
            return refused(Refusal.INSTRUCTION_UNKNOWN, instructionId);
        }
        if (stated.amount().compareTo(open.get().amount()) != 0) {
            return refused(
                    Refusal.AMOUNT_DIFFERS,
                    stated.amount().toPlainString() + " of "
                            + open.get().amount().toPlainString());
        }
        return null;
    }

    // --- interest around a change of principal
    // --------------------------------------------------------------------------

    /** Before money is spread: interest is brought to the books through its value date, if that lies ahead. */
    static void postInterest(Draft draft, LocalDate through) {
        Debt debt = draft.loan().debt();
        LocalDate accruedTo = debt.accruedTo();
        if (accruedTo == null || !through.isAfter(accruedTo)) {
            return;
        }
        Money amount = debt.interestToPost(draft.clock(), through);
        Money penalty = debt.penaltyToPost(draft.clock(), through);
        if (!amount.isZero() || !penalty.isZero()) {
            draft.emit(new LoanEvent.InterestPosted(amount, through, draft.accrualTo(through), penalty));
        }
    }

    /**
     * After principal changed with a value date before the accrued-to date: interest already posted is corrected to the cent. A change
     * valued on that date corrects nothing, not even what payments behind it, taken back to be applied again, leave open meanwhile.
     */
    static void correctInterest(Draft draft, LocalDate valueDate) {
        Debt debt = draft.loan().debt();
        LocalDate accruedTo = debt.accruedTo();
        if (accruedTo == null) {
            return;
        }
        if (valueDate.isBefore(accruedTo)) {
            Money correction = debt.interestToPost(draft.clock(), accruedTo);
            Money penalty = debt.penaltyToPost(draft.clock(), accruedTo);
            if (!correction.isZero() || !penalty.isZero()) {
                draft.emit(new LoanEvent.InterestPosted(correction, accruedTo, draft.accrualTo(accruedTo), penalty));
            }
        }
        refundInterest(draft);
    }

    /** Interest that proved too much, when nothing is owed that it could pay, is the borrower's. */
    static void refundInterest(Draft draft) {
        Debt debt = draft.loan().debt();
        Money penalties = debt.charges().penalties();
        boolean tooMuch = debt.interest().isNegative() || penalties.isNegative();
        if (tooMuch
                && debt.principal().isZero()
                && debt.fees().isZero()
                && debt.charges().costs().isZero()
                && !debt.interest().isPositive()
                && !penalties.isPositive()) {
            boolean compounds = draft.clock().terms().compounds();
            LocalDate accruedTo = debt.accruedTo();
            draft.emit(new LoanEvent.InterestRefunded(
                    debt.interest().negated(),
                    compounds && accruedTo != null ? draft.accrualTo(accruedTo) : null,
                    penalties.negated()));
        }
    }
}
