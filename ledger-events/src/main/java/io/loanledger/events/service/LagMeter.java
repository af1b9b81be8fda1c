package io.loanledger.events.service;

import io.loanledger.events.service.GroupOffsets.Position;
import io.loanledger.events.service.GroupOffsets.Unread;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Turns the offsets of a group into its lag. It is measured from outside the group, on what the group has committed: so it is right while a
 * thread hangs, a store is restored or no member is alive, when the group's own meters say nothing; and consumers that restore do not
 * count.
 *
 * <p>Offsets are not records: the marker that ends a transaction takes one too, and a group never commits past a trailing marker. The lag
 * therefore counts from the oldest record that is really there; without one the lag is 0.
 *
 * <p>Not thread-safe; remembers the last stable offsets of the measurement before.
 */
final class LagMeter {

    private static final Duration FETCH_AT_MOST = Duration.ofSeconds(2);

    private final GroupOffsets offsets;
    private final InstantSource clock;
    private final Map<TopicPartition, StableSince> stableSince = new HashMap<>();

    /** The last stable offset and when it was first seen to hold the end back. */
    private record StableSince(long offset, long millis) {}

    LagMeter(GroupOffsets offsets, InstantSource clock) {
        this.offsets = offsets;
        this.clock = clock;
    }

    List<PartitionLag> measure() throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, Position> positions = offsets.positions();
        Map<TopicPartition, Position> behind = positions.entrySet().stream()
                .filter(entry -> entry.getValue().next() < entry.getValue().stable())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        GroupOffsets.Answer answer = offsets.firstUnread(behind, FETCH_AT_MOST);
        long now = clock.millis();
        List<PartitionLag> lags = new ArrayList<>(positions.size());
        positions.forEach((partition, position) -> lags.add(lag(
                partition,
                position,
                answer.found().get(partition),
                answer.unanswered().contains(partition),
                now)));
        return lags;
    }

    private PartitionLag lag(
            TopicPartition partition, Position position, @Nullable Unread oldest, boolean unanswered, long now) {
        long records = 0;
        double seconds = 0;
        if (oldest != null) {
            records = Math.max(0, position.stable() - oldest.offset());
            seconds = seconds(now - oldest.appendedAtMillis());
        } else if (unanswered) {
            records = position.stable() - position.next();
            seconds = Double.NaN;
        }
        return new PartitionLag(
                partition,
                records,
                seconds,
                Math.max(0, position.end() - position.stable()),
                heldBackSeconds(partition, position, now));
    }

    private double heldBackSeconds(TopicPartition partition, Position position, long now) {
        if (position.end() <= position.stable()) {
            stableSince.remove(partition);
            return 0;
        }
        StableSince former = stableSince.get(partition);
        if (former == null || former.offset() != position.stable()) {
            stableSince.put(partition, new StableSince(position.stable(), now));
            return 0;
        }
        return seconds(now - former.millis());
    }

    /** Clocks of broker and service may differ a little: an age is never negative. */
    private static double seconds(long millis) {
        return Math.max(0, millis) / 1000.0;
    }
}
