package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The debt that a loan's terms put over its collateral, times {@link Loan#unit}; and what money does to it. */
final class Exposures {
    private Exposures() {}

    static BigDecimal on(Loan loan, int day) {
        Agreed agreed = loan.terms().agreed();
        if (agreed.ofPrincipal()) {
            return loan.principal.multiply(loan.unit());
        }
        return loan.scaledOutstanding(agreed.ofTotalObligation() ? lastDay(loan, day) : day);
    }

    /** A total obligation counts interest through the maturity. */
    private static int lastDay(Loan loan, int day) {
        Integer maturity = loan.terms().agreed().maturity(loan.startedOn);
        return maturity == null ? day : Math.max(day, maturity);
    }

    /** Before the payout: the principal asked for, its term counted from the day of the request. */
    static BigDecimal promised(Loan loan) {
        Agreed agreed = loan.terms().agreed();
        BigDecimal interestOfTheTerm = agreed.ofTotalObligation()
                ? loan.asked
                        .multiply(
                                BigDecimal.valueOf(agreed.run(loan.requestedOn, loan.requestedOn + agreed.termDays())))
                        .multiply(loan.terms().annualRate().over())
                : ZERO;
        return loan.asked.multiply(loan.unit()).add(interestOfTheTerm);
    }

    /** What the waterfall would pay before principal on a day. */
    private static BigDecimal beforePrincipal(Loan loan, int day) {
        return loan.fees
                .max(ZERO)
                .add(loan.interest.add(loan.interestToPost(day)).max(ZERO));
    }

    /** The exposure on a day after money has gone through the waterfall on that day. */
    static BigDecimal after(Loan loan, BigDecimal money, int day) {
        BigDecimal repaid = money.subtract(beforePrincipal(loan, day)).max(ZERO).min(loan.principal);
        if (loan.terms().agreed().ofPrincipal()) {
            return loan.principal.subtract(repaid).multiply(loan.unit());
        }
        return on(loan, day)
                .subtract(money.multiply(loan.unit()))
                .subtract(repaid.multiply(interestToCome(loan, day)))
                .max(ZERO);
    }

    /** What a unit of principal would still bear through the maturity, where that is counted. */
    private static BigDecimal interestToCome(Loan loan, int day) {
        return loan.terms().agreed().ofTotalObligation()
                ? loan.parts(day, lastDay(loan, day))
                        .multiply(loan.terms().annualRate().over())
                : ZERO;
    }

    /**
     * The money that lowers the exposure by an excess, given times the unit and another factor, rounded up: first what stands before principal, which lowers it by as much or,
     * where principal alone counts, by nothing; then principal, and with it what it would still bear.
     */
    static BigDecimal repayment(Loan loan, BigDecimal scaledExcess, BigDecimal factor, int day) {
        int places = loan.terms().debtScale();
        BigDecimal before = beforePrincipal(loan, day);
        boolean counts = !loan.terms().agreed().ofPrincipal();
        BigDecimal unit = loan.unit().multiply(factor);
        BigDecimal covered = counts ? before.multiply(unit) : ZERO;
        if (counts && scaledExcess.compareTo(covered) <= 0) {
            return scaledExcess.divide(unit, places, RoundingMode.CEILING);
        }
        BigDecimal perPrincipal = unit.add(interestToCome(loan, day).multiply(factor));
        return before.add(scaledExcess.subtract(covered).divide(perPrincipal, places, RoundingMode.CEILING));
    }
}
