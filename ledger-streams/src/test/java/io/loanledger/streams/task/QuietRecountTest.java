package io.loanledger.streams.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the recount of the book costs a task that has nothing else to do, over ten minutes. A task is committed after each punctuation,
 * so their number is that of the commits.
 */
class QuietRecountTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    /** A round is one slice and the pause: after 1 s, then every 10 s. At its end it looks at the last loan from behind. */
    @Test
    void commitsAnIdleTaskOfFewLoansOncePerPause() {
        try (TaskUnderTest task = new TaskUnderTest(folder)) {
            task.fill(100);
            task.start();

            TaskUnderTest.Idle idle = task.pass(TEN_MINUTES);

            assertThat(idle.punctuations()).isEqualTo(60);
            assertThat(idle.read()).isEqualTo(60 * (100 + 1));
            assertThat(idle.rounds()).isEqualTo(60);
        }
    }

    /** A round of 2,500 loans is 13 slices, a second apart, and the pause: 22 s. */
    @Test
    void readsAtMostOneSliceASecondAndRestsBetweenRounds() {
        try (TaskUnderTest task = new TaskUnderTest(folder)) {
            task.fill(2_500);
            task.start();

            TaskUnderTest.Idle idle = task.pass(TEN_MINUTES);

            assertThat(idle.rounds()).isEqualTo(27); // the first ends after 13 s: (600 - 13) / 22 others
            assertThat(idle.punctuations()).isEqualTo(27 * 13 + 6); // and 4 s + 1 of a 28th, which begins at 595 s
            assertThat(idle.read()).isBetween(27L * 2_500, 28L * 2_500 + 28 * 13);
        }
    }

    @Test
    void keepsARoundOfAnyBookWithinFourMinutes() {
        for (long loans : new long[] {0, 1, 200, 48_000, 48_001, 250_000, 25_000_000}) {
            long slice = BookWatch.sliceOf(loans);
            assertThat(slice).isGreaterThanOrEqualTo(BookWatch.LEAST_SLICE);
            assertThat(Math.ceilDiv(loans, slice))
                    .as("slices of %d loans", loans)
                    .isLessThanOrEqualTo(240);
        }
    }

    @Test
    void writesAndSendsNothingWhileTheBookAddsUp() {
        try (TaskUnderTest task = new TaskUnderTest(folder)) {
            task.fill(2_500);
            task.start();

            TaskUnderTest.Idle idle = task.pass(TEN_MINUTES);

            assertThat(idle.written()).isZero();
            assertThat(idle.sent()).isZero();
        }
    }

    @Test
    void recountsInTheSameStepsAfterASecondStart() {
        try (TaskUnderTest task = new TaskUnderTest(folder)) {
            task.fill(100);
            task.start();
            task.pass(TEN_MINUTES);
            task.start();

            assertThat(task.pass(TEN_MINUTES).punctuations())
                    .as("the former schedule is cancelled")
                    .isEqualTo(60);
        }
    }
}
