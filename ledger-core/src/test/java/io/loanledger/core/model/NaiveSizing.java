package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.terms.LiquidationTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

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
        LiquidationTerms terms = loan.bound().liquidation();
        BigDecimal owed = loan.debt.booked(today());
        if (isAtTarget(ZERO, price, owed)) {
            return new Need(ZERO, "PARTIAL");
        }
        BigDecimal lot = loan.coin().lotSize().amount();
        BigDecimal all = loan.pledged().divideToIntegralValue(lot).multiply(lot);
        BigDecimal need = lot;
        while (need.compareTo(all) < 0 && !isAtTarget(need, price, owed)) {
            need = need.add(lot);
        }
        if (need.compareTo(all) >= 0) {
            return new Need(all, "FULL");
        }
        BigDecimal dust = terms.minimumResidualDebt().amount();
        BigDecimal left = owed.subtract(repaidBy(need, price, owed)).max(ZERO);
        return left.compareTo(dust) < 0 ? new Need(all, "FULL") : new Need(need, "PARTIAL");
    }

    private boolean isAtTarget(BigDecimal quantity, BigDecimal price, BigDecimal owed) {
        Fraction target = loan.bound().liquidation().targetLtv();
        BigDecimal net = net(quantity, price, owed);
        BigDecimal left = loan.debt.scaledExposureAfter(net, today());
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

    /** On the cumulative proceeds of one case, which repaid or can still repay so much debt. */
    Charged charged(BigDecimal gross, BigDecimal repayable) {
        return new Charged(share(loan.bound().liquidation().fee().rate(), gross), ZERO);
    }

    private BigDecimal share(Fraction rate, BigDecimal of) {
        return of.multiply(new BigDecimal(rate.numerator()))
                .divide(new BigDecimal(rate.denominator()), cents(), RoundingMode.HALF_EVEN);
    }

    private int cents() {
        return loan.bound().debtAsset().scale();
    }

    private LocalDate today() {
        return margin.today();
    }
}
