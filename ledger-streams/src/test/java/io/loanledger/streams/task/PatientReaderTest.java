package io.loanledger.streams.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.InProcessSchemaRegistry;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.serde.RegistryUnavailableException;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PatientReaderTest {
    private static final AtomicLong SCOPES = new AtomicLong();

    /** One for each test: a registry never forgets an id that it was asked for. */
    private final InProcessSchemaRegistry registry =
            InProcessSchemaRegistry.ofScope("patient-reader-" + SCOPES.incrementAndGet());

    private final RecordWriter writer = new RecordWriter(new SchemaRegistrar(registry).registerAll());
    private final byte[] value = writer.bytes(TopicCatalogue.MOVEMENTS, Facts.repaid("e", Instant.EPOCH, "L1", "1.00"));
    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void waitsLongerEachTimeUntilTheRegistryAnswers() {
        registry.setAvailable(false);
        PatientReader reader = new PatientReader(new RecordReader(registry), pause -> {
            pauses.add(pause);
            registry.setAvailable(pauses.size() == 4);
        });
        assertThat(reader.read(TopicCatalogue.MOVEMENTS, value)).isInstanceOf(Decoded.Readable.class);
        assertThat(pauses).extracting(Duration::toMillis).containsExactly(100L, 200L, 400L, 800L);
    }

    @Test
    void readsOnWithoutTheRegistryWhatItHasSeenBefore() {
        PatientReader reader = new PatientReader(new RecordReader(registry), pauses::add);
        reader.read(TopicCatalogue.MOVEMENTS, value);
        registry.setAvailable(false);
        assertThat(reader.read(TopicCatalogue.MOVEMENTS, value)).isInstanceOf(Decoded.Readable.class);
        assertThat(pauses).isEmpty();
    }

    @Test
    void givesUpBeforeTheBrokerTakesTheConsumerForDead() {
        registry.setAvailable(false);
        PatientReader reader = new PatientReader(new RecordReader(registry), pauses::add);
        assertThatThrownBy(() -> reader.read(TopicCatalogue.MOVEMENTS, value))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isGreaterThanOrEqualTo(PatientReader.LONGEST_WAIT)
                .isLessThan(Duration.ofMinutes(4));
    }
}
