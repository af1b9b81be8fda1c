package io.loanledger.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenLoopTest {

    @ParameterizedTest
    @CsvSource({"10, 0, 0", "10, 1, 100000000", "10, 25, 2500000000", "3, 1, 333333333", "0.5, 2, 4000000000"})
    void eachIsDueAtItsOwnTime(double perSecond, int number, long nanos) {
        assertThat(new OpenLoop(perSecond).dueNanos(number)).isEqualTo(nanos);
    }

    @Test
    void sendsNoneBeforeItIsDue() {
        OpenLoop loop = new OpenLoop(500);
        List<Long> sent = new ArrayList<>();
        long start = loop.run(5, number -> sent.add(System.nanoTime()));
        for (int number = 0; number < 5; number++) {
            assertThat(sent.get(number) - start).isGreaterThanOrEqualTo(loop.dueNanos(number));
        }
    }

    @Test
    void catchesUpAfterASlowOneInsteadOfMovingTheOthers() {
        OpenLoop loop = new OpenLoop(100);
        List<Long> sent = new ArrayList<>();
        long start = loop.run(4, number -> {
            sent.add(System.nanoTime());
            if (number == 0) {
                // Longer than two of the loop's intervals.
                long until = System.nanoTime() + 25_000_000;
                while (System.nanoTime() < until) {
                    LockSupport.parkNanos(until - System.nanoTime());
                }
            }
        });
        // Numbers 1 and 2 were due at 10 and 20 ms and go out at once after the slow one.
        assertThat(sent.get(1) - start).isGreaterThanOrEqualTo(25_000_000L);
        assertThat(loop.dueNanos(1)).isEqualTo(10_000_000L);
        assertThat(loop.dueNanos(2)).isEqualTo(20_000_000L);
    }

    @Test
    void refusesARateOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new OpenLoop(0));
    }
}
