package io.loanledger.local.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A history kept in memory so that a test can forge it: all that was recorded stands in partition 0 of each topic, but for strays. */
final class RecordedHistory implements History {
    static final int PARTITIONS = 3;

    private final Map<String, List<Message>> topics = new TreeMap<>();
    private final IntFunction<@Nullable Schema> schemas;

    RecordedHistory(IntFunction<@Nullable Schema> schemas) {
        this.schemas = schemas;
        Topics.ALL.forEach(topic -> topics.put(topic, new ArrayList<>()));
    }

    /** Appends to partition 0, under the next offset. */
    void append(String topic, long timestampMillis, byte[] key, byte[] value, Map<String, byte[]> headers) {
        append(topic, 0, timestampMillis, key, value, headers);
    }

    Message append(
            String topic, int partition, long timestampMillis, byte[] key, byte[] value, Map<String, byte[]> headers) {
        List<Message> messages = of(topic);
        long offset = messages.stream()
                .filter(message -> message.partition() == partition)
                .count();
        Message message = new Message(topic, partition, offset, timestampMillis, key, value, headers);
        messages.add(message);
        return message;
    }

    List<Message> of(String topic) {
        return topics.computeIfAbsent(topic, t -> new ArrayList<>());
    }

    RecordedHistory copy() {
        RecordedHistory copy = new RecordedHistory(schemas);
        topics.forEach((topic, messages) -> copy.topics.put(topic, new ArrayList<>(messages)));
        return copy;
    }

    /** Takes records out; what follows keeps its offset, as after an aborted transaction. */
    void remove(String topic, Predicate<Message> which) {
        of(topic).removeIf(which);
    }

    void replace(String topic, Predicate<Message> which, UnaryOperator<Message> by) {
        of(topic).replaceAll(message -> which.test(message) ? by.apply(message) : message);
    }

    @Override
    public int partitions(String topic) {
        return PARTITIONS;
    }

    @Override
    public void read(String topic, int partition, Consumer<Message> each) {
        of(topic).stream().filter(message -> message.partition() == partition).forEach(each);
    }

    @Override
    public long notTakenFrom(String group, String topic, int partition) {
        return Long.MAX_VALUE;
    }

    @Override
    public @Nullable Schema schema(int id) {
        return schemas.apply(id);
    }
}
