package io.loanledger.local.soak.world;

import io.loanledger.local.sim.SeededChoice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * The price of bitcoin in a soak: every {@link #PERIOD} a March 2020 of its own. It stands at 8,000 USD, falls evenly by up to 52 %, stays
 * low and comes back, so that loans of every age are called, cured, sold and spared again and again. It is low for 27 s: longer than an
 * instance that is killed stays away, so that a fault does not hide the whole of it.
 *
 * <p>How deep a fall goes, from 45 % to 52 %, hangs on the seed and the wave's number. In no ten seconds does the price move by
 * the 30 % that halt a market: it falls by less than 16 % and rises by less than 25 %. A price-ingest that is away for longer may find a
 * move that does halt it: 13 s at the beginning of the deepest wave's rise are enough.
 */
final class PriceWaves {

    static final Duration PERIOD = Duration.ofSeconds(150);

    private static final BigDecimal HIGH = new BigDecimal("8000.00");
    private static final long FALLS_FROM = 15_000;
    private static final long LOW_FROM = 75_000;
    private static final long RISES_FROM = 102_000;
    private static final long HIGH_FROM = 147_000;
    private static final long LEAST_FALL = 4_500;
    private static final int MORE_FALL = 701;
    private static final long UNIT = 10_000;

    private final SeededChoice choice;

    PriceWaves(SeededChoice choice) {
        this.choice = choice;
    }

    /** The price so long after the beginning; two decimals. */
    BigDecimal at(Duration elapsed) {
        long wave = elapsed.dividedBy(PERIOD);
        long within = elapsed.minus(PERIOD.multipliedBy(wave)).toMillis();
        long depth = LEAST_FALL + choice.below(MORE_FALL, "depth of the wave", Long.toString(wave));
        return at(depth, within);
    }

    /** The price in a wave that falls by so many ten-thousandths, so many milliseconds after its beginning. */
    static BigDecimal at(long depth, long within) {
        long share = depth * shareOfFall(within) / UNIT;
        return HIGH.multiply(BigDecimal.valueOf(UNIT - share))
                .divide(BigDecimal.valueOf(UNIT), 2, RoundingMode.HALF_EVEN);
    }

    /** How much of the fall is reached, in ten-thousandths. */
    private static long shareOfFall(long millis) {
        if (millis < FALLS_FROM || millis >= HIGH_FROM) {
            return 0;
        }
        if (millis < LOW_FROM) {
            return (millis - FALLS_FROM) * UNIT / (LOW_FROM - FALLS_FROM);
        }
        return millis < RISES_FROM ? UNIT : (HIGH_FROM - millis) * UNIT / (HIGH_FROM - RISES_FROM);
    }

    static BigDecimal high() {
        return HIGH;
    }
}
