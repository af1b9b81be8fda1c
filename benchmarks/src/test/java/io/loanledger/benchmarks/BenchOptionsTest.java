package io.loanledger.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchOptionsTest {

    @Test
    void measuresEverythingAtFullSizeUnlessToldOtherwise() {
        BenchOptions options = BenchOptions.of(List.of());
        assertThat(options).isEqualTo(new BenchOptions(BenchPlan.FULL, Set.of(MeasureGroup.values()), Path.of("out")));
    }

    @Test
    void takesOptionsInAnyOrder() {
        BenchOptions options = BenchOptions.of(List.of("--out", "somewhere", "--only", "fold,core", "--quick"));
        assertThat(options)
                .isEqualTo(new BenchOptions(
                        BenchPlan.QUICK, Set.of(MeasureGroup.FOLD, MeasureGroup.CORE), Path.of("somewhere")));
    }

    @Test
    void aQuickRunLeavesOutWhatTakesLong() {
        assertThat(BenchOptions.of(List.of("--quick")).groups())
                .doesNotContain(MeasureGroup.THREADS, MeasureGroup.FAILOVER, MeasureGroup.CHURN, MeasureGroup.CAPACITY)
                .contains(MeasureGroup.EVENTS, MeasureGroup.RESTORE, MeasureGroup.PROFILE);
    }

    @Test
    void whatIsAskedForByNameIsMeasuredAtAnySize() {
        assertThat(BenchOptions.of(List.of("--only", "failover", "--quick")))
                .isEqualTo(new BenchOptions(BenchPlan.QUICK, Set.of(MeasureGroup.FAILOVER), Path.of("out")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --slow       | unknown option: --slow
                    --only       | --only needs a value
                    --only tea   | --only knows no tea, but any of core, ticks, capacity, events, profile, churn, latency, crash, fold, restore, threads, failover with commas
                    --out        | --out needs a value
                    """)
    void saysWhatItDoesNotUnderstand(String words, String message) {
        assertThatThrownBy(() -> BenchOptions.of(List.of(words.split(" ", -1))))
                .isInstanceOf(BenchOptions.Misused.class)
                .hasMessage(message);
    }
}
