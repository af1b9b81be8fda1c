package io.loanledger.core.price;

import io.loanledger.core.money.Fraction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** The exact arithmetic of the index; nothing is rounded but the mean, and that by name. */
final class IndexMath {
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private IndexMath() {}

    /** Of a non-empty list; the middle of the two middle ones when their number is even. Exact. */
    static BigDecimal median(List<BigDecimal> prices) {
        List<BigDecimal> sorted = prices.stream().sorted().toList();
        int upper = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(upper)
                : sorted.get(upper - 1).add(sorted.get(upper)).multiply(HALF);
    }

    /** Whether |price - reference| is more than this fraction of the reference; the limit itself is not. Exact. */
    static boolean isFurther(BigDecimal price, BigDecimal reference, Fraction limit) {
        return limit.compareRatio(price.subtract(reference).abs(), reference) > 0;
    }

    /** The price, or the nearer edge of [center x (1 - clamp), center x (1 + clamp)]. Exact for a clamp that terminates. */
    static BigDecimal clamped(BigDecimal price, BigDecimal center, Fraction clamp) {
        BigDecimal reach =
                center.multiply(new BigDecimal(clamp.numerator())).divide(new BigDecimal(clamp.denominator()));
        return price.max(center.subtract(reach)).min(center.add(reach));
    }

    /** The equal-weight mean of a non-empty list. */
    static BigDecimal meanRoundedHalfEven(List<BigDecimal> prices, int scale) {
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal price : prices) {
            sum = sum.add(price);
        }
        return sum.divide(BigDecimal.valueOf(prices.size()), scale, RoundingMode.HALF_EVEN);
    }
}
