package io.loanledger.events.streams;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadEndTest {

    private final ThreadEnd end = new ThreadEnd("ledger-1");

    @Test
    void replacesAThreadWhoseTransactionTheBrokerEnded() {
        assertThat(end.handle(new StreamsException(
                        "Error encountered trying to commit",
                        new KafkaException("the transaction", new InvalidTxnStateException("it is not open")))))
                .isEqualTo(REPLACE_THREAD);
    }

    @Test
    void endsTheInstanceForAnythingElse() {
        assertThat(end.handle(new IllegalStateException("a broken invariant"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(end.handle(new StreamsException(new TimeoutException("no broker answers"))))
                .isEqualTo(SHUTDOWN_CLIENT);
    }
}
