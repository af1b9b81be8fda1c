package io.loanledger.liquidation;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Decimals;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text fields of one record and keeps the first problem. After a problem the values are of no use: the caller asks for it
 * before it builds anything of them.
 */
final class Fields {
    private @Nullable String problem;

    /** What is wrong with the record; null when nothing is. */
    @Nullable
    String problem() {
        return problem;
    }

    void require(boolean holds, String otherwise) {
        if (!holds && problem == null) {
            problem = otherwise;
        }
    }

    /** A plain decimal, of any sign and scale. */
    BigDecimal decimal(String name, String text) {
        BigDecimal number = Decimals.parse(text).orElse(null);
        require(number != null, name + " is not a plain decimal number");
        return number == null ? BigDecimal.ZERO : number;
    }

    BigDecimal positive(String name, String text) {
        BigDecimal number = decimal(name, text);
        require(number.signum() > 0, name + " is not positive");
        return number;
    }

    BigDecimal notNegative(String name, String text) {
        BigDecimal number = decimal(name, text);
        require(number.signum() >= 0, name + " is negative");
        return number;
    }

    /** A quantity that is not negative and no finer than its asset. */
    Quantity quantity(String name, String text, Asset asset) {
        BigDecimal number = atScale(name, notNegative(name, text), asset);
        return new Quantity(number, asset);
    }

    Money money(String name, String text, Asset currency) {
        BigDecimal number = atScale(name, notNegative(name, text), currency);
        return new Money(number, currency);
    }

    private BigDecimal atScale(String name, BigDecimal number, Asset asset) {
        boolean fits = number.stripTrailingZeros().scale() <= asset.scale();
        require(fits, name + " is finer than " + asset.scale() + " decimal places of " + asset);
        return fits ? number.setScale(asset.scale()) : BigDecimal.ZERO;
    }

    Fraction fraction(String name, String numerator, String denominator) {
        BigInteger above = whole(name, numerator);
        BigInteger below = whole(name, denominator);
        require(above.signum() >= 0 && below.signum() > 0, name + " is not a fraction");
        return problem == null ? new Fraction(above, below) : Fraction.ZERO;
    }

    private BigInteger whole(String name, String text) {
        BigDecimal number = decimal(name, text);
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        require(whole, name + " is not made of whole numbers");
        return whole ? number.toBigIntegerExact() : BigInteger.ZERO;
    }
}
