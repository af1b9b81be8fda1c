package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.terms.Charge;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.SalePlan;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;

/** How much is to be sold, lot by lot, and what a sale costs. No formula: every quantity is tried. */
final class NaiveSizing {
    private final NaiveMargin margin;
    private final NaiveLoan loan;

    NaiveSizing(NaiveMargin margin, NaiveLoan loan) {
        this.margin = margin;
        this.loan = loan;
    }

    /** Lots to sell and in which mode. */
    record Need(BigDecimal quantity, String mode) {}

    /** What the borrower pays for a sale. */
    record Charged(BigDecimal fee, BigDecimal penalty) {
        BigDecimal of(BigDecimal gross) {
            return gross.subtract(fee).subtract(penalty);
        }
    }

    /** The rule of the quantity. */
    Need need(BigDecimal price) {
        BigDecimal owed = loan.debt.booked(today());
        if (isAtTarget(ZERO, price, owed)) {
            return new Need(ZERO, "PARTIAL");
        }
        BigDecimal lot = loan.coin().lotSize().amount();
        BigDecimal all = loan.pledged().divideToIntegralValue(lot).multiply(lot);
        LiquidationTerms terms = loan.bound().liquidation();
        if (terms.plan() != SalePlan.TO_TARGET) {
            return new Need(all, "FULL");
        }
        BigDecimal need = gainsNothing() ? all : lot.min(all);
        while (need.compareTo(all) < 0 && !isAtTarget(need, price, owed)) {
            need = need.add(lot);
        }
        String mode = "PARTIAL";
        BigDecimal cap = cap(price, owed, all);
        if (need.compareTo(cap) > 0) {
            need = cap;
            mode = "INCREMENT";
        } else if (need.compareTo(all) >= 0) {
            return new Need(all, "FULL");
        }
        BigDecimal left = owed.subtract(repaidBy(need, price, owed)).max(ZERO);
        return left.compareTo(terms.minimumResidualDebt().amount()) < 0 ? new Need(all, "FULL") : new Need(need, mode);
    }

    /** The shares of all bands over the one that acted last, up to one; of what is pledged now. */
    Need band(int rung, BigDecimal price) {
        BigDecimal share = ZERO;
        for (int number = loan.reached + 1; number <= rung; number++) {
            share = share.add(NaiveLoan.decimal(
                    loan.bound().ladder().rungs().get(number - 1).share()));
        }
        BigDecimal lot = loan.coin().lotSize().amount();
        BigDecimal all = loan.pledged().divideToIntegralValue(lot).multiply(lot);
        BigDecimal part = loan.pledged()
                .multiply(share.min(BigDecimal.ONE))
                .divideToIntegralValue(lot)
                .multiply(lot)
                .max(lot);
        BigDecimal owed = loan.debt.booked(today());
        BigDecimal left = owed.subtract(repaidBy(part, price, owed)).max(ZERO);
        boolean dust =
                left.compareTo(loan.bound().liquidation().minimumResidualDebt().amount()) < 0;
        return dust || part.compareTo(all) >= 0 ? new Need(all, "FULL") : new Need(part, "INCREMENT");
    }

    /** The largest number of lots that repays no more than the close factor allows, and one lot at least. */
    private BigDecimal cap(BigDecimal price, BigDecimal owed, BigDecimal all) {
        Fraction factor = loan.bound().liquidation().closeFactor();
        if (factor.compareTo(Fraction.ONE) >= 0) {
            return all;
        }
        BigDecimal lot = loan.coin().lotSize().amount();
        BigDecimal most = owed.multiply(new BigDecimal(factor.numerator()));
        BigDecimal cap = lot;
        for (BigDecimal q = lot; q.compareTo(all) <= 0; q = q.add(lot)) {
            BigDecimal repaid = repaidBy(q, price, owed).multiply(new BigDecimal(factor.denominator()));
            if (repaid.compareTo(most) > 0) {
                break;
            }
            cap = q;
        }
        return cap;
    }

    /** What is kept of the proceeds is not more than what they lower the limit by: then no quantity reaches the target. */
    private boolean gainsNothing() {
        LiquidationTerms terms = loan.bound().liquidation();
        if (terms.targetLtv().isZero()) {
            return false;
        }
        BigDecimal counts = BigDecimal.ONE.subtract(
                NaiveLoan.decimal(loan.coin().tiers().getFirst().haircut()));
        BigDecimal kept = BigDecimal.ONE
                .subtract(rates(Charge.Base.SOLD_VALUE))
                .multiply(loan.debt.scaledRelief(today()))
                .multiply(new BigDecimal(terms.targetLtv().denominator()));
        BigDecimal lowered = counts.multiply(BigDecimal.ONE.add(rates(Charge.Base.DEBT_REPAID)))
                .multiply(loan.debt.unit())
                .multiply(new BigDecimal(terms.targetLtv().numerator()));
        return kept.compareTo(lowered) <= 0;
    }

    private boolean isAtTarget(BigDecimal quantity, BigDecimal price, BigDecimal owed) {
        Fraction target = loan.bound().liquidation().targetLtv();
        if (target.isZero()) {
            return loan.debt
                            .posted()
                            .add(loan.debt.interestToPost(today()))
                            .subtract(net(quantity, price, owed))
                            .signum()
                    <= 0;
        }
        BigDecimal left = loan.debt.scaledExposureAfter(net(quantity, price, owed), today());
        BigDecimal value = loan.value(loan.pledged().subtract(quantity), price);
        return loan.compareLtv(left, value, target) <= 0;
    }

    /** What of a sale goes to debt. */
    private BigDecimal repaidBy(BigDecimal quantity, BigDecimal price, BigDecimal owed) {
        return loan.debt.spreadToday(net(quantity, price, owed), today()).toDebt();
    }

    private BigDecimal net(BigDecimal quantity, BigDecimal price, BigDecimal owed) {
        BigDecimal gross = price.multiply(quantity).setScale(cents(), RoundingMode.DOWN);
        return charged(gross, owed).of(gross);
    }

    // --- what it costs
    // --------------------------------------------------------------------------------------------

    /** On the cumulative proceeds of one case, which repaid or can still repay so much debt. */
    Charged charged(BigDecimal gross, BigDecimal repayable) {
        LiquidationTerms terms = loan.bound().liquidation();
        BigDecimal net = gross.subtract(onSoldValue(terms.fee(), gross)).subtract(onSoldValue(terms.penalty(), gross));
        return new Charged(
                onSoldValue(terms.fee(), gross).add(onDebt(terms.fee(), net, repayable)),
                onSoldValue(terms.penalty(), gross).add(onDebt(terms.penalty(), net, repayable)));
    }

    private BigDecimal onSoldValue(Charge charge, BigDecimal gross) {
        return charge.base() == Charge.Base.SOLD_VALUE ? cents(charge.rate(), gross, BigDecimal.ONE) : ZERO;
    }

    private BigDecimal onDebt(Charge charge, BigDecimal net, BigDecimal repayable) {
        if (charge.base() != Charge.Base.DEBT_REPAID) {
            return ZERO;
        }
        BigDecimal ofProceeds = cents(charge.rate(), net, BigDecimal.ONE.add(rates(Charge.Base.DEBT_REPAID)));
        return ofProceeds.min(cents(charge.rate(), repayable, BigDecimal.ONE));
    }

    /** Both rates on a base; those of the test products are decimals. */
    private BigDecimal rates(Charge.Base base) {
        LiquidationTerms terms = loan.bound().liquidation();
        BigDecimal sum = ZERO;
        for (Charge charge : List.of(terms.fee(), terms.penalty())) {
            sum = charge.base() == base ? sum.add(NaiveLoan.decimal(charge.rate())) : sum;
        }
        return sum;
    }

    private BigDecimal cents(Fraction rate, BigDecimal of, BigDecimal by) {
        return of.multiply(new BigDecimal(rate.numerator()))
                .divide(new BigDecimal(rate.denominator()).multiply(by), cents(), RoundingMode.HALF_EVEN);
    }

    private int cents() {
        return loan.bound().debtAsset().scale();
    }

    private LocalDate today() {
        return margin.today();
    }
}
