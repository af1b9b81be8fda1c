package io.loanledger.local.checker;

import static io.loanledger.local.checker.Answer.refuseIf;
import static java.math.BigDecimal.ZERO;

import io.loanledger.local.checker.Loan.Status;
import java.math.BigDecimal;

/** Money in the coin's place: it pays the debt when it must, or becomes coin again when it may. */
final class StabilisedRules {
    private final Answer answer;
    private final Loan loan;
    private final MoneyRules money;

    StabilisedRules(Answer answer, MoneyRules money) {
        this.answer = answer;
        this.loan = answer.loan();
        this.money = money;
    }

    static boolean has(Loan loan) {
        return loan.stabilised.signum() > 0;
    }

    /** Whether a live loan with such money, and less than a lot of coin, owes as much as all of it is worth. */
    static boolean isUsedUp(Loan loan, int day, Priced at) {
        return has(loan)
                && loan.lessThanALot()
                && loan.purchases.isEmpty()
                && (Defaults.sells(loan)
                        || loan.compareLtv(loan.scaledExposure(day), loan.pledges(), at, Ratio.ONE) >= 0);
    }

    /** In place of the ladder, at an open price and without a case. */
    void evaluate(Priced at) {
        if (!loan.frozen && isUsedUp(loan, answer.today(), at)) {
            money.postThrough(answer.today());
            apply(loan.waterfall(loan.stabilised));
        }
    }

    /** Nothing is owed any more: it is the borrower's. */
    void giveBackIfClear() {
        if (has(loan) && loan.sale == null && loan.purchases.isEmpty() && loan.debtIsClear()) {
            apply(Spread.NONE.withSurplus(loan.stabilised));
        }
    }

    private void apply(Spread spread) {
        int day = answer.today();
        int accruedBefore = loan.accruedTo;
        BigDecimal all = loan.stabilised;
        loan.stabilised = ZERO;
        Accrual.apply(loan, spread, day);
        answer.book(
                "StabilisedApplied",
                Answer.both(
                        Answer.entries(money.currency(), "STABILISED_PAYABLE", all), spread.credits(money.currency())),
                "allocation",
                loan.spreading(spread),
                "valueDate",
                day,
                "accrual",
                Accrual.told(loan, accruedBefore, day));
    }

    // --- coin again
    // ----------------------------------------------------------------------------------------------------

    After requested() {
        refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
        refuseIf(loan.status == Status.CLOSED, "LOAN_CLOSED");
        refuseIf(loan.status != Status.ACTIVE, "WRONG_STATUS");
        refuseIf(loan.frozen, "FROZEN");
        refuseIf(loan.defaults.now != null, "IN_DEFAULT");
        refuseIf(loan.sale != null, "RELEASE_WHILE_LIQUIDATING");
        refuseIf(!has(loan) || !loan.purchases.isEmpty() || loan.clearing.signum() > 0, "NOT_STABILISED");
        Priced at = answer.now().freshPrice(loan);
        if (at == null) {
            throw new Answer.Refused("NO_FRESH_PRICE");
        }
        Ratio reverse = loan.terms().selling().reverse();
        BigDecimal exposure = loan.scaledExposure(answer.today());
        if (reverse == null || loan.compareLtv(exposure, loan.pledges(), at, reverse) > 0) {
            throw new Answer.Refused("LTV_TOO_HIGH");
        }
        String id = loan.id + "/reconversion/" + answer.nextVersion();
        loan.purchases.put(id, loan.stabilised);
        answer.say(
                "ReconversionInstructed",
                "instructionId",
                id,
                "spend",
                loan.money(loan.stabilised),
                "evidence",
                loan.evidence(at, exposure, Limit.keptAt(reverse)));
        return After.OTHER;
    }

    After reconverted(Fact fact) {
        refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
        String id = fact.text("instructionId");
        BigDecimal instructed = loan.purchases.get(id);
        if (instructed == null) {
            throw new Answer.Refused("INSTRUCTION_UNKNOWN");
        }
        BigDecimal spent = fact.number("spent");
        BigDecimal quantity = fact.number("quantity");
        refuseIf(spent.compareTo(instructed) > 0, "AMOUNT_DIFFERS");
        loan.purchases.remove(id);
        loan.stabilised = loan.stabilised.subtract(spent);
        Basket basket = loan.basket(loan.coinCode);
        basket.deposited = basket.deposited.add(quantity);
        basket.held = basket.held.add(quantity);
        loan.custody.add(loan.coinCode, quantity);
        answer.book(
                "CollateralReconverted",
                Answer.both(
                        Answer.entries(loan.coinCode, "CUSTODY", quantity, "COLLATERAL_PLEDGED", quantity.negate()),
                        Answer.entries(money.currency(), "STABILISED_PAYABLE", spent, "CASH", spent.negate())),
                "instructionId",
                id,
                "quantity",
                loan.coins(quantity, loan.coinCode),
                "spent",
                loan.money(spent));
        return After.OTHER;
    }
}
