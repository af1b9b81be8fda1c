package io.loanledger.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class RecoveryTest {

    private final Recovery recovery = new Recovery(2, 100, 5_000);

    @Test
    void lastsUntilTheSlowestPartitionDecidedAgain() {
        recovery.decided(0, 101, 9_000);
        assertThat(recovery.isOver()).isFalse();
        recovery.decided(1, 104, 12_000);
        assertThat(recovery.isOver()).isTrue();
        assertThat(recovery.nanos()).isEqualTo(7_000);
    }

    @Test
    void whatTheDeadOneDecidedDoesNotCountHoweverLateItIsSeen() {
        recovery.decided(0, 101, 9_000);
        recovery.decided(1, 100, 9_500);
        assertThat(recovery.isOver()).isFalse();
        assertThatIllegalStateException().isThrownBy(recovery::nanos).withMessage("1 of 2 partitions is not over");
    }

    @Test
    void onlyTheFirstDecisionOfAPartitionCounts() {
        recovery.decided(0, 101, 6_000);
        recovery.decided(1, 102, 7_000);
        recovery.decided(1, 103, 20_000);
        assertThat(recovery.nanos()).isEqualTo(2_000);
    }
}
