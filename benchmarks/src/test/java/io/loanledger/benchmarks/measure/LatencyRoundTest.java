package io.loanledger.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyRoundTest {

    private static final long START = 1_000_000_000_000L;

    @Test
    void countsFromTheMomentAtWhichATickWasDue() throws Exception {
        OpenLoop loop = new OpenLoop(10);
        LatencyRound round = new LatencyRound("test", 100);
        for (int number = 0; number < 100; number++) {
            // 1 ms, 2 ms, ... 100 ms after each was due.
            round.arrived(number, START + loop.dueNanos(number) + TimeUnit.MILLISECONDS.toNanos(number + 1));
        }
        round.await(Duration.ofSeconds(1));
        assertThat(round.millisAt(50, START, loop)).isCloseTo(50, within(0.1));
        assertThat(round.millisAt(99, START, loop)).isCloseTo(99, within(0.1));
    }

    @Test
    void onlyTheFirstArrivalOfATickOfTheRoundCounts() throws Exception {
        OpenLoop loop = new OpenLoop(10);
        LatencyRound round = new LatencyRound("test", 1);
        round.arrived(-1, START);
        round.arrived(1, START);
        round.arrived(0, START + TimeUnit.MILLISECONDS.toNanos(7));
        round.arrived(0, START + TimeUnit.MILLISECONDS.toNanos(70));
        round.await(Duration.ofSeconds(1));
        assertThat(round.millisAt(99, START, loop)).isCloseTo(7, within(0.01));
    }

    @Test
    void saysHowManyWereAnsweredWhenNotAllWere() {
        LatencyRound round = new LatencyRound("tick to order", 3);
        round.arrived(2, START);
        assertThatIllegalStateException()
                .isThrownBy(() -> round.await(Duration.ofMillis(20)))
                .withMessage("tick to order: only 1 of 3 ticks were answered in time");
    }
}
