package io.loanledger.local.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.local.soak.fault.FaultKind;
import io.loanledger.local.soak.fault.FaultRun;
import io.loanledger.local.soak.fault.PlannedFault;
import io.loanledger.local.soak.world.SoakWatch;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoakReportTest {

    @Test
    void aKindIsToldFromItsShortestToItsLongestAndNextDecisionsOnlyOfFaultsThatCameAlone() {
        assertThat(kinds(
                        outcome(FaultKind.BROKER_KILLED, true, true, 2_500, 0, 4_000, "killed broker [1]"),
                        outcome(FaultKind.BROKER_KILLED, true, true, 3_100, 5_200, 4_400, "killed broker [2]"),
                        outcome(FaultKind.BROKER_KILLED, false, true, 9_900, 1_000, 700, "killed broker [3]")))
                .containsExactly("| broker-killed | 3 | 2.5 to 3.1 | under 1 to 5.2 | under 1 to 4.4 | "
                        + FaultKind.BROKER_KILLED.expected() + " | as expected; the last time: killed broker [3] |");
    }

    @Test
    void anOutcomeThatWasNotExpectedIsCounted() {
        assertThat(kinds(
                        outcome(FaultKind.INGEST_RIVAL, false, true, 1_000, 0, 1_000, "b fenced a"),
                        outcome(FaultKind.INGEST_RIVAL, false, false, 1_000, 0, 1_000, "a DID NOT FENCE b")))
                .containsExactly("| ingest-rival | 2 | - | under 1 | 1.0 | " + FaultKind.INGEST_RIVAL.expected()
                        + " | AS EXPECTED ONLY 1 OF 2 TIMES; the last time: a DID NOT FENCE b |");
    }

    @Test
    void aKindThatWasOnlySkippedDidNotCome() {
        FaultRun.Outcome skipped = new FaultRun.Outcome(
                fault(FaultKind.DISK_FULL),
                true,
                true,
                false,
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ZERO,
                "skipped: no mounts");
        assertThat(kinds(skipped))
                .containsExactly(
                        "| disk-full | 0 | - | - | - | " + FaultKind.DISK_FULL.expected() + " | skipped: no mounts |");
    }

    /** The table without its head. */
    private static List<String> kinds(FaultRun.Outcome... outcomes) {
        var settings = new SoakSettings(Duration.ofMinutes(3), 4, 2, 1, 5, 60, EnumSet.allOf(FaultKind.class));
        var result = new SoakResult(
                settings,
                Duration.ofMinutes(3),
                900,
                new SoakWatch.Counts(900, 7, 5, 0, 5, 0),
                9_000,
                Duration.ofSeconds(6),
                Duration.ofSeconds(6),
                List.of(outcomes),
                List.of(),
                List.of(),
                List.of());
        List<String> lines = new SoakReport(result).kinds();
        return lines.subList(2, lines.size());
    }

    private static FaultRun.Outcome outcome(
            FaultKind kind, boolean alone, boolean asExpected, long decided, long waited, long recovered, String seen) {
        return new FaultRun.Outcome(
                fault(kind),
                alone,
                false,
                asExpected,
                Duration.ZERO,
                Duration.ofMillis(decided),
                Duration.ofMillis(recovered),
                Duration.ofMillis(waited),
                seen);
    }

    private static PlannedFault fault(FaultKind kind) {
        return new PlannedFault(1, kind, 1, Duration.ZERO, kind.shortest(), 0);
    }
}
