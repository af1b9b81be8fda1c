package io.loanledger.local.soak.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {

    private static final Set<FaultKind> ALL = EnumSet.allOf(FaultKind.class);
    private static final int SEEDS = 200;

    @Test
    void sameSeedMakesTheSameFaults() {
        assertThat(steps(7, 60)).isEqualTo(steps(7, 60)).isNotEqualTo(steps(8, 60));
    }

    @Test
    void everyKindComesOnceBeforeAnyComesTwice() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<FaultKind> kinds = faults(seed, 3 * ALL.size()).stream()
                    .map(PlannedFault::kind)
                    .toList();
            assertThat(kinds.subList(0, ALL.size())).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(ALL);
            assertThat(kinds.subList(ALL.size(), 2 * ALL.size()))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(ALL);
        }
    }

    /** What a round lasts besides recovery: with 30 s for it after each step, half an hour has room for every kind. */
    @Test
    void halfAnHourHasRoomForEveryKind() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Duration length = Duration.ZERO;
            int faults = 0;
            var schedule = new FaultSchedule(seed, ALL, 2);
            while (faults < ALL.size()) {
                FaultSchedule.Step step = schedule.next();
                faults += step.faults().size();
                length = length.plus(step.length()).plusSeconds(30);
            }
            assertThat(length).as("seed %d", seed).isLessThan(Duration.ofMinutes(30));
        }
    }

    @Test
    void twoAtATimeTouchDifferentPartsAndNeverALostMajority() {
        Map<Integer, Integer> sizes = new HashMap<>();
        for (FaultSchedule.Step step : steps(1, 2_000)) {
            sizes.merge(step.faults().size(), 1, Integer::sum);
            if (step.faults().size() == 2) {
                assertThat(step.faults().stream().map(fault -> fault.kind().domain()))
                        .doesNotHaveDuplicates();
                assertThat(step.faults()).noneMatch(fault -> fault.kind().forbidsProgress());
            }
        }
        assertThat(sizes.keySet()).containsExactlyInAnyOrder(1, 2);
        assertThat(sizes.get(2)).isBetween(300, 700);
    }

    @Test
    void nothingHidesWhetherAFrozenInstanceIsFenced() {
        for (FaultSchedule.Step step : steps(2, 20_000)) {
            List<FaultKind> kinds =
                    step.faults().stream().map(PlannedFault::kind).toList();
            if (kinds.stream().anyMatch(FaultKind::needsBrokers)) {
                assertThat(kinds)
                        .extracting(FaultKind::domain)
                        .doesNotContain(FaultKind.Domain.BROKERS, FaultKind.Domain.NETWORK);
            }
            if (kinds.contains(FaultKind.INGEST_FROZEN)) {
                assertThat(kinds).doesNotContain(FaultKind.REGISTRY_DOWN);
            }
        }
    }

    @Test
    void faultsMeetEveryTargetAndLastAsLongAsTheirKindSays() {
        for (PlannedFault fault : faults(3, 2_000)) {
            int most = fault.kind().domain() == FaultKind.Domain.BROKERS ? 3 : 2;
            assertThat(fault.target()).isBetween(1, most);
            assertThat(fault.lasts())
                    .isBetween(fault.kind().shortest(), fault.kind().longest());
        }
        assertThat(faults(3, 2_000).stream()
                        .filter(fault -> fault.kind() == FaultKind.BROKER_KILLED)
                        .map(PlannedFault::target))
                .contains(1, 2, 3);
    }

    /** A freeze has to outlast the transaction time-out of 5 s and the session time-out of 6 s, or it is none. */
    @Test
    void freezesOutlastTheTimeOuts() {
        assertThat(FaultKind.LEDGER_FROZEN.shortest()).isGreaterThan(Duration.ofSeconds(6));
        assertThat(FaultKind.LIQUIDATION_FROZEN.shortest()).isGreaterThan(Duration.ofSeconds(6));
        assertThat(FaultKind.INGEST_FROZEN.shortest()).isGreaterThan(Duration.ofSeconds(6));
    }

    private static List<FaultSchedule.Step> steps(long seed, int count) {
        var schedule = new FaultSchedule(seed, ALL, 2);
        List<FaultSchedule.Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(schedule.next());
        }
        return steps;
    }

    private static List<PlannedFault> faults(long seed, int least) {
        return steps(seed, least).stream()
                .flatMap(step -> step.faults().stream())
                .toList();
    }
}
