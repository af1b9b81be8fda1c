package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.apache.avro.generic.GenericRecord;

/** An exact fraction in its lowest terms. */
record Ratio(BigInteger numerator, BigInteger denominator) {
    static final Ratio ZERO = new Ratio(BigInteger.ZERO, BigInteger.ONE);
    static final Ratio ONE = new Ratio(BigInteger.ONE, BigInteger.ONE);

    Ratio {
        BigInteger common = numerator.gcd(denominator);
        if (common.compareTo(BigInteger.ONE) > 0) {
            numerator = numerator.divide(common);
            denominator = denominator.divide(common);
        }
    }

    static Ratio read(GenericRecord record) {
        return new Ratio(
                new BigInteger(record.get("numerator").toString()),
                new BigInteger(record.get("denominator").toString()));
    }

    /** "0.0099" is 99/10000. */
    static Ratio ofDecimal(String text) {
        BigDecimal number = new BigDecimal(text);
        int scale = Math.max(0, number.scale());
        return new Ratio(number.movePointRight(scale).toBigIntegerExact(), BigInteger.TEN.pow(scale));
    }

    BigDecimal over() {
        return new BigDecimal(numerator);
    }

    BigDecimal under() {
        return new BigDecimal(denominator);
    }

    /** 1 - this. */
    Ratio rest() {
        return new Ratio(denominator.subtract(numerator), denominator);
    }

    Ratio plus(Ratio other) {
        return new Ratio(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    boolean isZero() {
        return numerator.signum() == 0;
    }

    BigDecimal timesRoundedHalfEven(BigDecimal amount, int scale) {
        return amount.multiply(over()).divide(under(), scale, RoundingMode.HALF_EVEN);
    }

    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}
