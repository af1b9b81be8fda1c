package io.loanledger.events.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.serde.PatientReader;
import io.loanledger.events.settings.KafkaConnectionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/** As the clients inside of Streams get them; a setting under a wrong prefix would be lost in silence. */
class StreamsPropertiesTest {
    private final StreamsConfig config = StreamsProperties.of(new StreamsInstance(
            "loan-ledger",
            "ledger-7",
            KafkaConnectionSettings.plain("127.0.0.1:1", "mock://properties"),
            Path.of("state"),
            2,
            1,
            3,
            64,
            Duration.ofMillis(30)));

    @Test
    void processesExactlyOnceWithShortCommits() {
        assertThat(config.originals())
                .containsEntry("application.id", "loan-ledger")
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("commit.interval.ms", 30L)
                .containsEntry("poll.ms", 10)
                .containsEntry("max.task.idle.ms", 0L)
                .containsEntry("statestore.cache.max.bytes", 0)
                .containsEntry("group.protocol", "classic")
                .containsEntry("ensure.explicit.internal.resource.naming", true)
                .containsEntry("num.standby.replicas", 1)
                .containsEntry("replication.factor", 3)
                .containsEntry(BoundedRocksDb.MEMORY_BYTES, 64L << 20);
    }

    @Test
    void failsOverInSeconds() {
        Map<String, Object> consumer = config.getMainConsumerConfigs("loan-ledger", "client", 1);
        assertThat(consumer)
                .containsEntry("group.instance.id", "ledger-7-1")
                .containsEntry("session.timeout.ms", 6_000)
                .containsEntry("heartbeat.interval.ms", 2_000)
                .containsEntry("auto.offset.reset", "earliest")
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("max.poll.interval.ms", 300_000);
        assertThat(PatientReader.LONGEST_WAIT.multipliedBy(2)).isLessThan(Duration.ofMinutes(5));
        assertThat(config.getProducerConfigs("client"))
                .containsEntry("transaction.timeout.ms", 5_000)
                .containsEntry("linger.ms", 5)
                .containsEntry("retry.backoff.ms", 5)
                .containsEntry("max.block.ms", 120_000)
                .containsEntry("batch.size", 131_072)
                .containsEntry("compression.type", "lz4");
    }
}
