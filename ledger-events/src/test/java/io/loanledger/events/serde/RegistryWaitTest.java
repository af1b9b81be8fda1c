package io.loanledger.events.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.events.topic.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryWaitTest {
    private final InProcessSchemaRegistry registry =
            InProcessSchemaRegistry.ofScope("registry-wait-" + System.nanoTime());
    private final SchemaRegistrar registrar = new SchemaRegistrar(registry);
    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void asksLaterAndLaterUntilTheRegistryIsBack() {
        registry.setAvailable(false);
        RegistryWait wait = new RegistryWait(
                time -> {
                    pauses.add(time);
                    registry.setAvailable(pauses.size() == 8);
                },
                () -> true);

        assertThat(wait.answer(registrar::registerAll)).isPresent();
        assertThat(pauses)
                .extracting(Duration::toMillis)
                .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L);
    }

    @Test
    void doesNotPauseWhileTheRegistryAnswers() {
        RegistryWait wait = new RegistryWait(pauses::add, () -> true);

        assertThat(wait.answer(registrar::registerAll)).isPresent();
        assertThat(pauses).isEmpty();
    }

    @Test
    void endsWhenTheAnswerIsNotWantedAnyMore() {
        registry.setAvailable(false);
        RegistryWait wait = new RegistryWait(pauses::add, () -> pauses.size() < 3);

        assertThat(wait.answer(registrar::registerAll)).isEmpty();
        assertThat(pauses).hasSize(3);
    }

    @Test
    void doesNotWaitForARegistryThatRefuses() {
        RegistryWait wait = new RegistryWait(pauses::add, () -> true);

        assertThatThrownBy(() -> wait.answer(() -> {
                    throw new RegistryRefusedException("GET " + TopicCatalogue.TERMS.name(), 401, 0, "who are you?");
                }))
                .isInstanceOf(RegistryRefusedException.class);
        assertThat(pauses).isEmpty();
    }
}
