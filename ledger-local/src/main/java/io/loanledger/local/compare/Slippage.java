package io.loanledger.local.compare;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How far under the index the desk fills, whatever the size.
 *
 * @param basisPoints hundredths of a per cent of the price
 */
record Slippage(int basisPoints) {
    private static final int COIN_SCALE = 8;
    private static final BigDecimal WHOLE = BigDecimal.valueOf(10_000);

    /** Coin for an amount, at as much over the index, rounded down. */
    BigDecimal bought(BigDecimal money, BigDecimal price) {
        return money.multiply(WHOLE)
                .divide(price.multiply(WHOLE.add(BigDecimal.valueOf(basisPoints))), COIN_SCALE, RoundingMode.FLOOR);
    }

    /** Proceeds in cents, rounded down. */
    BigDecimal proceeds(BigDecimal coins, BigDecimal price) {
        return coins.multiply(price)
                .multiply(WHOLE.subtract(BigDecimal.valueOf(basisPoints)))
                .divide(WHOLE)
                .setScale(2, RoundingMode.FLOOR);
    }
}
