package io.loanledger.core.money;

import java.math.BigDecimal;

/**
 * Units of a quote currency for ONE whole unit of a base asset (7,934.57 USD for 1 BTC). Positive; exact; at any scale the
 * venue quotes.
 */
public record Price(BigDecimal value, Asset base, Asset quote) {
    public Price {
        if (value.signum() <= 0) {
            throw new IllegalArgumentException("a price is positive, not " + value.toPlainString());
        }
    }

    public static Price of(String value, Asset base, Asset quote) {
        return new Price(new BigDecimal(value), base, quote);
    }

    /** The exact value; nothing is rounded: comparisons use this. */
    public BigDecimal exactValue(Quantity quantity) {
        if (!quantity.asset().equals(base)) {
            throw new IllegalArgumentException("a price of " + base + " does not value " + quantity.asset());
        }
        return value.multiply(quantity.amount());
    }

    /** The value in whole units of the quote currency's scale, never more than the exact one. */
    public Money valueRoundedDown(Quantity quantity) {
        return Money.roundedDown(exactValue(quantity), quote);
    }

    /** The value for display and gross settlement, half-even at the quote currency's scale. */
    public Money valueRoundedHalfEven(Quantity quantity) {
        return Money.roundedHalfEven(exactValue(quantity), quote);
    }

    @Override
    public String toString() {
        return value.toPlainString() + " " + base + "/" + quote;
    }
}
