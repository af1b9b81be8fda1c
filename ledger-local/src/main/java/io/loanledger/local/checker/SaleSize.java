package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.function.Predicate;

/** How much to sell, what it brings and what it costs. */
final class SaleSize {
    private final Answer answer;
    private final Loan loan;

    SaleSize(Answer answer) {
        this.answer = answer;
        this.loan = answer.loan();
    }

    /** What to sell from now on, and in which mode. */
    record Need(BigDecimal quantity, String mode) {}

    /** What a sale costs the borrower. */
    record Costs(BigDecimal fee, BigDecimal penalty) {
        BigDecimal sum() {
            return fee.add(penalty);
        }
    }

    /** The smallest sufficient multiple of the lot, within what one case may repay; everything when it leaves too little debt. */
    Need need(BigDecimal price) {
        Selling selling = loan.terms().selling();
        if (isAtTarget(ZERO, price)) {
            return new Need(ZERO, Sale.PARTIAL);
        }
        BigInteger lots =
                loan.pledged().divideToIntegralValue(loan.coin().lot()).toBigInteger();
        Need all = new Need(quantity(lots), Sale.FULL);
        if (!selling.plan().equals(Selling.TO_TARGET)) {
            return all;
        }
        BigInteger need = pays() ? least(lots, each -> isAtTarget(quantity(each), price)) : lots;
        String mode = need.compareTo(lots) >= 0 ? Sale.FULL : Sale.PARTIAL;
        if (!selling.closeFactor().equals(Ratio.ONE)) {
            BigInteger cap = least(lots.add(BigInteger.ONE), each -> repaysTooMuch(quantity(each), price))
                    .subtract(BigInteger.ONE)
                    .max(BigInteger.ONE);
            if (need.compareTo(cap) > 0) {
                need = cap;
                mode = Sale.INCREMENT;
            }
        }
        return mode.equals(Sale.FULL) || leavesDust(quantity(need), price) ? all : new Need(quantity(need), mode);
    }

    /** What the bands over one rung up to another sell together: their shares of what is pledged, one lot at least. */
    Need ofBands(int over, int through, BigDecimal price) {
        BigInteger all = loan.pledged().divideToIntegralValue(loan.coin().lot()).toBigInteger();
        Ratio share = Ratio.ZERO;
        for (Ladder.Rung rung : loan.terms().ladder().rungs()) {
            if (rung.is(Ladder.SELL) && rung.number() > over && rung.number() <= through) {
                share = share.plus(rung.share());
            }
        }
        BigInteger lots = loan.pledged()
                .multiply(share.over())
                .divideToIntegralValue(loan.coin().lot().multiply(share.under()))
                .toBigInteger()
                .max(BigInteger.ONE)
                .min(all);
        boolean isAll = lots.equals(all) || leavesDust(quantity(lots), price);
        return isAll ? new Need(quantity(all), Sale.FULL) : new Need(quantity(lots), Sale.INCREMENT);
    }

    private BigDecimal quantity(BigInteger lots) {
        return loan.coin().lot().multiply(new BigDecimal(lots));
    }

    /** The least number that fulfils, up to one that is taken for enough. */
    private static BigInteger least(BigInteger most, Predicate<BigInteger> suffices) {
        BigInteger tooFew = BigInteger.ZERO;
        BigInteger enough = most;
        while (enough.subtract(tooFew).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = enough.add(tooFew).shiftRight(1);
            if (suffices.test(middle)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return enough;
    }

    /** Whether what is kept of the proceeds outweighs what the coin sold takes off the limit. */
    private boolean pays() {
        Selling selling = loan.terms().selling();
        Ratio sold = selling.rates(Selling.SOLD_VALUE);
        Ratio repaid = selling.rates(Selling.DEBT_REPAID);
        Ratio counted = loan.coin().haircut().rest();
        BigDecimal unit = Accrual.unit(loan);
        // (1 - S) / (1 + D) x (unit + to come) / unit over target x counted, as a cross-product.
        BigDecimal kept = sold.rest()
                .over()
                .multiply(repaid.under())
                .multiply(unit.add(Exposures.toComePerUnit(loan, answer.today())))
                .multiply(selling.target().under())
                .multiply(counted.under());
        BigDecimal lost = selling.target()
                .over()
                .multiply(counted.over())
                .multiply(sold.under())
                .multiply(repaid.over().add(repaid.under()))
                .multiply(unit);
        return kept.compareTo(lost) > 0;
    }

    private boolean isAtTarget(BigDecimal quantity, BigDecimal price) {
        BigDecimal net = net(quantity, price);
        Ratio target = loan.terms().selling().target();
        if (target.isZero()) {
            return owed().subtract(net).signum() <= 0;
        }
        BigDecimal left = Exposures.after(loan, net, answer.today());
        return loan.compareLtv(left, loan.pledged().subtract(quantity), price, target) <= 0;
    }

    private BigDecimal owed() {
        return Exposures.posted(loan, answer.today());
    }

    private boolean repaysTooMuch(BigDecimal quantity, BigDecimal price) {
        Ratio closeFactor = loan.terms().selling().closeFactor();
        BigDecimal repaid = net(quantity, price).min(owed());
        return repaid.multiply(closeFactor.under()).compareTo(owed().multiply(closeFactor.over())) > 0;
    }

    private boolean leavesDust(BigDecimal quantity, BigDecimal price) {
        BigDecimal left = owed().subtract(net(quantity, price)).max(ZERO);
        return left.compareTo(loan.terms().selling().minimumResidualDebt()) < 0;
    }

    private BigDecimal net(BigDecimal quantity, BigDecimal price) {
        BigDecimal gross = price.multiply(quantity).setScale(loan.terms().debtScale(), RoundingMode.DOWN);
        return gross.subtract(costs(gross, owed()).sum());
    }

    /** @param repayable what a case's money can have repaid: what it did, and what is owed now */
    Costs costs(BigDecimal gross, BigDecimal repayable) {
        Selling selling = loan.terms().selling();
        BigDecimal ofFee = ofSoldValue(selling.fee(), selling.feeBase(), gross);
        BigDecimal ofPenalty = ofSoldValue(selling.penalty(), selling.penaltyBase(), gross);
        BigDecimal rest = gross.subtract(ofFee).subtract(ofPenalty);
        return new Costs(
                ofFee.add(ofDebtRepaid(selling.fee(), selling.feeBase(), rest, repayable)),
                ofPenalty.add(ofDebtRepaid(selling.penalty(), selling.penaltyBase(), rest, repayable)));
    }

    private BigDecimal ofSoldValue(Ratio rate, String base, BigDecimal gross) {
        return base.equals(Selling.SOLD_VALUE)
                ? rate.timesRoundedHalfEven(gross, loan.terms().debtScale())
                : ZERO;
    }

    private BigDecimal ofDebtRepaid(Ratio rate, String base, BigDecimal rest, BigDecimal repayable) {
        if (!base.equals(Selling.DEBT_REPAID) || rate.isZero()) {
            return ZERO;
        }
        int places = loan.terms().debtScale();
        Ratio all = loan.terms().selling().rates(Selling.DEBT_REPAID);
        BigDecimal share = rest.multiply(rate.over())
                .multiply(all.under())
                .divide(rate.under().multiply(all.under().add(all.over())), places, RoundingMode.HALF_EVEN);
        return share.min(rate.timesRoundedHalfEven(repayable.max(ZERO), places));
    }
}
