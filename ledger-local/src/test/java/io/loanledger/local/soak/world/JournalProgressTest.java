package io.loanledger.local.soak.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times in seconds of a clock that the test turns. */
class JournalProgressTest {

    private final JournalProgress progress = new JournalProgress(2);

    @Test
    void aPartitionThatIsOfferedNothingDoesNotWait() {
        progress.decided(0, at(1));
        assertThat(progress.waitingNow(at(100))).isZero();
        assertThat(progress.longest(List.of(), at(100))).isZero();
    }

    @Test
    void theWaitRunsFromTheFirstInputSinceTheLastDecision() {
        progress.decided(0, at(1));
        progress.offered(0, at(3));
        progress.offered(0, at(5));
        assertThat(progress.waitingNow(at(6))).isEqualTo(Duration.ofSeconds(3));
        progress.decided(0, at(10));
        assertThat(progress.waitingNow(at(11))).isZero();
        assertThat(progress.longest(List.of(), at(11))).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void theOtherPartitionsDecisionsDoNotHelp() {
        progress.offered(0, at(1));
        progress.offered(1, at(1));
        progress.decided(1, at(2));
        progress.decided(1, at(20));
        assertThat(progress.longest(List.of(), at(31))).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whatIsExcusedDoesNotCount() {
        progress.offered(0, at(10));
        progress.decided(0, at(40));
        assertThat(progress.longest(List.of(new JournalProgress.Excuse(at(5), at(30))), at(50)))
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void everyoneHasDecidedWhenTheLastHas() {
        progress.decided(0, at(1));
        progress.decided(1, at(1));
        progress.decided(0, at(6));
        assertThat(progress.allDecidedSince(at(5))).isEqualTo(-1);
        progress.decided(1, at(9));
        assertThat(progress.allDecidedSince(at(5))).isEqualTo(at(9));
    }

    @Test
    void findsTheLongestWaitAroundAFault() {
        progress.offered(0, at(10));
        progress.decided(0, at(16));
        progress.offered(0, at(50));
        progress.decided(0, at(59));
        assertThat(progress.longestWithin(at(12), at(20))).isEqualTo(Duration.ofSeconds(6));
        assertThat(progress.longestWithin(at(20), at(40))).isZero();
    }

    @Test
    void aWaitThatStillGoesOnIsAsLongAsItIsByThen() {
        progress.offered(1, at(10));
        assertThat(progress.longestWithin(at(12), at(20))).isEqualTo(Duration.ofSeconds(10));
    }

    private static long at(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
