package io.loanledger.core.loan;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.CollateralTerms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Objects;

/**
 * A loan-to-value ratio as an exact quotient of two whole decimals; nothing is rounded before a comparison.
 *
 * <p>exposure / (pledged x price x (1 - haircut)), both multiplied by 365 x the rate's denominator (so that accrued interest is
 * a decimal) and by the haircut's denominator. Collateral worth nothing under a debt is an infinite ratio.
 *
 * @param numerator exposure x common factor
 * @param denominator collateral value x common factor
 * @param factor the common factor
 */
record LoanToValue(BigDecimal numerator, BigDecimal denominator, BigInteger factor) {

    /** Of a live debt on a day at a price. */
    static LoanToValue of(Loan loan, BigDecimal price, LocalDate day) {
        return of(loan, loan.debt(), loan.collateral().pledged(), price, day);
    }

    /** Of a debt and a quantity that the loan does not have (yet): what a sale, a release or an issue would leave. */
    static LoanToValue of(Loan loan, Debt debt, Quantity pledged, BigDecimal price, LocalDate day) {
        Fraction rate = loan.terms().terms().annualRate();
        CollateralTerms terms = loan.terms().collateralTerms();
        BigInteger divisor = Debt.divisor(rate);
        Fraction counted = terms.haircut().complement();
        BigDecimal exposure = debt.exposureTimesDivisor(rate, day);
        BigDecimal value = price.multiply(pledged.amount());
        return new LoanToValue(
                exposure.multiply(new BigDecimal(counted.denominator())),
                value.multiply(new BigDecimal(divisor)).multiply(new BigDecimal(counted.numerator())),
                divisor.multiply(counted.denominator()));
    }

    /** Of a principal that is not disbursed: contingent exposure carries no interest. */
    static LoanToValue ofPrincipal(Loan loan, BigDecimal price) {
        Debt contingent = Debt.none(loan.terms().terms().debtAsset())
                .withContingent(loan.terms().principal());
        return of(loan, contingent, loan.collateral().pledged(), price, LocalDate.EPOCH);
    }

    boolean meets(Threshold threshold) {
        return threshold.isMetBy(numerator, denominator);
    }

    boolean isAtOrUnder(Fraction limit) {
        return limit.compareRatio(numerator, denominator) <= 0;
    }

    PriceEvidence evidence(Loan loan, IndexPrice index, Threshold threshold) {
        Agreement agreement = loan.terms();
        Money exposure = Money.roundedHalfEven(
                numerator.divide(
                        new BigDecimal(factor), agreement.terms().debtAsset().scale() + 6, RoundingMode.HALF_EVEN),
                agreement.terms().debtAsset());
        return new PriceEvidence(
                index,
                exposure,
                loan.collateral().pledged(),
                agreement.collateralTerms().haircut(),
                threshold,
                numerator,
                denominator,
                agreement.terms().productId(),
                agreement.terms().version());
    }

    /** Coin that brings the ratio to the limit when added, rounded up to the coin's scale; zero when it is there already. */
    Quantity topUpTo(Fraction limit, Loan loan, BigDecimal price) {
        Fraction counted = loan.terms().collateralTerms().haircut().complement();
        Quantity pledged = loan.collateral().pledged();
        // numerator / factor = E; needed quantity = E / (limit x price x counted) - pledged
        BigDecimal dividend =
                numerator.multiply(new BigDecimal(limit.denominator())).multiply(new BigDecimal(counted.denominator()));
        BigDecimal divisor = new BigDecimal(factor)
                .multiply(new BigDecimal(limit.numerator()))
                .multiply(new BigDecimal(counted.numerator()))
                .multiply(price);
        BigDecimal needed = dividend.divide(divisor, pledged.asset().scale(), RoundingMode.CEILING);
        return new Quantity(needed, pledged.asset()).minus(pledged).max(Quantity.zero(pledged.asset()));
    }

    /** Money that brings the ratio to the limit when repaid, rounded up to the currency's scale. */
    Money repaymentTo(Fraction limit, Loan loan) {
        // E - limit x C, both over the common factor
        BigDecimal excess = numerator
                .multiply(new BigDecimal(limit.denominator()))
                .subtract(denominator.multiply(new BigDecimal(limit.numerator())));
        BigDecimal divisor = new BigDecimal(factor.multiply(limit.denominator()));
        Money zero = Money.zero(loan.terms().terms().debtAsset());
        BigDecimal amount = excess.divide(divisor, zero.currency().scale(), RoundingMode.CEILING);
        return new Money(amount, zero.currency()).max(zero);
    }

    static BigDecimal priceOf(IndexPrice index) {
        return Objects.requireNonNull(index.price(), "an index record without a price decides nothing");
    }
}
