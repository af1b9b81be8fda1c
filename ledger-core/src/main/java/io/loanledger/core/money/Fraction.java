package io.loanledger.core.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An exact, non-negative fraction, kept as the lender states it (70/100, or 2/3 for a collateral-to-principal ratio of 150 %).
 * Comparisons are exact cross-products: 2/3 never becomes 0.666667.
 */
public record Fraction(BigInteger numerator, BigInteger denominator) implements Comparable<Fraction> {
    public static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);
    public static final Fraction ONE = new Fraction(BigInteger.ONE, BigInteger.ONE);

    public Fraction {
        if (denominator.signum() <= 0) {
            throw new IllegalArgumentException("a denominator is positive, not " + denominator);
        }
        if (numerator.signum() < 0) {
            throw new IllegalArgumentException("a fraction is not negative: " + numerator + "/" + denominator);
        }
    }

    public static Fraction of(long numerator, long denominator) {
        return new Fraction(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    /** 0.0099 becomes 99/10000. */
    public static Fraction ofDecimal(BigDecimal decimal) {
        return decimal.scale() <= 0
                ? new Fraction(decimal.toBigIntegerExact(), BigInteger.ONE)
                : new Fraction(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()));
    }

    public static Fraction percent(long percent) {
        return of(percent, 100);
    }

    public boolean isZero() {
        return numerator.signum() == 0;
    }

    /** Exact; the denominator is the product of both, and this one's where the other is whole. */
    public Fraction plus(Fraction other) {
        return new Fraction(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    /** 1 - this; throws when this is greater than one. */
    public Fraction complement() {
        return new Fraction(denominator.subtract(numerator), denominator);
    }

    /**
     * Compares {@code part / whole} with this fraction exactly. A whole of zero is an infinite ratio: greater than every fraction
     * when the part is positive, equal to nothing owed on nothing (less) when the part is zero.
     *
     * @return negative, zero or positive as part/whole is under, at or over this fraction
     */
    public int compareRatio(BigDecimal part, BigDecimal whole) {
        if (whole.signum() <= 0) {
            return part.signum() > 0 ? 1 : -1;
        }
        return part.multiply(new BigDecimal(denominator)).compareTo(whole.multiply(new BigDecimal(numerator)));
    }

    /** this x amount, exact as (numerator x amount) before the division; half-even at the currency's scale. */
    public Money timesRoundedHalfEven(Money amount) {
        return Money.roundedHalfEven(dividedBy(amount, RoundingMode.HALF_EVEN), amount.currency());
    }

    private BigDecimal dividedBy(Money amount, RoundingMode rounding) {
        return amount.amount()
                .multiply(new BigDecimal(numerator))
                .divide(new BigDecimal(denominator), amount.currency().scale(), rounding);
    }

    @Override
    public int compareTo(Fraction other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    /** "70/100". */
    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}
