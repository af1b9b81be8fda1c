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
    Need need(NaiveCoin coin, NaivePrices prices) {
        BigDecimal owed = loan.debt.booked(today());
        return isAtTarget(coin, ZERO, prices, owed) ? new Need(ZERO, "PARTIAL") : needed(coin, prices, owed);
    }

    /** The same for a sale that was begun with another coin and has not reached its end. */
    Need further(NaiveCoin coin, NaivePrices prices) {
        BigDecimal owed = loan.debt.booked(today());
        return isAtTarget(coin, ZERO, prices, owed) ? all(coin) : needed(coin, prices, owed);
    }

    /** A sale that is to leave nothing owed, whatever else the terms say of sales. */
    Need clearing(NaiveCoin coin, NaivePrices prices) {
        BigDecimal owed = loan.debt.booked(today());
        if (isCleared(coin, ZERO, prices, owed)) {
            return new Need(ZERO, "PARTIAL");
        }
        BigDecimal all = coin.allLots();
        BigDecimal need = coin.lot().min(all);
        while (need.compareTo(all) < 0 && !isCleared(coin, need, prices, owed)) {
            need = need.add(coin.lot());
        }
        boolean some = need.compareTo(all) < 0 || hasAnother(coin);
        return some && isCleared(coin, need, prices, owed) ? new Need(need, "PARTIAL") : all(coin);
    }

    private boolean isCleared(NaiveCoin coin, BigDecimal quantity, NaivePrices prices, BigDecimal owed) {
        return loan.debt
                        .posted()
                        .add(loan.debt.interestToPost(today()))
                        .add(loan.debt.penaltyToPost(today()))
                        .subtract(net(coin, quantity, prices, owed))
                        .signum()
                <= 0;
    }

    private Need needed(NaiveCoin coin, NaivePrices prices, BigDecimal owed) {
        BigDecimal all = coin.allLots();
        if (loan.bound().liquidation().plan() != SalePlan.TO_TARGET) {
            return all(coin);
        }
        boolean mayGain = !gainsNothing(coin, prices);
        BigDecimal need = mayGain ? coin.lot().min(all) : all;
        while (need.compareTo(all) < 0 && !isAtTarget(coin, need, prices, owed)) {
            need = need.add(coin.lot());
        }
        boolean enough = mayGain && isAtTarget(coin, need, prices, owed);
        BigDecimal cap = cap(coin, prices, owed);
        if (need.compareTo(cap) > 0) {
            return orAll(coin, new Need(cap, "INCREMENT"), prices, owed);
        }
        boolean some = need.compareTo(all) < 0 || hasAnother(coin);
        return enough && some ? orAll(coin, new Need(need, "PARTIAL"), prices, owed) : all(coin);
    }

    private boolean hasAnother(NaiveCoin coin) {
        return loan.coins.stream().anyMatch(other -> other != coin && other.hasLot());
    }

    /** All of a coin is all there is, or a step of several. */
    private Need all(NaiveCoin coin) {
        return new Need(coin.allLots(), hasAnother(coin) ? "INCREMENT" : "FULL");
    }

    /** Nothing is left behind that is less than the dust. */
    private Need orAll(NaiveCoin coin, Need need, NaivePrices prices, BigDecimal owed) {
        BigDecimal left =
                owed.subtract(repaidBy(coin, need.quantity(), prices, owed)).max(ZERO);
        boolean dust =
                left.compareTo(loan.bound().liquidation().minimumResidualDebt().amount()) < 0;
        return dust ? all(coin) : need;
    }

    /** Whether a sale that was begun goes on: what is owed stands over the target, or is little, or all is to go. */
    boolean hasNotEnded(NaivePrices prices) {
        LiquidationTerms terms = loan.bound().liquidation();
        BigDecimal posted = loan.debt.posted();
        NaiveCoin any = loan.forSale();
        return !isAtTarget(any, ZERO, prices, loan.debt.booked(today()))
                || (posted.signum() > 0
                        && (terms.plan() == SalePlan.EVERYTHING
                                || posted.compareTo(terms.minimumResidualDebt().amount()) < 0));
    }

    /** The shares of all bands over the one that acted last, up to one; of what is pledged now. */
    Need band(NaiveCoin coin, int rung, NaivePrices prices) {
        BigDecimal share = ZERO;
        for (int number = loan.reached + 1; number <= rung; number++) {
            share = share.add(NaiveLoan.decimal(
                    loan.bound().ladder().rungs().get(number - 1).share()));
        }
        BigDecimal part = coin.pledged()
                .multiply(share.min(BigDecimal.ONE))
                .divideToIntegralValue(coin.lot())
                .multiply(coin.lot())
                .max(coin.lot());
        return part.compareTo(coin.allLots()) >= 0
                ? all(coin)
                : orAll(coin, new Need(part, "INCREMENT"), prices, loan.debt.booked(today()));
    }

    /** The largest number of lots that repays no more than the close factor allows, and one lot at least. */
    private BigDecimal cap(NaiveCoin coin, NaivePrices prices, BigDecimal owed) {
        BigDecimal all = coin.allLots();
        Fraction factor = loan.bound().liquidation().closeFactor();
        if (factor.compareTo(Fraction.ONE) >= 0) {
            return all;
        }
        BigDecimal lot = coin.lot();
        BigDecimal most = owed.multiply(new BigDecimal(factor.numerator()));
        BigDecimal cap = lot;
        for (BigDecimal q = lot; q.compareTo(all) <= 0; q = q.add(lot)) {
            BigDecimal repaid = repaidBy(coin, q, prices, owed).multiply(new BigDecimal(factor.denominator()));
            if (repaid.compareTo(most) > 0) {
                break;
            }
            cap = q;
        }
        return cap;
    }

    /** What is kept of the proceeds is not more than what they lower the limit by: then no quantity reaches the target. */
    private boolean gainsNothing(NaiveCoin coin, NaivePrices prices) {
        LiquidationTerms terms = loan.bound().liquidation();
        if (terms.targetLtv().isZero()) {
            return false;
        }
        BigDecimal counts = BigDecimal.ONE
                .subtract(NaiveLoan.decimal(coin.terms.tiers().getFirst().haircut()))
                .multiply(prices.share(coin));
        BigDecimal kept = BigDecimal.ONE
                .subtract(rates(Charge.Base.SOLD_VALUE))
                .multiply(loan.debt.scaledRelief(today()))
                .multiply(new BigDecimal(terms.targetLtv().denominator()));
        BigDecimal lowered = counts.multiply(BigDecimal.ONE.add(rates(Charge.Base.DEBT_REPAID)))
                .multiply(loan.debt.unit())
                .multiply(new BigDecimal(terms.targetLtv().numerator()));
        return kept.compareTo(lowered) <= 0;
    }

    private boolean isAtTarget(NaiveCoin coin, BigDecimal quantity, NaivePrices prices, BigDecimal owed) {
        Fraction target = loan.bound().liquidation().targetLtv();
        if (target.isZero()) {
            return isCleared(coin, quantity, prices, owed);
        }
        BigDecimal left = loan.debt.scaledExposureAfter(net(coin, quantity, prices, owed), today());
        NaiveWorth value = prices.valueWith(coin, coin.pledged().subtract(quantity));
        return loan.compareLtv(left, value, target) <= 0;
    }

    /** What of a sale goes to debt. */
    private BigDecimal repaidBy(NaiveCoin coin, BigDecimal quantity, NaivePrices prices, BigDecimal owed) {
        return loan.debt.spreadToday(net(coin, quantity, prices, owed), today()).toDebt();
    }

    private BigDecimal net(NaiveCoin coin, BigDecimal quantity, NaivePrices prices, BigDecimal owed) {
        BigDecimal gross = prices.brings(coin, quantity, cents());
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
