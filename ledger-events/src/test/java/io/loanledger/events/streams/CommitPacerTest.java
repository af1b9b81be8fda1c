package io.loanledger.events.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class CommitPacerTest {
    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private final CommitPacer pacer = new CommitPacer();

    @Test
    void asksAtOnceForTheFirstOrder() {
        assertThat(orderAt(100_000)).isTrue();
        assertThat(context.committed()).isTrue();
    }

    @Test
    void asksOnceForTheOrdersOfOneRound() {
        orderAt(100_000);

        assertThat(orderAt(100_000)).isFalse();
    }

    @Test
    void beginsItsWindowWhenTheThreadIsBackFromTheCommit() {
        orderAt(100_000);

        assertThat(orderAt(100_035)).isFalse(); // back after a commit of 35 ms
        assertThat(orderAt(100_054)).isFalse();
        assertThat(orderAt(100_055)).isTrue();
    }

    @Test
    void doesNotTakeAnIdleThreadForALongCommit() {
        orderAt(100_000);

        assertThat(orderAt(101_000)).isTrue();
    }

    @Test
    void leavesABacklogToTheRegularCommit() {
        context.setCurrentSystemTimeMs(100_000);

        assertThat(pacer.ask(context, 98_999)).isFalse();
        assertThat(context.committed()).isFalse();
        assertThat(pacer.ask(context, 99_000)).isTrue();
    }

    @Test
    void isOneForEachThread() throws ExecutionException, InterruptedException {
        FutureTask<CommitPacer> elsewhere = new FutureTask<>(CommitPacer::ofThread);
        Thread.ofPlatform().start(elsewhere).join();

        assertThat(CommitPacer.ofThread()).isSameAs(CommitPacer.ofThread()).isNotSameAs(elsewhere.get());
    }

    private boolean orderAt(long millis) {
        context.setCurrentSystemTimeMs(millis);
        pacer.see(context);
        return pacer.ask(context, millis);
    }
}
