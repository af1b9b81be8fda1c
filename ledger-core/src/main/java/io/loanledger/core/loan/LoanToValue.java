package io.loanledger.core.loan;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.HaircutTier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Objects;

/**
 * A loan-to-value ratio as an exact quotient of two whole decimals; nothing is rounded before a comparison.
 *
 * <p>{@link Exposure} / (what counts of pledged x price + what is stabilised), both multiplied by the interest's divisor (so that accrued
 * interest is a decimal) and by the haircuts' denominators. Collateral worth nothing under a debt is an infinite ratio.
 *
 * @param numerator exposure x common factor
 * @param denominator collateral value x common factor
 * @param factor the common factor
 * @param fixed the part of the denominator that the price of the quoted coin does not change
 * @param quote at which it stands
 */
record LoanToValue(BigDecimal numerator, BigDecimal denominator, BigInteger factor, BigDecimal fixed, Quote quote) {

    /** Of a live debt on a day at a price. */
    static LoanToValue of(Loan loan, Quote quote, LocalDate day) {
        return of(loan, loan.debt(), quote.coin(loan).pledged(), quote, day);
    }

    /** Of a debt and a quantity that the loan does not have (yet): what a sale, a release or an issue would leave. */
    static LoanToValue of(Loan loan, Debt debt, Quantity pledged, Quote quote, LocalDate day) {
        CollateralTerms terms = quote.terms(loan);
        BigDecimal divisor = new BigDecimal(loan.terms().terms().interest().divisor());
        BigInteger countedFactor = terms.countedFactor();
        // With a price of the debt both sides are in its currency: value x 10^places / units.
        BigInteger common = countedFactor.multiply(quote.debtUnits());
        BigInteger factor = divisor.toBigInteger().multiply(common);
        BigDecimal exposure = Exposure.timesDivisor(loan.terms(), debt, quote.clock(), day);
        BigDecimal coin = quote.counted()
                .multiply(terms.countedTimesFactor(pledged))
                .multiply(divisor)
                .multiply(quote.debtPlaces());
        Money stabilised = loan.settlement().stabilised();
        BigDecimal fixed =
                stabilised.isZero() ? BigDecimal.ZERO : stabilised.amount().multiply(new BigDecimal(factor));
        if (!quote.others().isEmpty()) {
            fixed = fixed.add(quote.besides().multiply(new BigDecimal(factor)));
        }
        return new LoanToValue(exposure.multiply(new BigDecimal(common)), coin.add(fixed), factor, fixed, quote);
    }

    /** Of a principal that is not disbursed. */
    static LoanToValue ofPrincipal(Loan loan, Quote quote) {
        LocalDate requestedOn =
                Draft.dateOf(Objects.requireNonNull(loan.application()).requestedAt());
        return of(
                loan,
                Exposure.contingent(loan, quote.clock(), requestedOn),
                quote.coin(loan).pledged(),
                quote,
                requestedOn);
    }

    boolean meets(Threshold threshold) {
        return threshold.isMetBy(numerator, denominator);
    }

    boolean isAtOrUnder(Fraction limit) {
        return limit.compareRatio(numerator, denominator) <= 0;
    }

    /** Whether this ratio is no higher than another, by cross-products. */
    boolean isAtOrUnder(LoanToValue other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator)) <= 0;
    }

    /** @param index the record of the quoted coin's market */
    PriceEvidence evidence(Loan loan, IndexPrice index, Threshold threshold) {
        Agreement agreement = loan.terms();
        CollateralTerms coin = quote.terms(loan);
        Quantity pledged = quote.coin(loan).pledged();
        Money exposure = Money.roundedHalfEven(
                numerator.divide(
                        new BigDecimal(factor), agreement.terms().debtAsset().scale() + 6, RoundingMode.HALF_EVEN),
                agreement.terms().debtAsset());
        return new PriceEvidence(
                index,
                exposure,
                pledged,
                coin.haircut(),
                threshold,
                numerator,
                denominator,
                agreement.terms().productId(),
                agreement.terms().version(),
                agreement.terms().exposureBasis(),
                loan.maturity(),
                coin.tiers().size() == 1 && quote.addOn().signum() == 0
                        ? null
                        : Prices.lessAddOn(coin.counted(pledged), quote.addOn()),
                loan.settlement().stabilised().isZero()
                        ? null
                        : loan.settlement().stabilised(),
                quote.others(),
                quote.addOn().signum() == 0 ? null : quote.addOn(),
                quote.debt());
    }

    /**
     * Of the quoted coin, what brings the ratio to the limit when added, rounded up to the coin's scale; zero when it is there already. Walks the tiers:
     * with 6.2 to count where all beyond 5 counts four fifths, 5 + 1.2 / 0.8 = 6.5 coins are needed.
     */
    Quantity topUpTo(Fraction limit, Loan loan) {
        CollateralTerms terms = quote.terms(loan);
        Quantity pledged = quote.coin(loan).pledged();
        Quantity zero = Quantity.zero(pledged.asset());
        BigDecimal needed = numerator
                .multiply(new BigDecimal(limit.denominator()))
                .subtract(fixed.multiply(new BigDecimal(limit.numerator())));
        // factor = divisor x countedFactor; a coin that counts in full is worth price x divisor x limit of what is
        // needed.
        BigDecimal perCounted = new BigDecimal(
                        factor.divide(terms.countedFactor().multiply(quote.debtUnits()))
                                .multiply(limit.numerator()))
                .multiply(quote.counted())
                .multiply(quote.debtPlaces());
        BigDecimal quantity = BigDecimal.ZERO;
        for (int i = 0; i < terms.tiers().size(); i++) {
            HaircutTier tier = terms.tiers().get(i);
            BigDecimal lacking =
                    needed.subtract(terms.countedTimesFactor(tier.over()).multiply(perCounted));
            BigDecimal perUnit = perCounted.multiply(new BigDecimal(terms.perUnit(tier)));
            quantity = tier.over()
                    .amount()
                    .add(lacking.divide(perUnit, pledged.asset().scale(), RoundingMode.CEILING));
            boolean last = i + 1 == terms.tiers().size();
            if (last || quantity.compareTo(terms.tiers().get(i + 1).over().amount()) <= 0) {
                break;
            }
        }
        return new Quantity(quantity, pledged.asset()).minus(pledged).max(zero);
    }

    /**
     * Money that brings the ratio to the limit when it is repaid on the day, through the waterfall; rounded up to the currency's scale. With
     * X the exposure over limit x value, A what the waterfall pays before principal and b what a unit of principal lowers the exposure by:
     * the lesser of X, where A counts, and A + (X - A)/b; where A does not count, A + X/b. That is exact where {@linkplain Exposure#relievesEvenly
     * all of principal comes last}, and else the first guess.
     */
    Money repaymentTo(Fraction limit, Loan loan, RateClock clock, LocalDate day) {
        Money zero = Money.zero(loan.terms().terms().debtAsset());
        BigDecimal excess = excessOver(limit);
        if (excess.signum() <= 0) {
            return zero;
        }
        Exposure.Relief relief = Exposure.relief(loan.terms(), loan.debt(), clock, day);
        BigDecimal unit = new BigDecimal(factor.multiply(limit.denominator()));
        int scale = zero.currency().scale();
        BigDecimal ahead = relief.ahead().amount();
        // All over b's own denominator: A + (X - A)/b = (X x under + A x (over - under)) / over
        BigDecimal dividend = excess.multiply(new BigDecimal(relief.under()))
                .add(ahead.multiply(unit).multiply(new BigDecimal(relief.excessOverAhead())));
        BigDecimal amount = dividend.divide(unit.multiply(new BigDecimal(relief.over())), scale, RoundingMode.CEILING);
        Money guess = new Money(
                relief.aheadCounts() ? amount.min(excess.divide(unit, scale, RoundingMode.CEILING)) : amount,
                zero.currency());
        return Exposure.relievesEvenly(loan) ? guess : leastRepaymentTo(limit, loan, clock, day, guess);
    }

    /** The same where no formula tells it: money is tried, through the loan's own waterfall. */
    private Money leastRepaymentTo(Fraction limit, Loan loan, RateClock clock, LocalDate day, Money guess) {
        Debt debt = loan.debt();
        Debt posted = debt.postedThrough(clock, day);
        BigDecimal counted = new BigDecimal(quote.terms(loan).countedFactor().multiply(quote.debtUnits()));
        BigInteger least = LeastNumber.that(
                smallest -> {
                    Money money =
                            new Money(new BigDecimal(smallest, guess.amount().scale()), guess.currency());
                    Debt after = posted.withAllocated(loan.spread(posted, money), clock, day);
                    BigDecimal exposure = Exposure.timesDivisor(loan.terms(), after, clock, day);
                    return limit.compareRatio(exposure.multiply(counted), denominator) <= 0;
                },
                BigInteger.ZERO,
                // What is accrued may be a part of the smallest unit more than what is posted.
                atMost(posted).amount().unscaledValue().add(BigInteger.ONE),
                guess.amount().unscaledValue());
        return new Money(new BigDecimal(least, guess.amount().scale()), guess.currency());
    }

    /** All that money can pay: what was posted too much of one component pays nothing of another. */
    private static Money atMost(Debt debt) {
        Money zero = Money.zero(debt.principal().currency());
        return debt.principal()
                .plus(debt.interest().max(zero))
                .plus(debt.fees())
                .plus(debt.charges().costs())
                .plus(debt.charges().penalties().max(zero));
    }

    /** Exposure - limit x value, times {@link #factor} x the limit's denominator. */
    BigDecimal excessOver(Fraction limit) {
        return numerator
                .multiply(new BigDecimal(limit.denominator()))
                .subtract(denominator.multiply(new BigDecimal(limit.numerator())));
    }

    static BigDecimal priceOf(IndexPrice index) {
        return Objects.requireNonNull(index.price(), "an index record without a price decides nothing");
    }
}
