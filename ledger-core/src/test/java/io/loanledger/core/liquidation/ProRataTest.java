package io.loanledger.core.liquidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProRataTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            total | weights   | shares
            0     | 5 3 1     | 0 0 0
            4     | 5 3 1     | 3 1 0
            9     | 5 3 1     | 5 3 1
            10    | 5 5       | 5 5
            11    | 5 5       | 6 5
            3     | 1 1 1     | 1 1 1
            2     | 1 1 1     | 1 1 0
            100   | 1 2       | 33 67
            -4    | 5 3 1     | -3 -1 0
            7     | 0 7       | 0 7
            """, useHeadersInDisplayName = true)
    void sharesToTheLastUnit(String total, String weights, String shares) {
        assertThat(text(ProRata.shares(new BigInteger(total), numbers(weights))))
                .isEqualTo(shares);
    }

    @Test
    void neverTakesAUnitBackWhenMoreIsShared() {
        long seed = 20200312;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<BigInteger> weights = random.ints(1 + random.nextInt(12), 0, 40)
                    .mapToObj(BigInteger::valueOf)
                    .collect(Collectors.toList());
            weights.add(BigInteger.ONE);
            int sum = weights.stream().mapToInt(BigInteger::intValueExact).sum();
            BigInteger[] before = ProRata.shares(BigInteger.ZERO, weights);
            for (int total = 1; total <= sum; total++) {
                BigInteger[] now = ProRata.shares(BigInteger.valueOf(total), weights);
                BigInteger added = BigInteger.ZERO;
                for (int i = 0; i < now.length; i++) {
                    assertThat(now[i])
                            .as("seed %d, weights %s, total %d", seed, weights, total)
                            .isBetween(before[i], weights.get(i));
                    added = added.add(now[i]);
                }
                assertThat(added).as("seed %d, weights %s", seed, weights).isEqualTo(BigInteger.valueOf(total));
                before = now;
            }
            assertThat(before).containsExactlyElementsOf(weights);
        }
    }

    @Test
    void refusesToShareByNothing() {
        assertThatThrownBy(() -> ProRata.shares(BigInteger.ONE, List.of(BigInteger.ZERO)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<BigInteger> numbers(String text) {
        return Arrays.stream(text.split(" ", -1)).map(BigInteger::new).toList();
    }

    private static String text(BigInteger[] shares) {
        return Arrays.stream(shares).map(BigInteger::toString).collect(Collectors.joining(" "));
    }
}
