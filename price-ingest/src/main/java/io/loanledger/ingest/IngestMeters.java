package io.loanledger.ingest;

import io.loanledger.core.price.IndexSource;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.price.MarketIndex;
import io.loanledger.events.service.LedgerMeter;
import io.loanledger.events.topic.TopicCatalogue;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the operator sees of price-ingest. Written by the loop, read by scrapes: safe for both. */
final class IngestMeters {
    private record Published(MarketIndex index, Instant at) {}

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Instant since;
    private final Map<String, Published> published = new ConcurrentHashMap<>();

    IngestMeters(MeterRegistry registry, InstantSource clock, Collection<String> markets) {
        this.registry = registry;
        this.clock = clock;
        this.since = clock.instant();
        for (String market : markets) {
            for (IndexState state : IndexState.values()) {
                LedgerMeter.INDEX_STATE.gauge(registry, () -> stateOf(market) == state ? 1 : 0, market, state.name());
            }
            LedgerMeter.INDEX_AGE.gauge(registry, () -> ageInSeconds(market), market);
            LedgerMeter.SOURCES_USED.gauge(registry, () -> sourcesUsed(market), market);
        }
    }

    void published(MarketIndex index) {
        published.put(index.market(), new Published(index, clock.instant()));
    }

    void begunAnew(String market) {
        LedgerMeter.INDEX_BEGUN_ANEW.counter(registry, market).increment();
    }

    void taken(String venue) {
        LedgerMeter.TICKS.counter(registry, venue).increment();
    }

    void refused(TickRefusal refusal) {
        LedgerMeter.TICKS_REFUSED.counter(registry, refusal.name()).increment();
    }

    void deadLettered(String reason) {
        LedgerMeter.DEAD_LETTERS
                .counter(registry, TopicCatalogue.TICKS_OF_VENUES.name(), reason)
                .increment();
    }

    private @Nullable IndexState stateOf(String market) {
        Published last = published.get(market);
        return last == null ? null : last.index().state();
    }

    /** Before the first index: the age of the service. */
    private double ageInSeconds(String market) {
        Published last = published.get(market);
        return (clock.instant().toEpochMilli() - (last == null ? since : last.at()).toEpochMilli()) / 1_000.0;
    }

    private double sourcesUsed(String market) {
        Published last = published.get(market);
        return last == null
                ? 0
                : last.index().sources().stream().filter(IndexSource::counts).count();
    }
}
