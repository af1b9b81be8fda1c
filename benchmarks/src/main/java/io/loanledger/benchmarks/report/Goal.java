package io.loanledger.benchmarks.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * What a figure has to reach.
 *
 * @param direction on which side of the limit it may lie; the limit itself is good enough
 * @param limit in the figure's own unit
 */
public record Goal(Direction direction, double limit) {

    private static final int DIGITS = 3;

    /** Which side is the good one. */
    public enum Direction {
        AT_LEAST(">=", RoundingMode.FLOOR),
        AT_MOST("<=", RoundingMode.CEILING);

        private final String sign;
        private final RoundingMode unfavourable;

        Direction(String sign, RoundingMode unfavourable) {
            this.sign = sign;
            this.unfavourable = unfavourable;
        }
    }

    public static Goal atLeast(double limit) {
        return new Goal(Direction.AT_LEAST, limit);
    }

    public static Goal atMost(double limit) {
        return new Goal(Direction.AT_MOST, limit);
    }

    /** Whether the exact figure reaches it, not the shown one. */
    public boolean isMetBy(double figure) {
        return switch (direction) {
            case AT_LEAST -> figure >= limit;
            case AT_MOST -> figure <= limit;
        };
    }

    /** Three digits, rounded to the side that is worse, so that nothing that falls short looks as if it did not: 0.9996 is 0.999. */
    public String shown(double figure) {
        BigDecimal rounded = new BigDecimal(figure).round(new MathContext(DIGITS, direction.unfavourable));
        int missing = Math.max(0, DIGITS - rounded.precision());
        return rounded.setScale(rounded.scale() + missing).toPlainString();
    }

    /** For example {@code >=0.5}. */
    @Override
    public String toString() {
        return direction.sign
                + new BigDecimal(Double.toString(limit)).stripTrailingZeros().toPlainString();
    }
}
