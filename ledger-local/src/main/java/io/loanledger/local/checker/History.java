package io.loanledger.local.checker;

import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What a cluster has committed, partition by partition in the order of the offsets. Read as often as the checker likes. */
public interface History {

    /** How many partitions a topic has; 0 when there is no such topic. */
    int partitions(String topic);

    /** Hands on every committed record of a partition, in this thread. */
    void read(String topic, int partition, Consumer<Message> each);

    /** The first offset that a consumer group has not taken; {@link Long#MAX_VALUE} when the history does not know. */
    long notTakenFrom(String group, String topic, int partition);

    /** The schema that the registry knows under an id; null when it knows none. */
    @Nullable
    Schema schema(int id);
}
