package io.loanledger.streams.wire;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Numbers of the core as the wire writes them. */
final class WireText {
    /** More places than any rate is stated with. */
    private static final int RATE_PLACES = 18;

    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger FIVE = BigInteger.valueOf(5);

    private WireText() {}

    static String of(Money money) {
        return money.amount().toPlainString();
    }

    static String of(Quantity quantity) {
        return quantity.amount().toPlainString();
    }

    static String of(BigDecimal number) {
        return number.toPlainString();
    }

    /**
     * A rate as a decimal fraction. Exact for every rate that came as a decimal; one that has no end as a decimal (2/3) is half-even at
     * {@value #RATE_PLACES} places.
     */
    static String rateRoundedHalfEven(Fraction rate) {
        return rate(rate, RoundingMode.HALF_EVEN);
    }

    /** As {@link #rateRoundedHalfEven}, and never less than the rate. */
    static String rateRoundedUp(Fraction rate) {
        return rate(rate, RoundingMode.CEILING);
    }

    private static String rate(Fraction rate, RoundingMode rounding) {
        BigDecimal numerator = new BigDecimal(rate.numerator());
        BigDecimal denominator = new BigDecimal(rate.denominator());
        return isPowersOfTwoAndFive(rate)
                ? numerator.divide(denominator).toPlainString()
                : numerator.divide(denominator, RATE_PLACES, rounding).toPlainString();
    }

    private static boolean isPowersOfTwoAndFive(Fraction rate) {
        BigInteger rest = rate.denominator().divide(rate.denominator().gcd(rate.numerator()));
        while (rest.mod(TWO).signum() == 0) {
            rest = rest.divide(TWO);
        }
        while (rest.mod(FIVE).signum() == 0) {
            rest = rest.divide(FIVE);
        }
        return rest.equals(BigInteger.ONE);
    }
}
