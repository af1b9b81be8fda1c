package io.loanledger.events.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.events.KillSwitch;
import io.loanledger.events.topic.TopicCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatientReaderTest {
    private final InProcessSchemaRegistry registry =
            InProcessSchemaRegistry.ofScope("patient-reader-" + System.nanoTime());
    private final byte[] value = new RecordWriter(new SchemaRegistrar(registry).registerAll())
            .bytes(TopicCatalogue.TERMS, new KillSwitch("k", Instant.EPOCH, "risk", true, "test"));
    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void waitsLongerEachTimeUntilTheRegistryAnswers() {
        registry.setAvailable(false);
        PatientReader reader = new PatientReader(new RecordReader(registry), pause -> {
            pauses.add(pause);
            registry.setAvailable(pauses.size() == 4);
        });

        assertThat(reader.read(TopicCatalogue.TERMS, value)).isInstanceOf(Decoded.Readable.class);
        assertThat(pauses).extracting(Duration::toMillis).containsExactly(100L, 200L, 400L, 800L);
    }

    @Test
    void doesNotNeedTheRegistryForWhatItHasReadBefore() {
        PatientReader reader = new PatientReader(new RecordReader(registry), pauses::add);
        reader.read(TopicCatalogue.TERMS, value);
        registry.setAvailable(false);

        assertThat(reader.read(TopicCatalogue.TERMS, value)).isInstanceOf(Decoded.Readable.class);
        assertThat(pauses).isEmpty();
    }

    @Test
    void givesUpBeforeTheBrokerTakesTheConsumerForDead() {
        registry.setAvailable(false);
        PatientReader reader = new PatientReader(new RecordReader(registry), pauses::add);

        assertThatThrownBy(() -> reader.read(TopicCatalogue.TERMS, value))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(PatientReader.LONGEST_WAIT, Duration.ofMinutes(4));
    }
}
