package io.loanledger.core.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggerKeysTest {
    @ParameterizedTest(name = "{0} at scale {1}: falling {2}, rising and tick {3}")
    @CsvSource({
        "70,        2,  7000,                7000",
        "70.00,     2,  7000,                7000",
        "70.001,    2,  7001,                7000",
        "70.009,    2,  7001,                7000",
        "70.0000001,2,  7001,                7000",
        "0.004,     2,  1,                   0",
        "0,         2,  0,                   0",
        "-0.001,    2,  0,                   -1",
        "7934.57,   8,  793457000000,        793457000000",
        "1E+3,      0,  1000,                1000",
        // The end of a long at scale 8 is 92,233,720,368.54775807.
        "92233720368.54775807,  8, 9223372036854775807, 9223372036854775807",
        "92233720368.547758069, 8, 9223372036854775807, 9223372036854775806",
        "92233720368.54775808,  8, 9223372036854775807, 9223372036854775807",
        "1E+1000000,            8, 9223372036854775807, 9223372036854775807",
        "-1E+1000000,           8, -9223372036854775808, -9223372036854775808",
        "1E-1000000,            8, 1,                    0",
    })
    void roundsTowardsTheEarlierVisitAndStopsAtTheEndsOfALong(
            BigDecimal price, int scale, long falling, long risingAndTick) {
        assertThat(TriggerKeys.fallingKeyRoundedUp(price, scale)).isEqualTo(falling);
        assertThat(TriggerKeys.risingKeyRoundedDown(price, scale)).isEqualTo(risingAndTick);
        assertThat(TriggerKeys.tickKeyRoundedDown(price, scale)).isEqualTo(risingAndTick);
    }

    @Test
    void neverVisitsLate() {
        long seed = 20200312;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            int scale = random.nextInt(4);
            BigDecimal trigger = BigDecimal.valueOf(random.nextLong(2_000_000), random.nextInt(7));
            BigDecimal price = random.nextInt(3) == 0
                    ? trigger
                    : BigDecimal.valueOf(random.nextLong(2_000_000), random.nextInt(7));
            int[] into = new int[1];

            TriggerIndex falling = TriggerIndex.falling(Integer::compare);
            falling.put(0, TriggerKeys.fallingKeyRoundedUp(trigger, scale));
            TriggerIndex rising = TriggerIndex.rising(Integer::compare);
            rising.put(0, TriggerKeys.risingKeyRoundedDown(trigger, scale));
            long tick = TriggerKeys.tickKeyRoundedDown(price, scale);

            if (price.compareTo(trigger) <= 0) {
                assertThat(falling.takeFired(tick, into))
                        .as("seed %d: %s falls to %s", seed, trigger, price)
                        .isOne();
            }
            if (price.compareTo(trigger) >= 0) {
                assertThat(rising.takeFired(tick, into))
                        .as("seed %d: %s rises to %s", seed, trigger, price)
                        .isOne();
            }
            // And not much earlier: two units of the scale away (falling, where tick and key round apart) or one is no
            // visit.
            BigDecimal unit = BigDecimal.ONE.movePointLeft(scale);
            if (price.compareTo(trigger.add(unit).add(unit)) > 0) {
                assertThat(falling.fires(tick))
                        .as("seed %d: %s over %s", seed, price, trigger)
                        .isFalse();
            }
            if (price.compareTo(trigger.subtract(unit)) < 0) {
                assertThat(rising.fires(tick))
                        .as("seed %d: %s under %s", seed, price, trigger)
                        .isFalse();
            }
        }
    }
}
