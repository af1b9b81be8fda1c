package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

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

    /** The smallest sufficient multiple of the lot; everything when none is, or when it leaves too little debt. */
    Need need(BigDecimal price) {
        BigDecimal lot = loan.coin().lot();
        BigDecimal pledged = loan.pledged();
        BigInteger lots = pledged.divideToIntegralValue(lot).toBigInteger();
        if (suffices(BigInteger.ZERO, lot, pledged, price)) {
            return new Need(ZERO, Sale.PARTIAL);
        }
        BigInteger tooFew = BigInteger.ZERO;
        BigInteger enough = lots;
        while (enough.subtract(tooFew).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = enough.add(tooFew).shiftRight(1);
            if (suffices(middle, lot, pledged, price)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        if (enough.compareTo(lots) >= 0) {
            return new Need(lot.multiply(new BigDecimal(lots)), Sale.FULL);
        }
        BigDecimal quantity = lot.multiply(new BigDecimal(enough));
        BigDecimal bookedDebt = loan.postedDebt().add(loan.interestToPost(answer.today()));
        BigDecimal left = bookedDebt.subtract(net(quantity, price)).max(ZERO);
        return left.compareTo(loan.terms().selling().minimumResidualDebt()) < 0
                ? new Need(lot.multiply(new BigDecimal(lots)), Sale.FULL)
                : new Need(quantity, Sale.PARTIAL);
    }

    private boolean suffices(BigInteger lots, BigDecimal lot, BigDecimal pledged, BigDecimal price) {
        BigDecimal quantity = lot.multiply(new BigDecimal(lots));
        BigDecimal left = Exposures.after(loan, net(quantity, price), answer.today());
        return loan.compareLtv(
                        left,
                        pledged.subtract(quantity),
                        price,
                        loan.terms().selling().target())
                <= 0;
    }

    private BigDecimal net(BigDecimal quantity, BigDecimal price) {
        BigDecimal gross = price.multiply(quantity).setScale(loan.terms().debtScale(), RoundingMode.DOWN);
        return gross.subtract(fee(gross));
    }

    BigDecimal fee(BigDecimal gross) {
        return loan.terms()
                .selling()
                .fee()
                .timesRoundedHalfEven(gross, loan.terms().debtScale());
    }
}
