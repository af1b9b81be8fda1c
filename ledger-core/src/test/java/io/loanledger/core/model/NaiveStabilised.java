package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;
import static io.loanledger.core.model.NaiveModel.refuseIf;

import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.Refusal;
import io.loanledger.core.model.NaiveModel.After;
import io.loanledger.core.terms.SalePlan;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Proceeds that stay collateral: what prices do to them, and how they become coin again or pay the debt. */
final class NaiveStabilised {
    private final NaiveLoan loan;
    private final NaiveMargin margin;
    private final NaiveMoney money;
    private final List<String> lines;

    NaiveStabilised(NaiveLoan loan, NaiveMargin margin, NaiveMoney money, List<String> lines) {
        this.loan = loan;
        this.margin = margin;
        this.money = money;
        this.lines = lines;
    }

    /** A live loan without a case at a price, while there is such money: nothing else happens to it. */
    void evaluate(NaivePrices prices, boolean waits) {
        if (loan.frozen || waits) {
            return;
        }
        boolean noLot = loan.lessThanALot();
        if (!noLot && margin.meets(loan.bound().liquidation().threshold(), prices)) {
            margin.cases.request("HARD_LTV", prices);
        } else if (!noLot && loan.inDefault.isToBeSold()) {
            margin.cases.sellInDefault(prices);
        } else if (noLot && loan.purchases.isEmpty() && (loan.inDefault.isToBeSold() || isUsedUp(prices))) {
            money.postThrough(margin.today());
            LocalDate day = money.onTheBooks();
            apply(loan.debt.waterfall(loan.stabilised), day);
        }
    }

    private boolean isUsedUp(NaivePrices prices) {
        BigDecimal worth = prices.value().amount();
        return loan.debt.scaledExposure(margin.today()).compareTo(worth.multiply(loan.debt.unit())) >= 0;
    }

    private void apply(NaiveSpread spread, LocalDate day) {
        Object accrual = loan.debt.accrual(day);
        loan.stabilised = ZERO;
        loan.debt.apply(spread, day);
        lines.add(Tongue.line("StabilisedApplied", spread, day, accrual));
        money.refundInterest();
    }

    /** Nothing is owed: what is left of it is the borrower's. Whether the loan may end now. */
    boolean handBack() {
        if (!loan.purchases.isEmpty()) {
            return false;
        }
        if (loan.stabilised.signum() > 0) {
            apply(NaiveSpread.ofSurplus(loan.stabilised), money.onTheBooks());
        }
        return true;
    }

    After requested() {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        refuseIf(loan.status == LoanStatus.CLOSED, Refusal.LOAN_CLOSED);
        refuseIf(loan.status != LoanStatus.ACTIVE, Refusal.WRONG_STATUS);
        refuseIf(loan.frozen, Refusal.FROZEN);
        refuseIf(loan.inDefault.isNow(), Refusal.IN_DEFAULT);
        refuseIf(loan.sale != null, Refusal.RELEASE_WHILE_LIQUIDATING);
        refuseIf(
                loan.stabilised.signum() == 0 || !loan.purchases.isEmpty() || loan.clearing.signum() > 0,
                Refusal.NOT_STABILISED);
        NaivePrices prices = margin.openPrices();
        refuseIf(prices == null || !prices.isFresh(), Refusal.NO_FRESH_PRICE);
        BigDecimal exposure = loan.debt.scaledExposure(margin.today());
        refuseIf(
                loan.compareLtv(
                                exposure,
                                prices.value(),
                                loan.bound().liquidation().reverseLtv())
                        > 0,
                Refusal.LTV_TOO_HIGH);
        String id = loan.id + "/reconversion/" + (loan.events + lines.size() + 1);
        loan.purchases.put(id, loan.stabilised);
        lines.add(Tongue.line("ReconversionInstructed", id, loan.stabilised));
        return After.OTHER;
    }

    After reconverted(LoanInput.CollateralReconverted fact, NaiveReconciliation reconciliation) {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        BigDecimal most = loan.purchases.get(fact.instructionId());
        refuseIf(most == null, Refusal.INSTRUCTION_UNKNOWN);
        BigDecimal spent = fact.spent().amount();
        BigDecimal quantity = fact.quantity().amount();
        refuseIf(spent.compareTo(most) > 0, Refusal.AMOUNT_DIFFERS);
        loan.purchases.remove(fact.instructionId());
        loan.stabilised = loan.stabilised.subtract(spent);
        NaiveCoin coin = loan.coin(fact.quantity().asset());
        coin.deposited = coin.deposited.add(quantity);
        coin.held = coin.held.add(quantity);
        reconciliation.moved(fact.quantity().asset(), quantity, fact.head().occurredAt());
        lines.add(Tongue.line("CollateralReconverted", fact.instructionId(), quantity, spent));
        return After.OTHER;
    }

    /** Whether a sale of this loan keeps its money as collateral. */
    boolean keepsProceeds(NaiveLoan.Sale sale) {
        return !NaiveCases.isOfDefault(sale) && loan.bound().liquidation().plan() == SalePlan.STABILISE;
    }
}
