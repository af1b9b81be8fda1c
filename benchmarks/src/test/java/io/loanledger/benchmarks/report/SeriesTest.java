package io.loanledger.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesTest {

    @ParameterizedTest
    @CsvSource({
        "7,           7,    7, 7",
        "3 1 2,       2,    1, 3",
        "4 1 3 2,     2.5,  1, 4",
        "5 5 1 9 100, 5,    1, 100",
    })
    void medianIsTheMiddleOneOrTheMeanOfTheMiddleTwo(String figures, double median, double least, double most) {
        Series series = series("events/s", figures);
        assertThat(series.median()).isEqualTo(median);
        assertThat(series.least()).isEqualTo(least);
        assertThat(series.most()).isEqualTo(most);
    }

    @Test
    void ratioOfRoundsInTurnIsTheMedianOfTheirRatios() {
        // Round by round 0.5, 2 and 1; the medians alone would say 20 / 10.
        assertThat(series("ms", "5 20 40").to(series("ms", "10 10 40"))).isEqualTo(1.0);
    }

    @Test
    void ratioOfDifferentNumbersOfRoundsIsThatOfTheMedians() {
        assertThat(series("ms", "30").to(series("ms", "10 20 90"))).isEqualTo(1.5, within(1e-12));
    }

    @Test
    void comparesNoApplesWithPears() {
        assertThatIllegalArgumentException().isThrownBy(() -> series("ms", "1").to(series("us", "1")));
        assertThatIllegalArgumentException().isThrownBy(() -> series("ms", "1").to(series("ms", "0")));
        assertThatIllegalArgumentException().isThrownBy(() -> new Series("nothing", "ms", List.of()));
    }

    private static Series series(String unit, String figures) {
        return new Series(
                "what",
                unit,
                Stream.of(figures.strip().split(" +", -1)).map(Double::valueOf).toList());
    }
}
