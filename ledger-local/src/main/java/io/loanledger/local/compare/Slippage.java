package io.loanledger.local.compare;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How far under the index the desk fills, whatever the size.
 *
 * @param basisPoints hundredths of a per cent of the price
 */
record Slippage(int basisPoints) {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(10_000);

    /** Proceeds in cents, rounded down. */
    BigDecimal proceeds(BigDecimal coins, BigDecimal price) {
        return coins.multiply(price)
                .multiply(WHOLE.subtract(BigDecimal.valueOf(basisPoints)))
                .divide(WHOLE)
                .setScale(2, RoundingMode.FLOOR);
    }
}
