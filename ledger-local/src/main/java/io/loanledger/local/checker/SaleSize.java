package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.function.Predicate;

/** How much to sell, what it brings and what it costs. */
final class SaleSize {
    private final Answer answer;
    private final Loan loan;

    SaleSize(Answer answer) {
        this.answer = answer;
        this.loan = answer.loan();
    }

    /** What to sell of a coin from now on, and in which mode. */
    record Need(Coin coin, BigDecimal quantity, String mode) {}

    /** What a sale costs the borrower. */
    record Costs(BigDecimal fee, BigDecimal penalty) {
        BigDecimal sum() {
            return fee.add(penalty);
        }
    }

    /** Of the first coin of which a lot is pledged. */
    Need need(Priced at) {
        return need(Objects.requireNonNull(loan.sellable(), "nothing to sell"), at);
    }

    /** The smallest sufficient multiple of the lot, within what one case may repay; everything when it leaves too little debt. */
    Need need(Coin coin, Priced at) {
        return isAtTarget(coin, ZERO, at) ? new Need(coin, ZERO, Sale.PARTIAL) : needOver(coin, at);
    }

    /** Of a sale that goes on with the next coin: it has not reached its end, whatever its target. */
    Need needToGoOn(Coin coin, Priced at) {
        return isAtTarget(coin, ZERO, at) ? all(coin) : needOver(coin, at);
    }

    /** To the goal of a case: until nothing is owed, whatever else the terms say, when it is of a default. */
    Need need(Sale sale, Priced at) {
        Coin coin = loan.coin(sale.asset);
        return Defaults.isReason(sale.reason) ? ofAllThatIsOwed(coin, at) : need(coin, at);
    }

    Need ofAllThatIsOwed(Coin coin, Priced at) {
        if (owed().signum() <= 0) {
            return new Need(coin, ZERO, Sale.PARTIAL);
        }
        BigInteger lots = loan.basket(coin.asset()).lots(coin);
        BigInteger need = least(
                lots,
                each -> owed().subtract(net(coin, quantity(coin, each), at)).signum() <= 0);
        boolean enough = owed().subtract(net(coin, quantity(coin, need), at)).signum() <= 0;
        boolean part = need.compareTo(lots) < 0 || (enough && othersAreLeft(coin));
        return part ? new Need(coin, quantity(coin, need), Sale.PARTIAL) : all(coin);
    }

    private Need needOver(Coin coin, Priced at) {
        Selling selling = loan.terms().selling();
        BigInteger lots = loan.basket(coin.asset()).lots(coin);
        if (!selling.plan().equals(Selling.TO_TARGET)) {
            return all(coin);
        }
        Predicate<BigInteger> suffices = each -> isAtTarget(coin, quantity(coin, each), at);
        BigInteger need = pays(coin, at) ? least(lots, suffices) : lots;
        boolean goesOn = othersAreLeft(coin);
        boolean part = need.compareTo(lots) < 0 || (goesOn && suffices.test(need));
        String mode = part ? Sale.PARTIAL : Sale.FULL;
        if (!selling.closeFactor().equals(Ratio.ONE)) {
            BigInteger cap = least(lots.add(BigInteger.ONE), each -> repaysTooMuch(coin, quantity(coin, each), at))
                    .subtract(BigInteger.ONE)
                    .max(BigInteger.ONE);
            if (need.compareTo(cap) > 0) {
                need = cap;
                mode = Sale.INCREMENT;
            }
        }
        boolean all = mode.equals(Sale.FULL) || leavesDust(coin, quantity(coin, need), at);
        return all ? all(coin) : new Need(coin, quantity(coin, need), mode);
    }

    /** All lots of a coin: a step, where another is left. */
    private Need all(Coin coin) {
        return new Need(
                coin,
                quantity(coin, loan.basket(coin.asset()).lots(coin)),
                othersAreLeft(coin) ? Sale.INCREMENT : Sale.FULL);
    }

    private boolean othersAreLeft(Coin sold) {
        return loan.coins().stream()
                .anyMatch(coin -> !coin.equals(sold)
                        && loan.basket(coin.asset()).lots(coin).signum() > 0);
    }

    /** What the bands over one rung up to another sell together: their shares of what is pledged, one lot at least. */
    Need ofBands(int over, int through, Priced at) {
        Coin coin = Objects.requireNonNull(loan.sellable(), "nothing to sell");
        BigInteger all = loan.basket(coin.asset()).lots(coin);
        Ratio share = Ratio.ZERO;
        for (Ladder.Rung rung : loan.terms().ladder().rungs()) {
            if (rung.is(Ladder.SELL) && rung.number() > over && rung.number() <= through) {
                share = share.plus(rung.share());
            }
        }
        BigInteger lots = loan.basket(coin.asset())
                .pledged()
                .multiply(share.over())
                .divideToIntegralValue(coin.lot().multiply(share.under()))
                .toBigInteger()
                .max(BigInteger.ONE)
                .min(all);
        boolean isAll = lots.equals(all) || leavesDust(coin, quantity(coin, lots), at);
        return isAll ? all(coin) : new Need(coin, quantity(coin, lots), Sale.INCREMENT);
    }

    private static BigDecimal quantity(Coin coin, BigInteger lots) {
        return coin.lot().multiply(new BigDecimal(lots));
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
    private boolean pays(Coin coin, Priced at) {
        Selling selling = loan.terms().selling();
        Ratio sold = selling.rates(Selling.SOLD_VALUE);
        Ratio repaid = selling.rates(Selling.DEBT_REPAID);
        Ratio counted = coin.haircut().rest();
        BigDecimal unit = Accrual.unit(loan);
        // (1 - S) / (1 + D) x (unit + to come) / unit over target x counted x (1 - add-on), as a cross-product.
        BigDecimal kept = sold.rest()
                .over()
                .multiply(repaid.under())
                .multiply(unit.add(Exposures.toComePerUnit(loan, answer.today())))
                .multiply(selling.target().under())
                .multiply(counted.under());
        BigDecimal lost = selling.target()
                .over()
                .multiply(counted.over())
                .multiply(BigDecimal.ONE.subtract(at.addOn(coin)))
                .multiply(sold.under())
                .multiply(repaid.over().add(repaid.under()))
                .multiply(unit);
        return kept.compareTo(lost) > 0;
    }

    boolean isAtTarget(Coin coin, BigDecimal quantity, Priced at) {
        BigDecimal net = net(coin, quantity, at);
        Ratio target = loan.terms().selling().target();
        if (target.isZero()) {
            return owed().subtract(net).signum() <= 0;
        }
        BigDecimal left = Exposures.after(loan, net, answer.today());
        BigDecimal pledged = loan.basket(coin.asset()).pledged().subtract(quantity);
        return loan.compareLtv(left, loan.pledgesBut(coin.asset(), pledged), at, target) <= 0;
    }

    private BigDecimal owed() {
        return Exposures.posted(loan, answer.today());
    }

    private boolean repaysTooMuch(Coin coin, BigDecimal quantity, Priced at) {
        Ratio closeFactor = loan.terms().selling().closeFactor();
        BigDecimal repaid = net(coin, quantity, at).min(owed());
        return repaid.multiply(closeFactor.under()).compareTo(owed().multiply(closeFactor.over())) > 0;
    }

    private boolean leavesDust(Coin coin, BigDecimal quantity, Priced at) {
        BigDecimal left = owed().subtract(net(coin, quantity, at)).max(ZERO);
        return left.compareTo(loan.terms().selling().minimumResidualDebt()) < 0;
    }

    private BigDecimal net(Coin coin, BigDecimal quantity, Priced at) {
        BigDecimal gross = at.brings(coin)
                .multiply(quantity)
                .divide(at.measure(), loan.terms().debtScale(), RoundingMode.DOWN);
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
