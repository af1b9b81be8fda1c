package io.loanledger.streams.terms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After which failures the fan-out of the terms begins again, and after which the instance ends. */
class PassingTest {
    static Stream<Throwable> passing() {
        return Stream.of(
                new TimeoutException("no answer"),
                new CommitFailedException("another member has the partition"),
                new RebalanceInProgressException("while what was set aside is committed"),
                new ProducerFencedException("another writer"),
                new InvalidProducerEpochException("another writer"));
    }

    static Stream<Throwable> lasting() {
        return Stream.of(
                new TopicAuthorizationException("not allowed"),
                new IllegalStateException("it is not the topic that it was"),
                new KafkaException("nobody knows"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void beginsAgainAfter(Throwable failure) {
        assertThat(Passing.passes(failure)).isTrue();
        assertThat(Passing.passes(new KafkaException("terms could not be set aside", failure)))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void endsAfter(Throwable failure) {
        assertThat(Passing.passes(failure)).isFalse();
    }
}
