package io.loanledger.ingest.feed;

import io.loanledger.events.PriceTick;
import io.loanledger.ingest.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A scenario from its start to its end, in steps of its own time, the end included. */
public final class ScenarioSource implements TickSource {
    private final Scenario scenario;
    private final Duration step;
    private Instant at;

    public ScenarioSource(Scenario scenario, Duration step) {
        if (step.isZero() || step.isNegative()) {
            throw new IllegalArgumentException("a step is more than zero, not " + step);
        }
        this.scenario = scenario;
        this.step = step;
        this.at = scenario.start();
    }

    @Override
    public Optional<Batch> next() {
        if (at.isAfter(scenario.end())) {
            return Optional.empty();
        }
        List<PriceTick> ticks = new ArrayList<>();
        for (String market : scenario.markets()) {
            ticks.addAll(scenario.ticks(market, at));
        }
        Batch batch = new Batch(at, ticks);
        at = at.plus(step);
        return Optional.of(batch);
    }
}
