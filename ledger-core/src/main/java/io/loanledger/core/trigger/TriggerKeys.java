package io.loanledger.core.trigger;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Turns prices into the long keys of a {@link TriggerIndex}: price x 10^scale, at one fixed scale per market.
 *
 * <p>The rounding errs on the side of looking early. With t(p) = floor(p x 10^s) for a tick:
 *
 * <ul>
 *   <li>falling, k = ceiling(trigger x 10^s): price at or under trigger implies t(price) at or under k;
 *   <li>rising, k = floor(trigger x 10^s): price at or over trigger implies t(price) at or over k.
 * </ul>
 *
 * At scale 2 a falling trigger of 70.001 becomes 7001, a rising one 7000; the tick 70.009 is 7000.
 *
 * <p>Values outside a long stop at its ends, which keeps both implications: a falling trigger too high for a long is looked at with
 * every tick, and a rising one too high for a long is looked at by a tick that is itself too high for a long. At scale 8 the end lies
 * at 92 billion.
 */
public final class TriggerKeys {
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal SMALLEST = BigDecimal.valueOf(Long.MIN_VALUE);

    private TriggerKeys() {}

    /** For a loan that must be looked at when the price is at or under this one. */
    public static long fallingKeyRoundedUp(BigDecimal triggerPrice, int scale) {
        return saturated(triggerPrice, scale, RoundingMode.CEILING);
    }

    /** For a loan that must be looked at when the price is at or over this one. */
    public static long risingKeyRoundedDown(BigDecimal triggerPrice, int scale) {
        return saturated(triggerPrice, scale, RoundingMode.FLOOR);
    }

    /** A price that was seen, for both sides. */
    public static long tickKeyRoundedDown(BigDecimal price, int scale) {
        return saturated(price, scale, RoundingMode.FLOOR);
    }

    private static long saturated(BigDecimal price, int scale, RoundingMode rounding) {
        BigDecimal shifted = price.scaleByPowerOfTen(scale);
        // Compared before the integer is built: 1E+1000000 would else be written out in full.
        if (shifted.compareTo(LARGEST) >= 0) {
            return Long.MAX_VALUE;
        }
        if (shifted.compareTo(SMALLEST) <= 0) {
            return Long.MIN_VALUE;
        }
        return shifted.setScale(0, rounding).longValueExact();
    }
}
