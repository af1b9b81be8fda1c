package io.loanledger.core.loan;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.terms.LiquidationTerms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How much to sell: the smallest lot multiple after which the loan, through its own waterfall, fee and haircut, stands at or under
 * its target; all of it when none does, or when too little debt would be left.
 *
 * @param mode partial or full
 * @param quantity to sell from now on; zero when the loan stands at its target already
 */
record Sizing(SaleMode mode, Quantity quantity) {

    /** At a price, on a day, from the coin that is free or reserved and unsold. Interest counts as posted through the day. */
    static Sizing of(Loan loan, Quote quote, LocalDate day) {
        Fraction target = loan.terms().terms().liquidation().targetLtv();
        Quantity zero = Quantity.zero(loan.collateral().asset());
        if (LoanToValue.of(loan, quote, day).isAtOrUnder(target)) {
            return new Sizing(SaleMode.PARTIAL, zero);
        }
        Quantity lot = loan.terms().collateralTerms().lotSize();
        BigInteger lots = lotsIn(loan.collateral().pledged(), lot);
        BigInteger sold = smallestSufficient(loan, quote, day, lots);
        if (sold.compareTo(lots) >= 0) {
            return new Sizing(SaleMode.FULL, times(lot, lots));
        }
        Quantity quantity = times(lot, sold);
        Money minimum = loan.terms().terms().liquidation().minimumResidualDebt();
        return debtAfter(loan, quantity, quote, day).posted().compareTo(minimum) < 0
                ? new Sizing(SaleMode.FULL, times(lot, lots))
                : new Sizing(SaleMode.PARTIAL, quantity);
    }

    /**
     * The smallest sufficient number of lots, or {@code lots} when fewer do not suffice. The closed form ignores the rounding of proceeds
     * and fee to the cent, and knows no waterfall that pays principal before its end; it is the first guess.
     */
    private static BigInteger smallestSufficient(Loan loan, Quote quote, LocalDate day, BigInteger lots) {
        return LeastNumber.that(
                sold -> suffices(loan, sold, quote, day), BigInteger.ZERO, lots, closedForm(loan, quote, day, lots));
    }

    /**
     * With X the exposure over target x value, k the share of proceeds kept after the fee, c the share of coin that counts, A what the
     * waterfall pays before principal and b what a unit of principal lowers the exposure by, the value to sell is
     * V = (X + A x (b - 1)) / (b x k - L x c), or V = X / (k - L x c) when that is less; A x b where paying A lowers nothing. On the
     * outstanding basis b is 1, and without a haircut V = (D - L x C) / ((1 - f) - L).
     */
    private static BigInteger closedForm(Loan loan, Quote quote, LocalDate day, BigInteger lots) {
        LoanToValue ltv = LoanToValue.of(loan, quote, day);
        Exposure.Relief relief = Exposure.relief(loan.terms().terms(), loan.debt(), quote.clock(), day);
        BigDecimal excess = ltv.excessOver(loan.terms().terms().liquidation().targetLtv());
        BigDecimal ahead = relief.ahead()
                .amount()
                .multiply(new BigDecimal(ltv.factor()
                        .multiply(loan.terms().terms().liquidation().targetLtv().denominator())
                        .multiply(relief.excessOverAhead())));
        BigDecimal dividend = excess.multiply(new BigDecimal(relief.under())).add(ahead);
        BigInteger guess = lotsWorth(loan, quote.price(), ltv.factor(), dividend, relief.over(), relief.under());
        if (relief.aheadCounts() && guess != null && !relief.over().equals(relief.under())) {
            BigInteger early = lotsWorth(loan, quote.price(), ltv.factor(), excess, BigInteger.ONE, BigInteger.ONE);
            guess = early == null ? guess : guess.min(early);
        }
        return guess == null ? lots : guess.max(BigInteger.ONE).min(lots);
    }

    /** dividend / (over/under x k - L x c) in lots, rounded up; null when selling does not bring the ratio down. */
    private static @Nullable BigInteger lotsWorth(
            Loan loan, BigDecimal price, BigInteger factor, BigDecimal dividend, BigInteger over, BigInteger under) {
        LiquidationTerms terms = loan.terms().terms().liquidation();
        Fraction target = terms.targetLtv();
        Fraction kept = terms.fee().rate().complement();
        Fraction counted = loan.terms().collateralTerms().haircut().complement();
        BigInteger share = kept.numerator()
                .multiply(target.denominator())
                .multiply(counted.denominator())
                .multiply(over)
                .subtract(target.numerator()
                        .multiply(counted.numerator())
                        .multiply(kept.denominator())
                        .multiply(under));
        if (share.signum() <= 0) {
            return null;
        }
        BigDecimal perLot =
                price.multiply(loan.terms().collateralTerms().lotSize().amount());
        return dividend.multiply(new BigDecimal(kept.denominator().multiply(counted.denominator())))
                .divide(new BigDecimal(factor.multiply(share)).multiply(perLot), 0, RoundingMode.CEILING)
                .toBigInteger();
    }

    private static boolean suffices(Loan loan, BigInteger lots, Quote quote, LocalDate day) {
        Quantity sold = times(loan.terms().collateralTerms().lotSize(), lots);
        Debt after = debtAfter(loan, sold, quote, day);
        Quantity left = loan.collateral().pledged().minus(sold);
        return LoanToValue.of(loan, after, left, quote, day)
                .isAtOrUnder(loan.terms().terms().liquidation().targetLtv());
    }

    private static Debt debtAfter(Loan loan, Quantity sold, Quote quote, LocalDate day) {
        RateClock clock = quote.clock();
        Debt debt = loan.debt();
        Debt posted = debt.withInterestPosted(debt.interestToPost(clock, day), clock, day);
        Money gross = Money.roundedDown(
                quote.price().multiply(sold.amount()), debt.principal().currency());
        Money fee = loan.terms().terms().liquidation().fee().rate().timesRoundedHalfEven(gross);
        return posted.withAllocated(loan.spread(posted, gross.minus(fee)), clock, day);
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
