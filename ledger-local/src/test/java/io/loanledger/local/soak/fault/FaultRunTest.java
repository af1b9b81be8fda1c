package io.loanledger.local.soak.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultRunTest {

    private static final PlannedFault FAULT =
            new PlannedFault(4, FaultKind.INGEST_RIVAL, 1, Duration.ZERO, Duration.ofSeconds(5), 0);

    @Test
    void anOutcomeThatWasNotExpectedIsAFindingThatNamesFaultAndOutcome() {
        assertThat(FaultRun.finding(FAULT, new RunningFault.Ended("b DID NOT FENCE a", false)))
                .hasValueSatisfying(finding -> assertThat(finding)
                        .contains("#4 ingest-rival(1)", "b DID NOT FENCE a", FaultKind.INGEST_RIVAL.expected()));
    }

    @Test
    void anExpectedOutcomeIsNone() {
        assertThat(FaultRun.finding(FAULT, RunningFault.Ended.asExpected("b fenced a")))
                .isEmpty();
    }
}
