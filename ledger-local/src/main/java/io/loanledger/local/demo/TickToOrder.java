package io.loanledger.local.demo;

import io.loanledger.events.Allocation;
import io.loanledger.events.IndexPrice;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.PriceEvidence;
import io.loanledger.events.PriceTick;
import io.loanledger.events.SellOrder;
import io.loanledger.local.audit.PublicHistory;
import io.loanledger.local.audit.PublicHistory.Read;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Wall time from a tick to the sell order that it caused: from the moment the last venue's trade of the breaching price was written to
 * the broker until the order could be read with read_committed.
 *
 * <p>Counted are orders that were made at the very price that breached one of their cases. The others waited for their market on purpose:
 * for a slot, for a desk that was silent, for a former attempt to end.
 *
 * @param measured orders counted
 * @param p50 median; zero when none was counted
 * @param p99 99 of 100 were as fast
 */
record TickToOrder(int measured, Duration p50, Duration p99) {

    /** {@code arrivals} says when each order was first read, by its ClOrdID. */
    static TickToOrder of(PublicHistory history, Map<String, Instant> arrivals) {
        Map<String, PriceEvidence> evidence = new HashMap<>();
        history.of(LiquidationRequested.class)
                .forEach(request -> evidence.put(request.getCaseId(), request.getEvidence()));
        Map<String, Instant> tickOfPlace = tickOfPlace(history);
        List<Duration> latencies = new ArrayList<>();
        for (SellOrder order : history.of(SellOrder.class)) {
            Instant tick = tickOfPlace.get(place(order.getSymbol(), order.getIndexEpoch(), order.getIndexSequence()));
            Instant arrival = arrivals.get(order.getClOrdId());
            if (tick != null && arrival != null && isPrompt(order, evidence)) {
                latencies.add(Duration.between(tick, arrival));
            }
        }
        Collections.sort(latencies);
        return new TickToOrder(latencies.size(), percentile(latencies, 50), percentile(latencies, 99));
    }

    private static boolean isPrompt(SellOrder order, Map<String, PriceEvidence> evidence) {
        return order.getAllocations().stream()
                .map(Allocation::getAllocAccount)
                .map(evidence::get)
                .anyMatch(cause -> cause != null
                        && cause.getEpoch() == order.getIndexEpoch()
                        && cause.getSequence() == order.getIndexSequence());
    }

    /** When the last tick of each index price's moment was written. */
    private static Map<String, Instant> tickOfPlace(PublicHistory history) {
        Map<String, Instant> tickOfMoment = new HashMap<>();
        for (Read<PriceTick> tick : history.placed(PriceTick.class)) {
            tickOfMoment.merge(
                    tick.value().getMarket() + "@" + tick.value().getOccurredAt(),
                    tick.appendedAt(),
                    (one, other) -> one.isAfter(other) ? one : other);
        }
        Map<String, Instant> tickOfPlace = new HashMap<>();
        for (IndexPrice index : history.of(IndexPrice.class)) {
            Instant tick = tickOfMoment.get(index.getMarket() + "@" + index.getPriceTime());
            if (tick != null) {
                tickOfPlace.put(place(index.getMarket(), index.getEpoch(), index.getSequence()), tick);
            }
        }
        return tickOfPlace;
    }

    private static String place(String market, long epoch, long sequence) {
        return market + "/" + epoch + "/" + sequence;
    }

    /** The smallest value that {@code percent} of 100 do not exceed. */
    private static Duration percentile(List<Duration> sorted, int percent) {
        return sorted.isEmpty() ? Duration.ZERO : sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }
}
