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

    private static final long SHALLOWEST = 4_500;
    private static final long DEEPEST = 5_200;

    @ParameterizedTest(name = "{0} of 10,000 deep, after {1} s")
    @CsvSource({
        "5200,   0.0, 8000.00",
        "5200,  15.0, 8000.00",
        "5200,  45.0, 5920.00",
        "5200,  75.0, 3840.00",
        "5200, 102.0, 3840.00",
        "5200, 124.5, 5920.00",
        "5200, 147.0, 8000.00",
        "4500,  45.0, 6200.00",
        "4500,  90.0, 4400.00",
        "4500, 124.5, 6200.00",
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
            assertThat(waves.at(begins.plusSeconds(90)))
                    .isBetween(PriceWaves.at(DEEPEST, 90_000), PriceWaves.at(SHALLOWEST, 90_000));
        }
    }

    @Test
    void theShallowestTakesALoanOfTheHighestLtvOverTheThresholdOfASale() {
        // 49 % at 8,000 is 89 % at 4,400; sold from 80 %.
        BigDecimal ltv = new BigDecimal("0.49")
                .multiply(PriceWaves.high())
                .divide(PriceWaves.at(SHALLOWEST, 75_000), 4, RoundingMode.HALF_EVEN);
        assertThat(ltv).isEqualByComparingTo("0.8909");
    }

    @Test
    void noTenSecondsHaltTheMarketAndThirteenOfTheSteepestRiseDo() {
        BigDecimal lowest = BigDecimal.ZERO;
        BigDecimal highest = BigDecimal.ZERO;
        for (long from = 0; from < PriceWaves.PERIOD.toMillis(); from += 250) {
            BigDecimal move = move(from, 10_000);
            lowest = lowest.min(move);
            highest = highest.max(move);
        }
        // From 4,533.60 to 3,840.00 and from 3,840.00 to 4,764.80.
        assertThat(lowest).isEqualByComparingTo("-0.1530");
        assertThat(highest).isEqualByComparingTo("0.2408");
        assertThat(move(102_000, 13_000)).isGreaterThan(new BigDecimal("0.30"));
    }

    /** By which part of itself the price of the deepest wave moves, to four decimals. */
    private static BigDecimal move(long from, long millis) {
        BigDecimal before = PriceWaves.at(DEEPEST, from);
        BigDecimal after = PriceWaves.at(DEEPEST, (from + millis) % PriceWaves.PERIOD.toMillis());
        return after.subtract(before).divide(before, 4, RoundingMode.HALF_EVEN);
    }
}
