package io.loanledger.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoalTest {

    @ParameterizedTest
    @CsvSource({
        "1.0,     true,  1.00",
        "0.9999,  false, 0.999",
        "0.99999, false, 0.999",
        "1.239,   true,  1.23",
        "12.55,   true,  12.5",
    })
    void leastIsMetAtTheLimitAndNeverLooksBetterThanItIs(double figure, boolean met, String shown) {
        Goal goal = Goal.atLeast(1.0);
        assertThat(goal.isMetBy(figure)).isEqualTo(met);
        assertThat(goal.shown(figure)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0.85,      true,  0.85, 0.850",
        "0.8500001, false, 0.85, 0.851",
        "0.0000012, true,  0.00001, 0.00000120",
    })
    void mostIsMetAtTheLimitAndNeverLooksBetterThanItIs(double figure, boolean met, double limit, String shown) {
        Goal goal = Goal.atMost(limit);
        assertThat(goal.isMetBy(figure)).isEqualTo(met);
        assertThat(Double.parseDouble(goal.shown(figure))).isEqualTo(Double.parseDouble(shown));
    }

    @ParameterizedTest
    @CsvSource({"1.0, >=1, <=1", "0.85, >=0.85, <=0.85", "0.00001, >=0.00001, <=0.00001"})
    void saysItself(double limit, String least, String most) {
        assertThat(Goal.atLeast(limit)).hasToString(least);
        assertThat(Goal.atMost(limit)).hasToString(most);
    }
}
