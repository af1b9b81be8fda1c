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
    private long nanos;

    @Test
    void waitsLongerEachTimeUntilTheRegistryAnswers() {
        registry.setAvailable(false);
        PatientReader reader = patient(pause -> {
            pass(pause);
            registry.setAvailable(pauses.size() == 4);
        });

        assertThat(reader.read(TopicCatalogue.TERMS, value)).isInstanceOf(Decoded.Readable.class);
        assertThat(pauses).extracting(Duration::toMillis).containsExactly(100L, 200L, 400L, 800L);
    }

    @Test
    void doesNotNeedTheRegistryForWhatItHasReadBefore() {
        PatientReader reader = patient(this::pass);
        reader.read(TopicCatalogue.TERMS, value);
        registry.setAvailable(false);

        assertThat(reader.read(TopicCatalogue.TERMS, value)).isInstanceOf(Decoded.Readable.class);
        assertThat(pauses).isEmpty();
    }

    @Test
    void givesUpBeforeTheBrokerTakesTheConsumerForDead() {
        registry.setAvailable(false);
        PatientReader reader = patient(this::pass);

        assertThatThrownBy(() -> reader.read(TopicCatalogue.TERMS, value))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThat(Duration.ofNanos(nanos)).isEqualTo(PatientReader.LONGEST_WAIT);
    }

    @Test
    void countsTheTimeThatTheRegistrysClientTakesToFail() {
        registry.setAvailable(false);
        Duration attempt = Duration.ofSeconds(25);
        PatientReader reader = new PatientReader(new RecordReader(registry), this::pass, () -> {
            nanos += attempt.toNanos(); // once before the first attempt, then after each
            return nanos;
        });

        assertThatThrownBy(() -> reader.read(TopicCatalogue.TERMS, value))
                .isInstanceOf(RegistryUnavailableException.class);
        // Five attempts of 25 s and the pauses between them: no sixth begins after two minutes.
        assertThat(pauses).hasSize(4);
        assertThat(Duration.ofNanos(nanos).minus(attempt))
                .isBetween(PatientReader.LONGEST_WAIT, PatientReader.LONGEST_WAIT.plus(attempt));
    }

    private PatientReader patient(PatientReader.Pause pause) {
        return new PatientReader(new RecordReader(registry), pause, () -> nanos);
    }

    private void pass(Duration time) {
        pauses.add(time);
        nanos += time.toNanos();
    }
}
