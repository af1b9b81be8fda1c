package io.loanledger.events.streams;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadEndTest {
    private final StreamsException ended = new StreamsException(
            "Error encountered trying to commit",
            new KafkaException("the transaction", new InvalidTxnStateException("it is not open")));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2020-03-12T10:00:00Z");
    private final ThreadEnd end = new ThreadEnd("ledger-1", meters, () -> now);

    @Test
    void replacesAThreadWhoseTransactionTheBrokerEnded() {
        assertThat(end.handle(ended)).isEqualTo(REPLACE_THREAD);
        assertThat(replaced()).isEqualTo(1);
    }

    @Test
    void endsTheInstanceForAnythingElse() {
        assertThat(end.handle(new IllegalStateException("a broken invariant"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(end.handle(new StreamsException(new TimeoutException("no broker answers"))))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(replaced()).isZero();
    }

    @Test
    void endsTheInstanceThatNeedsTooManyOfThem() {
        for (int i = 0; i < ThreadEnd.MOST_REPLACED; i++) {
            assertThat(end.handle(ended)).isEqualTo(REPLACE_THREAD);
        }
        now = now.plus(ThreadEnd.WITHIN);
        assertThat(end.handle(ended)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(replaced()).isEqualTo(ThreadEnd.MOST_REPLACED);
    }

    @Test
    void forgetsThoseOfLongAgo() {
        for (int i = 0; i < 5 * ThreadEnd.MOST_REPLACED; i++) {
            assertThat(end.handle(ended)).isEqualTo(REPLACE_THREAD);
            now = now.plus(ThreadEnd.WITHIN.dividedBy(ThreadEnd.MOST_REPLACED)).plus(Duration.ofSeconds(1));
        }
    }

    private double replaced() {
        return meters.get("ledger_stream_threads_replaced").counter().count();
    }
}
