package io.loanledger.events.broadcast;

import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.RecordReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Finds the highest committed position of a stream by reading its topic from the end backwards, in growing steps.
 *
 * <p>It reads up to the ends that were taken when the former writer was already fenced. A transaction of another stream of the topic
 * that is still open there hides what follows it, so it is waited for.
 */
final class LastPosition {

    private static final int[] STEPS = {64, 4_096};
    private static final Duration POLL = Duration.ofMillis(100);

    private final BroadcastStream stream;
    private final Consumer<byte[], byte[]> committed;
    private final RecordReader reader;
    private final Duration patience;

    LastPosition(BroadcastStream stream, Consumer<byte[], byte[]> committed, RecordReader reader, Duration patience) {
        this.stream = stream;
        this.committed = committed;
        this.reader = reader;
        this.patience = patience;
    }

    /**
     * The highest position found.
     *
     * @param ends offsets after the last record of each partition, committed or not
     * @param lookBack how many offsets to go back in each partition at most
     */
    Optional<Position> find(Map<TopicPartition, Long> ends, long lookBack) {
        committed.assign(ends.keySet());
        Map<TopicPartition, Long> beginnings = committed.beginningOffsets(ends.keySet());
        for (int step : STEPS) {
            Optional<Position> found = readFrom(starts(ends, beginnings, Math.min(step, lookBack)), ends);
            if (found.isPresent()) {
                return found;
            }
        }
        return readFrom(starts(ends, beginnings, lookBack), ends);
    }

    private static Map<TopicPartition, Long> starts(
            Map<TopicPartition, Long> ends, Map<TopicPartition, Long> beginnings, long back) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        ends.forEach((partition, end) ->
                starts.put(partition, Math.max(beginnings.getOrDefault(partition, 0L), end - back)));
        return starts;
    }

    private Optional<Position> readFrom(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
        starts.forEach(committed::seek);
        Optional<Position> highest = Optional.empty();
        long start = System.nanoTime();
        while (true) {
            List<TopicPartition> unread = ends.entrySet().stream()
                    .filter(end -> committed.position(end.getKey()) < end.getValue())
                    .map(Map.Entry::getKey)
                    .toList();
            if (unread.isEmpty()) {
                return highest;
            }
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new TimeoutException("could not read %s to the end in %s; an open transaction may hide it"
                        .formatted(unread, patience));
            }
            for (ConsumerRecord<byte[], byte[]> record : committed.poll(POLL)) {
                Optional<Position> position = positionOf(record);
                if (position.isPresent() && (highest.isEmpty() || position.get().compareTo(highest.get()) > 0)) {
                    highest = position;
                }
            }
        }
    }

    private Optional<Position> positionOf(ConsumerRecord<byte[], byte[]> record) {
        return switch (reader.read(stream.topic(), record.value())) {
            case Decoded.Readable readable -> stream.position().apply(readable.value());
            case Decoded.Unreadable foreign -> Optional.empty(); // not written by a writer of this stream
            case Decoded.Unavailable unavailable ->
                throw new KafkaException("the last position cannot be read", unavailable.cause());
        };
    }
}
