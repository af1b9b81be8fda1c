package io.loanledger.ingest.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.ingest.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedTest {
    @Test
    void stepsThroughAScenarioToItsEnd() throws InterruptedException {
        Scenario scenario = Scenario.named("COVID_2020");
        List<Instant> times = new ArrayList<>();

        long ticks = new TickReplay(new ScenarioSource(scenario, Duration.ofHours(1)), 0)
                .run(batch -> times.add(batch.at()));

        // 34 hours and the end, two markets, five venues.
        assertThat(times).hasSize(35).isSorted();
        assertThat(times.getLast()).isEqualTo(scenario.end());
        assertThat(ticks).isEqualTo(35L * 2 * 5);
    }

    @Test
    void playsAtAMultipleOfTheSourcesTime() throws InterruptedException {
        long started = System.nanoTime();

        // 20 minutes in steps of one, 12,000 times faster: 100 ms.
        new TickReplay(new ScenarioSource(Scenario.named("BAD_TICK"), Duration.ofMinutes(1)), 12_000).run(batch -> {});

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void readsItsArguments() throws FeedCommand.Refused {
        FeedCommand command = FeedCommand.parse(List.of("--scenario", "COVID_2020", "--speed", "600", "--step", "5"));

        assertThat(command)
                .isEqualTo(new FeedCommand(Optional.of("COVID_2020"), Optional.empty(), 600, Duration.ofSeconds(5)));
        assertThat(FeedCommand.parse(List.of("--scenario", "BAD_TICK")).speed()).isEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--scenario",
                "--scenario COVID_2021",
                "--speed 5",
                "--scenario BAD_TICK --speed -1",
                "--scenario BAD_TICK --step 0",
                "--csv /nowhere/ticks.csv",
                "--fast yes",
            })
    void refusesArgumentsThatItDoesNotUnderstand(String line) {
        assertThatThrownBy(() -> FeedCommand.parse(List.of(line.split(" ", -1))))
                .isInstanceOf(FeedCommand.Refused.class);
    }
}
