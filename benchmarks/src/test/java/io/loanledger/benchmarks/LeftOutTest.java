package io.loanledger.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.benchmarks.report.BenchReport;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeftOutTest {

    @Test
    void aQuickRunSaysWhatItLeavesOutAndHowToAskForIt() {
        Set<MeasureGroup> measured = EnumSet.allOf(MeasureGroup.class);
        measured.removeAll(BenchPlan.QUICK.leavesOut());
        assertThat(new BenchReport(Map.of(), LeftOut.of(BenchPlan.QUICK, measured)).ratioLines())
                .containsExactlyInAnyOrder(
                        "RATIO capacity-heap-error skipped goal <=0.1 left out of --quick, ask for it with --only capacity",
                        "RATIO resident-growth skipped goal <=1.05 left out of --quick, ask for it with --only churn",
                        "RATIO events-per-second-two-threads-to-one skipped goal >=1.6 left out of --quick, ask for it with --only threads",
                        "RATIO failover-to-session-timeout skipped goal <=1.2 left out of --quick, ask for it with --only failover");
    }

    @Test
    void aFullRunLeavesOutNothing() {
        assertThat(LeftOut.of(BenchPlan.FULL, EnumSet.allOf(MeasureGroup.class)))
                .isEmpty();
    }
}
