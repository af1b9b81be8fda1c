package io.loanledger.core.model;

import io.loanledger.core.money.Fraction;
import java.math.BigDecimal;
import java.math.BigInteger;

/** What would bring a loan to a level, found by doubling and halving: no formula. */
final class NaiveHealing {
    private final NaiveMargin margin;
    private final NaiveLoan loan;

    NaiveHealing(NaiveMargin margin, NaiveLoan loan) {
        this.margin = margin;
        this.loan = loan;
    }

    /** The smallest quantity of the coin told of that does so when it is added. */
    BigDecimal topUp(Fraction level, NaivePrices prices) {
        int scale = prices.coin().terms.asset().scale();
        BigInteger sick = BigInteger.ZERO;
        BigInteger healed = BigInteger.ONE;
        while (!healsWith(new BigDecimal(healed, scale), level, prices)) {
            sick = healed;
            healed = healed.shiftLeft(1);
        }
        while (healed.subtract(sick).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = healed.add(sick).shiftRight(1);
            if (healsWith(new BigDecimal(middle, scale), level, prices)) {
                healed = middle;
            } else {
                sick = middle;
            }
        }
        return new BigDecimal(healed, scale);
    }

    private boolean healsWith(BigDecimal more, Fraction level, NaivePrices prices) {
        return loan.compareLtv(
                        loan.debt.scaledExposure(margin.today()),
                        prices.valueWith(prices.coin(), prices.coin().pledged().add(more)),
                        level)
                <= 0;
    }

    /** The smallest amount that does so when it is paid today. A loan without coin heals with all that is owed. */
    Object repayment(Fraction level, NaivePrices prices) {
        NaiveWorth value = prices.value();
        if (value.isNothing()) {
            return Tongue.ALL;
        }
        long healed = loan.debt
                .atMostOwed(margin.today())
                .add(BigDecimal.ONE)
                .movePointRight(2)
                .longValueExact();
        long sick = -1;
        while (healed - sick > 1) {
            long middle = sick + (healed - sick) / 2;
            BigDecimal left = loan.debt.scaledExposureAfter(BigDecimal.valueOf(middle, 2), margin.today());
            if (left.signum() == 0 || loan.compareLtv(left, value, level) <= 0) {
                healed = middle;
            } else {
                sick = middle;
            }
        }
        return BigDecimal.valueOf(healed, 2);
    }
}
