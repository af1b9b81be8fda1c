package io.loanledger.local.soak.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.local.sim.SeededChoice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceWavesTest {

    private static final long SHALLOWEST = 4_000;
    private static final long DEEPEST = 5_200;

    @ParameterizedTest(name = "{0} of 10,000 deep, after {1} s")
    @CsvSource({
        "5200,   0.0, 8000.00",
        "5200,  20.0, 8000.00",
        "5200,  55.0, 5920.00",
        "5200,  90.0, 3840.00",
        "5200,  98.0, 3840.00",
        "5200, 121.5, 5920.00",
        "5200, 145.0, 8000.00",
        "4000,  55.0, 6400.00",
        "4000,  94.0, 4800.00",
        "4000, 121.5, 6400.00",
    })
    void fallsStaysLowAndComesBack(long depth, BigDecimal seconds, BigDecimal price) {
        assertThat(PriceWaves.at(depth, seconds.movePointRight(3).longValueExact()))
                .isEqualTo(price);
    }

    @Test
    void everyWaveIsBetweenTheShallowestAndTheDeepest() {
        var waves = new PriceWaves(new SeededChoice(1));
        for (int wave = 0; wave < 200; wave++) {
            Duration begins = PriceWaves.PERIOD.multipliedBy(wave);
            assertThat(waves.at(begins)).isEqualTo(PriceWaves.high());
            assertThat(waves.at(begins.plusSeconds(94)))
                    .isBetween(PriceWaves.at(DEEPEST, 94_000), PriceWaves.at(SHALLOWEST, 94_000));
        }
    }

    @Test
    void noTenSecondsHaltTheMarketAndFourteenOfTheSteepestRiseDo() {
        BigDecimal lowest = BigDecimal.ZERO;
        BigDecimal highest = BigDecimal.ZERO;
        for (long from = 0; from < PriceWaves.PERIOD.toMillis(); from += 250) {
            BigDecimal move = move(from, 10_000);
            lowest = lowest.min(move);
            highest = highest.max(move);
        }
        // From 4,435.20 to 3,840.00 and from 3,840.00 to 4,725.60.
        assertThat(lowest).isEqualByComparingTo("-0.1342");
        assertThat(highest).isEqualByComparingTo("0.2306");
        assertThat(move(98_000, 14_000)).isGreaterThan(new BigDecimal("0.30"));
    }

    /** By which part of itself the price of the deepest wave moves, to four decimals. */
    private static BigDecimal move(long from, long millis) {
        BigDecimal before = PriceWaves.at(DEEPEST, from);
        BigDecimal after =
                PriceWaves.at(DEEPEST, (from + millis) % PriceWaves.PERIOD.toMillis());
        return after.subtract(before).divide(before, 4, RoundingMode.HALF_EVEN);
    }
}
