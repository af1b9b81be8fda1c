package io.loanledger.local.checker;

import static io.loanledger.local.checker.Answer.refuseIf;
import static java.math.BigDecimal.ZERO;

import io.loanledger.local.checker.Loan.Status;
import java.math.BigDecimal;
import java.util.Objects;

/** Money comes and goes: payout, interest, surplus. */
final class MoneyRules {
    private final Answer answer;
    private final Loan loan;

    MoneyRules(Answer answer) {
        this.answer = answer;
        this.loan = answer.loan();
    }

    String currency() {
        return loan.terms().debtAsset();
    }

    /** The UTC date of a value time: not after the ledger's own date, not before the loan's money was out. */
    int valueDay(long occurredAt) {
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
        BigDecimal amount = Accrual.toPost(loan, day);
        BigDecimal penalty = loan.defaults.toPost(loan, day);
        if (amount.signum() != 0 || penalty.signum() != 0) {
            post(amount, penalty, day);
        }
    }

    /** The periodic posting says so even when it posts nothing. */
    void postPeriodically(int day) {
        post(Accrual.toPost(loan, day), loan.defaults.toPost(loan, day), day);
    }

    private void post(BigDecimal amount, BigDecimal penalty, int day) {
        int accruedBefore = loan.accruedTo;
        Accrual.post(loan, amount, penalty, day);
        answer.book(
                "InterestPosted",
                Answer.entries(
                        currency(),
                        "INTEREST_RECEIVABLE",
                        amount,
                        "INTEREST_INCOME",
                        amount.negate(),
                        "PENALTIES_RECEIVABLE",
                        penalty,
                        "PENALTY_INCOME",
                        penalty.negate()),
                "amount",
                loan.money(amount),
                "penalty",
                new Said.Maybe(loan.money(penalty)),
                "through",
                day,
                "accrual",
                Accrual.told(loan, accruedBefore, day));
    }

    /** After money that was valued before what is accrued. */
    void correct(int valueDay) {
        if (loan.accruedTo != Loan.NO_DAY && valueDay < loan.accruedTo) {
            postDifference(loan.accruedTo);
        }
        refundInterest();
    }

    /** Interest that proved too much, with nothing else owed, is the borrower's. */
    void refundInterest() {
        boolean owesElse = loan.principal.signum() != 0 || loan.fees.signum() != 0 || loan.costs.signum() != 0;
        if (!owesElse
                && loan.interest.signum() <= 0
                && loan.penalties.signum() <= 0
                && (loan.interest.signum() != 0 || loan.penalties.signum() != 0)) {
            BigDecimal refund = loan.interest.negate();
            BigDecimal penalty = loan.penalties.negate();
            loan.interest = ZERO;
            loan.penalties = ZERO;
            loan.surplusOwed = loan.surplusOwed.add(refund).add(penalty);
            Accrual.flow(loan, refund, loan.accruedTo);
            answer.book(
                    "InterestRefunded",
                    Answer.entries(
                            currency(),
                            "INTEREST_RECEIVABLE",
                            refund,
                            "PENALTIES_RECEIVABLE",
                            penalty,
                            "SURPLUS_PAYABLE",
                            refund.add(penalty).negate()),
                    "amount",
                    loan.money(refund),
                    "penalty",
                    new Said.Maybe(loan.money(penalty)),
                    "accrual",
                    loan.terms().interest().compounds()
                            ? Accrual.told(loan, loan.accruedTo, loan.accruedTo)
                            : Said.Nothing.NULL);
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
        BigDecimal fee = loan.payoutFee();
        refuseIf(fact.number("amount").compareTo(loan.asked.subtract(fee)) != 0, "AMOUNT_DIFFERS");
        int day = valueDay(fact.occurredAt());
        loan.status = Status.ACTIVE;
        loan.payoutAsked = false;
        loan.startedOn = day;
        Accrual.payOut(loan, loan.asked, day);
        answer.book(
                "DisbursementConfirmed",
                Answer.entries(
                        currency(),
                        "PRINCIPAL_RECEIVABLE",
                        loan.asked,
                        "CASH",
                        fee.subtract(loan.asked),
                        "FEE_INCOME",
                        fee.negate()),
                "fee",
                new Said.Maybe(loan.money(fee)),
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
        BigDecimal kept = loan.rolledOver ? ZERO : loan.payoutFee();
        int owed = loan.principal.compareTo(loan.asked);
        boolean ofALine = loan.terms().agreement().line() != null;
        return cameBack(fact, loan.asked.subtract(kept), kept, ofALine ? owed >= 0 : owed == 0);
    }

    /** @param allIsOwed whether the fee goes back with all that was paid out */
    After cameBack(Fact fact, BigDecimal paidOut, BigDecimal kept, boolean allIsOwed) {
        BigDecimal amount = fact.number("amount");
        refuseIf(amount.compareTo(paidOut) > 0, "AMOUNT_DIFFERS");
        int day = valueDay(fact.occurredAt());
        postThrough(day);
        BigDecimal fee = amount.compareTo(paidOut) == 0 && allIsOwed ? kept : ZERO;
        BigDecimal back = amount.add(fee);
        BigDecimal toPrincipal = back.min(loan.principal);
        Spread spread = Spread.toPrincipal(toPrincipal, back.subtract(toPrincipal));
        int accruedBefore = loan.accruedTo;
        Accrual.apply(loan, spread, day);
        answer.book(
                "DisbursementReturned",
                Answer.both(Answer.entries(currency(), "CASH", amount, "FEE_INCOME", fee), spread.credits(currency())),
                "fee",
                new Said.Maybe(loan.money(fee)),
                "disbursementId",
                fact.text("instructionId"),
                "allocation",
                loan.spreading(spread),
                "valueDate",
                day,
                "accrual",
                Accrual.told(loan, accruedBefore, day),
                "reason",
                fact.text("reason"));
        correct(day);
        return After.cures(After.REPAYMENT, fact.occurredAt());
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
