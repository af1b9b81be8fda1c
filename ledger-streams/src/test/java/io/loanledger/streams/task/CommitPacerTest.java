package io.loanledger.streams.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitPacerTest {
    private final MockProcessorContext<Object, byte[]> context = new MockProcessorContext<>();
    private final CommitPacer pacer = new CommitPacer();

    @BeforeEach
    void setTheClock() {
        context.setCurrentSystemTimeMs(100_000);
    }

    @Test
    void asksAtOnceAndThenNotForTwentyMilliseconds() {
        assertThat(pacer.ask(context, 99_999)).isTrue();
        assertThat(context.committed()).isTrue();
        context.setCurrentSystemTimeMs(100_019);
        assertThat(pacer.ask(context, 100_018)).isFalse();
        context.setCurrentSystemTimeMs(100_020);
        assertThat(pacer.ask(context, 100_019)).isTrue();
    }

    @Test
    void leavesABacklogToTheRegularCommit() {
        assertThat(pacer.ask(context, 98_999)).isFalse();
        assertThat(context.committed()).isFalse();
        assertThat(pacer.ask(context, 99_000)).isTrue();
    }

    @Test
    void isOneForEachThread() throws ExecutionException, InterruptedException {
        assertThat(CommitPacer.ofThread()).isSameAs(CommitPacer.ofThread());
        FutureTask<CommitPacer> elsewhere = new FutureTask<>(CommitPacer::ofThread);
        Thread.ofPlatform().start(elsewhere).join();
        assertThat(elsewhere.get()).isNotSameAs(CommitPacer.ofThread());
    }
}
