package io.loanledger.events.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.service.GroupOffsets.Position;
import io.loanledger.events.service.GroupOffsets.Unread;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LagMeterTest {

    private static final TopicPartition PRICES = new TopicPartition("prices.index.v1", 3);
    private static final Instant NOON = Instant.parse("2026-03-12T12:00:00Z");

    private final FakeOffsets offsets = new FakeOffsets();
    private Instant now = NOON;
    private final LagMeter meter = new LagMeter(offsets, () -> now);

    @Test
    void isZeroWhereEverythingIsRead() throws Exception {
        offsets.at(PRICES, 100, 100, 100);

        assertThat(meter.measure()).containsExactly(new PartitionLag(PRICES, 0, 0, 0, 0));
        assertThat(offsets.asked).as("partitions whose records were fetched").isEmpty();
    }

    @Test
    void countsFromTheOldestUnreadRecordAndTellsItsAge() throws Exception {
        offsets.at(PRICES, 90, 100, 100);
        offsets.found.put(PRICES, new Unread(92, NOON.minusMillis(1_500).toEpochMilli()));

        assertThat(meter.measure()).containsExactly(new PartitionLag(PRICES, 8, 1.5, 0, 0));
    }

    @Test
    void isZeroWhenOnlyMarkersOfTransactionsAreLeft() throws Exception {
        offsets.at(PRICES, 99, 100, 100);

        assertThat(meter.measure()).containsExactly(new PartitionLag(PRICES, 0, 0, 0, 0));
    }

    @Test
    void doesNotGuessTheAgeOfARecordThatCouldNotBeFetched() throws Exception {
        offsets.at(PRICES, 90, 100, 100);
        offsets.unanswered.add(PRICES);

        assertThat(meter.measure()).containsExactly(new PartitionLag(PRICES, 10, Double.NaN, 0, 0));
    }

    @Test
    void isNeverNegativeWhenTheClocksDiffer() throws Exception {
        offsets.at(PRICES, 99, 100, 100);
        offsets.found.put(PRICES, new Unread(99, NOON.plusMillis(20).toEpochMilli()));

        assertThat(meter.measure()).containsExactly(new PartitionLag(PRICES, 1, 0, 0, 0));
    }

    @Test
    void tellsHowLongAnOpenTransactionHasHeldTheReadersBack() throws Exception {
        offsets.at(PRICES, 100, 100, 107);
        assertThat(meter.measure()).containsExactly(new PartitionLag(PRICES, 0, 0, 7, 0));

        now = NOON.plusSeconds(5);
        offsets.at(PRICES, 100, 100, 250);
        assertThat(meter.measure()).containsExactly(new PartitionLag(PRICES, 0, 0, 150, 5));
    }

    @Test
    void startsAnewWhenTheNextTransactionIsTheOpenOne() throws Exception {
        offsets.at(PRICES, 100, 100, 107);
        meter.measure();
        now = NOON.plusSeconds(5);
        offsets.at(PRICES, 108, 108, 110);

        assertThat(meter.measure()).containsExactly(new PartitionLag(PRICES, 0, 0, 2, 0));
    }

    /** A broker that answers what the test wrote down. */
    private static final class FakeOffsets implements GroupOffsets {

        private final Map<TopicPartition, Position> positions = new HashMap<>();
        private final Map<TopicPartition, Unread> found = new HashMap<>();
        private final Set<TopicPartition> unanswered = new HashSet<>();
        private final Set<TopicPartition> asked = new HashSet<>();

        void at(TopicPartition partition, long next, long stable, long end) {
            positions.put(partition, new Position(next, stable, end));
        }

        @Override
        public Map<TopicPartition, Position> positions() {
            return positions;
        }

        @Override
        public Answer firstUnread(Map<TopicPartition, Position> behind, Duration atMost) {
            asked.addAll(behind.keySet());
            return new Answer(found, unanswered);
        }

        @Override
        public void close() {}
    }
}
