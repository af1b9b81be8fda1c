package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;
import static io.loanledger.core.model.NaiveModel.refuseIf;

import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.Refusal;
import io.loanledger.core.model.NaiveModel.After;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.SalePlan;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Proceeds that stay collateral: what prices do to them, and how they become coin again or pay the debt. */
final class NaiveStabilised {
    private final NaiveLoan loan;
    private final NaiveMargin margin;
    private final NaiveMoney money;
    private final Circumstances now;
    private final List<String> lines;

    NaiveStabilised(NaiveLoan loan, NaiveMargin margin, NaiveMoney money, Circumstances now, List<String> lines) {
        this.loan = loan;
        this.margin = margin;
        this.money = money;
        this.now = now;
        this.lines = lines;
    }

    /** A live loan without a case at a price, while there is such money: nothing else happens to it. */
    void evaluate(IndexPrice index, boolean waits) {
        if (loan.frozen || waits) {
            return;
        }
        boolean noLot = loan.lessThanALot();
        if (!noLot && margin.meets(loan.bound().liquidation().threshold(), index.price())) {
            margin.cases.request("HARD_LTV", index);
        } else if (noLot && loan.purchases.isEmpty() && isUsedUp(index.price())) {
            money.postThrough(margin.today());
            LocalDate day = money.onTheBooks();
            apply(loan.debt.waterfall(loan.stabilised), day);
        }
    }

    private boolean isUsedUp(BigDecimal price) {
        BigDecimal worth = loan.value(loan.pledged(), price);
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
        refuseIf(loan.sale != null, Refusal.RELEASE_WHILE_LIQUIDATING);
        refuseIf(
                loan.stabilised.signum() == 0 || !loan.purchases.isEmpty() || loan.clearing.signum() > 0,
                Refusal.NOT_STABILISED);
        IndexPrice index = margin.openPrice();
        refuseIf(index == null || !now.isFresh(index.market()), Refusal.NO_FRESH_PRICE);
        BigDecimal worth = loan.value(loan.pledged(), index.price());
        BigDecimal exposure = loan.debt.scaledExposure(margin.today());
        refuseIf(loan.compareLtv(exposure, worth, loan.bound().liquidation().reverseLtv()) > 0, Refusal.LTV_TOO_HIGH);
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
        loan.deposited = loan.deposited.add(quantity);
        loan.held = loan.held.add(quantity);
        reconciliation.moved(fact.quantity().asset(), quantity, fact.head().occurredAt());
        lines.add(Tongue.line("CollateralReconverted", fact.instructionId(), quantity, spent));
        return After.OTHER;
    }

    /** Whether this loan's sales keep their money as collateral. */
    boolean keepsProceeds() {
        return loan.bound().liquidation().plan() == SalePlan.STABILISE;
    }
}
