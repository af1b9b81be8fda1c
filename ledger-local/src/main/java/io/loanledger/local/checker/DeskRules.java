package io.loanledger.local.checker;

import static io.loanledger.local.checker.Answer.refuseIf;
import static java.math.BigDecimal.ZERO;

import io.loanledger.local.checker.Loan.Status;
import java.math.BigDecimal;
import java.util.Map;

/** Coin and cash between lender and desk. */
final class DeskRules {
    private final Answer answer;
    private final Loan loan;
    private final MoneyRules money;

    DeskRules(Answer answer, MoneyRules money) {
        this.answer = answer;
        this.loan = answer.loan();
        this.money = money;
    }

    After delivered(Fact fact) {
        refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
        refuseIf(!loan.wasRequested(fact.text("caseId")), "CASE_UNKNOWN");
        BigDecimal quantity = fact.number("quantity");
        BigDecimal counted = quantity.min(loan.sold.subtract(loan.delivered).max(ZERO));
        BigDecimal excess = quantity.subtract(counted);
        loan.delivered = loan.delivered.add(counted);
        loan.missing = loan.missing.add(excess);
        loan.reverted = loan.reverted.add(excess);
        loan.custody.add(loan.coinCode, quantity.negate());
        bookCoin(
                "CollateralDelivered",
                Answer.entries(
                        loan.coinCode,
                        "COIN_DUE_TO_DESK",
                        counted,
                        "CUSTODY",
                        quantity.negate(),
                        "MISSING_COLLATERAL",
                        excess),
                fact,
                counted,
                excess);
        return After.OTHER;
    }

    /** Coin that the desk gave back: what it had of busted sales, the rest is nobody's yet. */
    After returned(Fact fact) {
        refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
        refuseIf(!loan.wasRequested(fact.text("caseId")), "CASE_UNKNOWN");
        BigDecimal quantity = fact.number("quantity");
        BigDecimal counted = quantity.min(loan.delivered.subtract(loan.sold).max(ZERO));
        BigDecimal excess = quantity.subtract(counted);
        loan.delivered = loan.delivered.subtract(counted);
        loan.custody.add(loan.coinCode, quantity);
        bookCoin(
                "CollateralReturned",
                Answer.entries(
                        loan.coinCode,
                        "CUSTODY",
                        quantity,
                        "COIN_DUE_TO_DESK",
                        counted.negate(),
                        "SUSPENSE",
                        excess.negate()),
                fact,
                counted,
                excess);
        return After.OTHER;
    }

    private void bookCoin(
            String type, Map<String, BigDecimal> entries, Fact fact, BigDecimal counted, BigDecimal excess) {
        answer.book(
                type,
                entries,
                "caseId",
                fact.text("caseId"),
                "quantity",
                loan.coins(counted),
                "excess",
                loan.coins(excess));
    }

    After proceeds(Fact fact) {
        BigDecimal amount = fact.number("amount");
        String reference = fact.text("paymentReference");
        if (!loan.wasRequested(fact.text("caseId"))) {
            money.suspend(amount, fact.text("asset"), reference);
            return After.OTHER;
        }
        BigDecimal applied = amount.min(loan.clearing.max(ZERO));
        BigDecimal rest = amount.subtract(applied);
        loan.clearing = loan.clearing.subtract(applied);
        answer.book(
                "SaleProceedsReceived",
                Answer.entries(
                        loan.terms().debtAsset(),
                        "CASH",
                        amount,
                        "DESK_RECEIVABLE",
                        applied.negate(),
                        "SUSPENSE",
                        rest.negate()),
                "caseId",
                fact.text("caseId"),
                "paymentReference",
                reference,
                "applied",
                loan.money(applied),
                "suspended",
                loan.money(rest));
        return After.OTHER;
    }
}
