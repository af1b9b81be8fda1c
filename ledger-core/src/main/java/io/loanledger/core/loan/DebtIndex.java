package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * What a unit of the debt counted for in a price decision.
 *
 * @param quote the currency of the prices
 * @param market whose index priced the debt's currency
 * @param epoch the index writer's epoch
 * @param sequence the index price's number in that epoch
 * @param priceTime time of the index price
 * @param measure the price, or 1 where the terms floor it there; over 0
 */
public record DebtIndex(Asset quote, String market, long epoch, long sequence, Instant priceTime, BigDecimal measure) {
    public DebtIndex {
        if (measure.signum() <= 0) {
            throw new IllegalArgumentException("a debt counts for more than " + measure);
        }
    }

    /** The measure is units / 10^places. */
    BigInteger units() {
        return measure.scale() < 0 ? measure.toBigIntegerExact() : measure.unscaledValue();
    }

    int places() {
        return Math.max(measure.scale(), 0);
    }

    /** What an amount of the quote currency is in the debt's, rounded down. */
    static BigDecimal inDebt(BigDecimal amount, BigDecimal measure, int scale) {
        return amount.divide(measure, scale, RoundingMode.DOWN);
    }
}
