package io.loanledger.local.checker;

import static io.loanledger.local.checker.Answer.refuseIf;
import static java.math.BigDecimal.ZERO;

import io.loanledger.local.checker.Loan.Status;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;

/** Money comes and goes: payout, interest, repayment, surplus. */
final class MoneyRules {
    private final Answer answer;
    private final Loan loan;

    MoneyRules(Answer answer) {
        this.answer = answer;
        this.loan = answer.loan();
    }

    private String currency() {
        return loan.terms().debtAsset();
    }

    /** The UTC date of a value time: not after the ledger's own date, not before the loan's money was out. */
    private int valueDay(long occurredAt) {
        int day = Math.min(Answer.day(occurredAt), Math.max(answer.today(), loan.accruedTo));
        return loan.startedOn == Loan.NO_DAY ? day : Math.max(day, loan.startedOn);
    }

    // --- interest
    // ------------------------------------------------------------------------------------------------------

    void postThrough(int day) {
        if (loan.accruedTo != Loan.NO_DAY && day > loan.accruedTo) {
            postDifference(day);
        }
    }

    private void postDifference(int day) {
        BigDecimal amount = loan.interestToPost(day);
        if (amount.signum() != 0) {
            post(amount, day);
        }
    }

    /** The periodic posting says so even when it posts nothing. */
    void postPeriodically(int day) {
        post(loan.interestToPost(day), day);
    }

    private void post(BigDecimal amount, int day) {
        loan.post(amount, day);
        answer.book(
                "InterestPosted",
                Answer.entries(currency(), "INTEREST_RECEIVABLE", amount, "INTEREST_INCOME", amount.negate()),
                "amount",
                loan.money(amount),
                "through",
                day);
    }

    private void correct() {
        if (loan.accruedTo != Loan.NO_DAY) {
            postDifference(loan.accruedTo);
        }
        refundInterest();
    }

    /** Interest that proved too much, with nothing else owed, is the borrower's. */
    void refundInterest() {
        if (loan.interest.signum() < 0 && loan.principal.signum() == 0 && loan.fees.signum() == 0) {
            BigDecimal refund = loan.interest.negate();
            loan.interest = ZERO;
            loan.surplusOwed = loan.surplusOwed.add(refund);
            answer.book(
                    "InterestRefunded",
                    Answer.entries(currency(), "INTEREST_RECEIVABLE", refund, "SURPLUS_PAYABLE", refund.negate()),
                    "amount",
                    loan.money(refund));
        }
    }

    // --- payout
    // --------------------------------------------------------------------------------------------------------

    private void checkPayout(Fact fact, Status expected) {
        refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
        refuseIf(loan.status == Status.CLOSED, "LOAN_CLOSED");
        refuseIf(loan.status != expected, "WRONG_STATUS");
        refuseIf(!fact.text("instructionId").equals(loan.id + "/disbursement"), "INSTRUCTION_UNKNOWN");
    }

    After disbursed(Fact fact) {
        checkPayout(fact, Status.ISSUED);
        refuseIf(fact.number("amount").compareTo(loan.asked) != 0, "AMOUNT_DIFFERS");
        int day = valueDay(fact.occurredAt());
        loan.status = Status.ACTIVE;
        loan.payoutAsked = false;
        loan.startedOn = day;
        loan.changePrincipal(loan.asked, day);
        answer.book(
                "DisbursementConfirmed",
                Answer.entries(currency(), "PRINCIPAL_RECEIVABLE", loan.asked, "CASH", loan.asked.negate()),
                "disbursementId",
                fact.text("instructionId"),
                "amount",
                loan.money(loan.asked),
                "valueDate",
                day);
        return After.OTHER;
    }

    After failed(Fact fact) {
        checkPayout(fact, Status.ISSUED);
        loan.payoutAsked = false;
        answer.say("DisbursementFailed", "disbursementId", fact.text("instructionId"), "reason", fact.text("reason"));
        loan.status = Status.CANCELLED;
        answer.say("LoanCancelled");
        return After.OTHER;
    }

    After returned(Fact fact) {
        checkPayout(fact, Status.ACTIVE);
        BigDecimal amount = fact.number("amount");
        refuseIf(amount.compareTo(loan.asked) > 0, "AMOUNT_DIFFERS");
        int day = valueDay(fact.occurredAt());
        postThrough(day);
        BigDecimal toPrincipal = amount.min(loan.principal);
        Spread spread = new Spread(ZERO, ZERO, toPrincipal, amount.subtract(toPrincipal));
        loan.apply(spread, day);
        answer.book(
                "DisbursementReturned",
                cashIn(spread),
                "disbursementId",
                fact.text("instructionId"),
                "allocation",
                loan.spreading(spread),
                "valueDate",
                day,
                "reason",
                fact.text("reason"));
        correct();
        return After.cures(After.REPAYMENT, fact.occurredAt());
    }

    // --- payments
    // ------------------------------------------------------------------------------------------------------

    private Map<String, BigDecimal> cashIn(Spread spread) {
        return Answer.both(Answer.entries(currency(), "CASH", spread.total()), spread.credits(currency()));
    }

    boolean takesPayments() {
        return loan.status == Status.ACTIVE || loan.status == Status.SHORTFALL || loan.status == Status.REPAID;
    }

    void suspend(BigDecimal amount, String asset, String reference) {
        int scale = Objects.requireNonNull(answer.now().assets.get(asset), asset);
        answer.book(
                "MoneySuspended",
                Answer.entries(asset, "CASH", amount, "SUSPENSE", amount.negate()),
                "amount",
                new Said.Amount(amount, asset, scale),
                "paymentReference",
                reference);
    }

    After repaid(Fact fact) {
        BigDecimal amount = fact.number("amount");
        String reference = fact.text("paymentReference");
        if (!takesPayments()) {
            suspend(amount, fact.text("asset"), reference);
            return After.OTHER;
        }
        refuseIf(loan.payments.containsKey(reference), "PAYMENT_KNOWN");
        int day = valueDay(fact.occurredAt());
        postThrough(day);
        Spread spread = loan.waterfall(amount);
        loan.apply(spread, day);
        loan.payments.put(reference, new Paid(spread, day, false));
        answer.book(
                "RepaymentApplied",
                cashIn(spread),
                "paymentReference",
                reference,
                "allocation",
                loan.spreading(spread),
                "valueDate",
                day);
        correct();
        return After.cures(After.REPAYMENT, fact.occurredAt());
    }

    After reversed(Fact fact) {
        refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
        String reference = fact.text("paymentReference");
        Paid paid = loan.payments.get(reference);
        if (paid == null || paid.reversed()) {
            throw new Answer.Refused("PAYMENT_UNKNOWN");
        }
        refuseIf(fact.number("amount").compareTo(paid.spread().total()) != 0, "AMOUNT_DIFFERS");
        loan.payments.put(reference, new Paid(paid.spread(), paid.valueDay(), true));
        boolean owes = loan.status == Status.ACTIVE || loan.status == Status.SHORTFALL;
        if (owes) {
            postThrough(paid.valueDay());
        }
        Spread back = takenBack(paid.spread(), owes).negated();
        loan.apply(back, paid.valueDay());
        answer.book(
                "RepaymentReversed",
                cashIn(back),
                "paymentReference",
                reference,
                "allocation",
                loan.spreading(back),
                "valueDate",
                paid.valueDay(),
                "reason",
                fact.text("reason"));
        BigDecimal gone = paid.spread().total().add(back.total());
        if (gone.signum() != 0) {
            suspend(gone.negate(), currency(), reference);
        }
        if (owes) {
            correct();
        }
        return After.MOVED;
    }

    /** Debt only of a loan that can owe again, surplus only as far as it is not paid out. */
    private Spread takenBack(Spread paid, boolean owes) {
        BigDecimal surplus = paid.surplus().min(loan.surplusOwed);
        return owes
                ? new Spread(paid.fees(), paid.interest(), paid.principal(), surplus)
                : new Spread(ZERO, ZERO, ZERO, surplus);
    }

    // --- surplus
    // -------------------------------------------------------------------------------------------------------

    After surplusPaid(Fact fact) {
        refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
        String id = fact.text("instructionId");
        BigDecimal open = loan.payouts.get(id);
        if (open == null) {
            throw new Answer.Refused("INSTRUCTION_UNKNOWN");
        }
        refuseIf(open.compareTo(fact.number("amount")) != 0, "AMOUNT_DIFFERS");
        paid(id, open);
        return After.OTHER;
    }

    private void paid(String id, BigDecimal amount) {
        loan.payouts.remove(id);
        loan.surplusPaying = loan.surplusPaying.subtract(amount);
        answer.book(
                "SurplusPaid",
                Answer.entries(currency(), "SURPLUS_PAYABLE", amount, "CASH", amount.negate()),
                "instructionId",
                id,
                "amount",
                loan.money(amount));
    }

    After surplusReturned(Fact fact) {
        refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
        String id = fact.text("instructionId");
        refuseIf(!wasInstructed(id), "INSTRUCTION_UNKNOWN");
        BigDecimal amount = fact.number("amount");
        BigDecimal open = loan.payouts.get(id);
        if (open != null) {
            refuseIf(open.compareTo(amount) != 0, "AMOUNT_DIFFERS");
            paid(id, open);
        }
        answer.book(
                "SurplusReturned",
                Answer.entries(currency(), "CASH", amount, "SUSPENSE", amount.negate()),
                "instructionId",
                id,
                "amount",
                loan.money(amount),
                "reason",
                fact.text("reason"));
        return After.OTHER;
    }

    private boolean wasInstructed(String payoutId) {
        for (int n = 1; n <= loan.payoutCount; n++) {
            if (payoutId.equals(loan.id + "/surplus/" + n)) {
                return true;
            }
        }
        return false;
    }

    void payOutIfOwed() {
        if (loan.surplusOwed.signum() > 0 && loan.clearing.signum() <= 0 && loan.sale == null && !loan.frozen) {
            BigDecimal amount = loan.surplusOwed;
            loan.payoutCount++;
            String id = loan.id + "/surplus/" + loan.payoutCount;
            loan.payouts.put(id, amount);
            loan.surplusOwed = ZERO;
            loan.surplusPaying = loan.surplusPaying.add(amount);
            answer.say("SurplusPayoutInstructed", "instructionId", id, "amount", loan.money(amount));
        }
    }
}
