package io.loanledger.liquidation;

import io.loanledger.core.liquidation.CaseEntry;
import io.loanledger.core.liquidation.OrderEntry;
import io.loanledger.core.liquidation.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** When the broker took the newest index prices, to measure from the price that caused a sale to its first order. One thread. */
final class TickTimes {
    private static final int REMEMBERED = 4_096;

    private record Tick(long epoch, long sequence) {}

    private final Map<Tick, Instant> appended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Tick, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    void put(long epoch, long sequence, long appendedAtMillis) {
        appended.put(new Tick(epoch, sequence), Instant.ofEpochMilli(appendedAtMillis));
    }

    /** For the first order of a block: the time since the price in its first member's evidence, if that is remembered. */
    Optional<Duration> sinceCause(OrderEntry order, Outcome outcome, Instant now) {
        if (order.slice() != 1 || order.attempt() != 1) {
            return Optional.empty();
        }
        String first = order.allocations().getFirst().caseId();
        return outcome.changed().stream()
                .filter(entry ->
                        entry instanceof CaseEntry sale && sale.caseId().equals(first))
                .map(entry -> ((CaseEntry) entry).evidence())
                .flatMap(evidence ->
                        Optional.ofNullable(appended.get(new Tick(evidence.epoch(), evidence.sequence()))).stream())
                .map(tick -> Duration.between(tick, now))
                .findFirst();
    }
}
