package io.loanledger.streams.task;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * The key of a continuation: the market, and the partition of the task that sends it to itself. A partitioner does not see the
 * task, so the key brings it along; on the wire stands the market alone.
 */
public record ContinuationKey(String market, int partition) {
    /** Writes the market. */
    public static Serializer<ContinuationKey> serializer() {
        return (topic, key) -> key.market().getBytes(StandardCharsets.UTF_8);
    }

    /** Goes to the partition that the key names. */
    public static StreamPartitioner<ContinuationKey, byte[]> partitioner() {
        return (topic, key, value, partitions) -> Optional.of(Set.of(key.partition()));
    }
}
