package io.loanledger.ingest.scenario;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A price over time: straight lines between points that are percentages of an opening price. Before the first point it stands at the
 * first, after the last at the last. Exact but for one rounding, half-even at the given scale. Immutable.
 */
final class PricePath {
    private final BigDecimal open;
    private final int scale;
    private final NavigableMap<Instant, BigDecimal> percentages;

    private PricePath(BigDecimal open, int scale, NavigableMap<Instant, BigDecimal> percentages) {
        this.open = open;
        this.scale = scale;
        this.percentages = percentages;
    }

    /** Begins at 100 percent. */
    static Builder from(Instant start, String open, int scale) {
        return new Builder(start, new BigDecimal(open), scale);
    }

    Instant start() {
        return percentages.firstKey();
    }

    Instant end() {
        return percentages.lastKey();
    }

    int scale() {
        return scale;
    }

    BigDecimal priceAt(Instant at) {
        Map.Entry<Instant, BigDecimal> before = percentages.floorEntry(at);
        Map.Entry<Instant, BigDecimal> after = percentages.higherEntry(at);
        if (before == null || after == null) {
            BigDecimal percent = (before == null ? percentages.firstEntry() : before).getValue();
            return ofOpen(percent, BigDecimal.ONE);
        }
        // Multiplied out, so that there is a single division: (p0 x (T - t) + p1 x t) / T.
        BigDecimal span = micros(Duration.between(before.getKey(), after.getKey()));
        BigDecimal gone = micros(Duration.between(before.getKey(), at));
        BigDecimal weighted = before.getValue()
                .multiply(span.subtract(gone))
                .add(after.getValue().multiply(gone));
        return ofOpen(weighted, span);
    }

    private BigDecimal ofOpen(BigDecimal percent, BigDecimal divisor) {
        return open.multiply(percent).movePointLeft(2).divide(divisor, scale, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal micros(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos() / 1_000);
    }

    /** Takes points in any order; a later one for the same instant replaces the former. */
    static final class Builder {
        private final BigDecimal open;
        private final int scale;
        private final TreeMap<Instant, BigDecimal> points = new TreeMap<>();

        private Builder(Instant start, BigDecimal open, int scale) {
            this.open = open;
            this.scale = scale;
            points.put(start, new BigDecimal("100"));
        }

        Builder at(Instant instant, String percent) {
            return at(instant, new BigDecimal(percent));
        }

        Builder at(Instant instant, BigDecimal percent) {
            points.put(instant, percent);
            return this;
        }

        /** After the start by this much. */
        Builder after(Duration sinceStart, String percent) {
            return at(points.firstKey().plus(sinceStart), percent);
        }

        PricePath build() {
            return new PricePath(open, scale, new TreeMap<>(points));
        }
    }
}
