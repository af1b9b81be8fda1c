package io.loanledger.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.loanledger.benchmarks.report.Finding;
import io.loanledger.benchmarks.report.Goal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChurnTest {

    /** Warming up in the first third, then level, with one look that is far off. */
    private static final List<Double> LEVEL = List.of(100.0, 200.0, 300.0, 400.0, 400.0, 900.0, 400.0, 410.0, 390.0);

    private static final List<Double> GROWING = List.of(100.0, 200.0, 300.0, 400.0, 420.0, 440.0, 460.0, 480.0, 500.0);

    @Test
    void growthIsTheLastThirdToTheMiddleOne() {
        assertThat(compared(Churn.GROWTH, LEVEL).value()).isEqualTo(1.0);
        assertThat(Churn.NO_GROWTH.isMetBy(compared(Churn.GROWTH, LEVEL).value()))
                .isTrue();
        assertThat(compared(Churn.GROWTH, GROWING).value()).isEqualTo(480.0 / 420.0);
        assertThat(Churn.NO_GROWTH.isMetBy(compared(Churn.GROWTH, GROWING).value()))
                .isFalse();
    }

    @Test
    void theMostOfAnyLookIsComparedWithHeapStoresAndWhatStandsBesideThem() {
        Finding.Compared bound = compared("resident-to-bound", LEVEL);
        assertThat(bound.subject().median()).isEqualTo(900);
        assertThat(bound.floor().median()).isEqualTo(1_000 + 256 + 512);
        assertThat(bound.goal()).isEqualTo(Goal.atMost(1));
    }

    @Test
    void twoLooksShowNoGrowth() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Churn.findings(10, List.of(1.0, 2.0), 1_000, 256))
                .withMessage("2 looks cannot show growth");
    }

    private static Finding.Compared compared(String name, List<Double> megabytes) {
        return Churn.findings(10, megabytes, 1_000, 256).stream()
                .filter(finding -> finding.name().equals(name))
                .map(Finding.Compared.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
