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
        Basket basket = basketOf(fact);
        BigDecimal quantity = fact.number("quantity");
        BigDecimal counted = quantity.min(basket.sold.subtract(basket.delivered).max(ZERO));
        BigDecimal excess = quantity.subtract(counted);
        basket.delivered = basket.delivered.add(counted);
        basket.missing = basket.missing.add(excess);
        basket.reverted = basket.reverted.add(excess);
        loan.custody.add(fact.text("asset"), quantity.negate());
        bookCoin(
                "CollateralDelivered",
                Answer.entries(
                        fact.text("asset"),
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
        Basket basket = basketOf(fact);
        BigDecimal quantity = fact.number("quantity");
        BigDecimal counted = quantity.min(basket.delivered.subtract(basket.sold).max(ZERO));
        BigDecimal excess = quantity.subtract(counted);
        basket.delivered = basket.delivered.subtract(counted);
        loan.custody.add(fact.text("asset"), quantity);
        bookCoin(
                "CollateralReturned",
                Answer.entries(
                        fact.text("asset"),
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

    /** Of the asset that the case sold. */
    private Basket basketOf(Fact fact) {
        refuseIf(!fact.text("asset").equals(loan.soldIn(fact.text("caseId"))), "WRONG_ASSET");
        return loan.basket(fact.text("asset"));
    }

    private void bookCoin(
            String type, Map<String, BigDecimal> entries, Fact fact, BigDecimal counted, BigDecimal excess) {
        answer.book(
                type,
                entries,
                "caseId",
                fact.text("caseId"),
                "quantity",
                loan.coins(counted, fact.text("asset")),
                "excess",
                loan.coins(excess, fact.text("asset")));
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
