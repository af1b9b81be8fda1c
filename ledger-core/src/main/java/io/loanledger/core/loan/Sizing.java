package io.loanledger.core.loan;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.terms.LiquidationTerms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * How much to sell: the smallest lot multiple after which the loan, through its own waterfall, fee and haircut, stands at or under
 * its target; all of it when none does, or when too little debt would be left.
 *
 * @param mode partial or full
 * @param quantity to sell from now on; zero when the loan stands at its target already
 */
record Sizing(SaleMode mode, Quantity quantity) {

    /** At a price, on a day, from the coin that is free or reserved and unsold. Interest counts as posted through the day. */
    static Sizing of(Loan loan, BigDecimal price, LocalDate day) {
        Fraction target = loan.terms().terms().liquidation().targetLtv();
        Quantity zero = Quantity.zero(loan.collateral().asset());
        if (LoanToValue.of(loan, price, day).isAtOrUnder(target)) {
            return new Sizing(SaleMode.PARTIAL, zero);
        }
        Quantity lot = loan.terms().collateralTerms().lotSize();
        BigInteger lots = lotsIn(loan.collateral().pledged(), lot);
        BigInteger sold = smallestSufficient(loan, price, day, lots);
        if (sold.compareTo(lots) >= 0) {
            return new Sizing(SaleMode.FULL, times(lot, lots));
        }
        Quantity quantity = times(lot, sold);
        Money minimum = loan.terms().terms().liquidation().minimumResidualDebt();
        return debtAfter(loan, quantity, price, day).posted().compareTo(minimum) < 0
                ? new Sizing(SaleMode.FULL, times(lot, lots))
                : new Sizing(SaleMode.PARTIAL, quantity);
    }

    /**
     * The smallest sufficient number of lots, or {@code lots} when fewer do not suffice. The closed form
     * V = (D - L x C) / ((1 - f) - L x (1 - h)), with C after haircut h, ignores the rounding of proceeds and fee to the cent and is
     * therefore only the first guess; single steps find the exact one.
     */
    private static BigInteger smallestSufficient(Loan loan, BigDecimal price, LocalDate day, BigInteger lots) {
        BigInteger guess = closedForm(loan, price, day, lots);
        while (guess.compareTo(lots) < 0 && !suffices(loan, guess, price, day)) {
            guess = guess.add(BigInteger.ONE);
        }
        while (guess.signum() > 0 && suffices(loan, guess.subtract(BigInteger.ONE), price, day)) {
            guess = guess.subtract(BigInteger.ONE);
        }
        return guess;
    }

    private static BigInteger closedForm(Loan loan, BigDecimal price, LocalDate day, BigInteger lots) {
        LoanToValue ltv = LoanToValue.of(loan, price, day);
        LiquidationTerms terms = loan.terms().terms().liquidation();
        Fraction target = terms.targetLtv();
        Fraction kept = terms.feeRate().complement();
        Fraction counted = loan.terms().collateralTerms().haircut().complement();
        BigDecimal perLot =
                price.multiply(loan.terms().collateralTerms().lotSize().amount());
        // All over the common denominator target.d x kept.d x counted.d; the ratio's own factor divides the dividend.
        BigDecimal dividend = ltv.numerator()
                .multiply(new BigDecimal(target.denominator()))
                .subtract(ltv.denominator().multiply(new BigDecimal(target.numerator())))
                .multiply(new BigDecimal(kept.denominator()))
                .multiply(new BigDecimal(counted.denominator()));
        BigInteger share = kept.numerator()
                .multiply(target.denominator())
                .multiply(counted.denominator())
                .subtract(target.numerator().multiply(counted.numerator()).multiply(kept.denominator()));
        if (share.signum() <= 0) {
            return lots;
        }
        BigDecimal divisor = new BigDecimal(ltv.factor().multiply(share)).multiply(perLot);
        BigInteger guess =
                dividend.divide(divisor, 0, RoundingMode.CEILING).toBigInteger().max(BigInteger.ONE);
        return guess.min(lots);
    }

    private static boolean suffices(Loan loan, BigInteger lots, BigDecimal price, LocalDate day) {
        Quantity sold = times(loan.terms().collateralTerms().lotSize(), lots);
        Debt after = debtAfter(loan, sold, price, day);
        Quantity left = loan.collateral().pledged().minus(sold);
        return LoanToValue.of(loan, after, left, price, day)
                .isAtOrUnder(loan.terms().terms().liquidation().targetLtv());
    }

    private static Debt debtAfter(Loan loan, Quantity sold, BigDecimal price, LocalDate day) {
        Fraction rate = loan.terms().terms().annualRate();
        Debt debt = loan.debt();
        Debt posted = debt.withInterestPosted(debt.interestToPost(rate, day), day);
        Money gross = Money.roundedDown(
                price.multiply(sold.amount()), debt.principal().currency());
        Money fee = loan.terms().terms().liquidation().feeRate().timesRoundedHalfEven(gross);
        return posted.withAllocated(posted.allocate(gross.minus(fee)), day);
    }

    static BigInteger lotsIn(Quantity quantity, Quantity lot) {
        return quantity.isPositive()
                ? quantity.amount().divideToIntegralValue(lot.amount()).toBigInteger()
                : BigInteger.ZERO;
    }

    private static Quantity times(Quantity lot, BigInteger lots) {
        return new Quantity(lot.amount().multiply(new BigDecimal(lots)), lot.asset());
    }
}
