package io.loanledger.local.checker;

import io.loanledger.events.topic.Topic;
import io.loanledger.streams.LedgerNames;
import io.loanledger.streams.task.LoanTask;
import io.loanledger.streams.task.TaskParts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** One loan task by itself: what it writes to itself is read when the test gives it back, and so a sweep stays open between two chunks. */
final class TaskDriven implements RecordedLedger.Driven {
    private final MockProcessorContext<Object, byte[]> context;
    private final Map<String, KeyValueStore<String, byte[]>> stores = new HashMap<>();
    private final Map<String, Long> offsets = new HashMap<>();
    private final LoanTask task;

    TaskDriven(TaskParts parts, Path folder) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, LedgerNames.APPLICATION_ID);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        context = new MockProcessorContext<>(properties, new TaskId(0, 0), folder.toFile());
        List.of(LedgerNames.LOANS_STORE, LedgerNames.TASK_STATE_STORE).forEach(this::open);
        task = new LoanTask(parts);
        task.init(context);
    }

    private void open(String name) {
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        stores.put(name, store);
    }

    @Override
    public void take(Topic topic, TestRecord<byte[], byte[]> record) {
        context.resetForwards();
        context.setCurrentSystemTimeMs(record.timestamp());
        context.setRecordMetadata(topic.name(), 0, offsets.merge(topic.name(), 1L, Long::sum) - 1);
        task.process(new Record<>(record.key(), record.value(), record.timestamp(), record.headers()));
    }

    @Override
    public List<TestRecord<byte[], byte[]>> written(Topic topic) {
        return context.forwarded(LedgerNames.sinkOf(topic)).stream()
                .map(forward -> {
                    Record<?, ? extends byte[]> record = forward.record();
                    return new TestRecord<>(
                            keyOf(record.key()), (byte[]) record.value(), record.headers(), record.timestamp());
                })
                .toList();
    }

    /** A continuation's key is of a type of its own, and nobody reads it. */
    private static byte @Nullable [] keyOf(@Nullable Object key) {
        return key instanceof byte[] bytes ? bytes : null;
    }

    @Override
    public KeyValueStore<String, byte[]> store(String name) {
        return java.util.Objects.requireNonNull(stores.get(name));
    }

    @Override
    public void close() {
        task.close();
        stores.values().forEach(KeyValueStore::close);
    }
}
