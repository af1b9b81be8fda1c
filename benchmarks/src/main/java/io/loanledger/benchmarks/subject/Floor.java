package io.loanledger.benchmarks.subject;

import io.loanledger.events.streams.CommitPacer;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** The simplest topologies that do a part of the ledger's work: what they cost is what Kafka and Kafka Streams cost. */
public enum Floor {
    /** Every record goes from its source to a sink, and nothing else. */
    IDENTITY,
    /** Every record is put under its key into a RocksDB store with a changelog, and goes to a sink: one put and one output. */
    PUT,
    /**
     * Every record goes from its source to a sink, and asks for a commit as the ledger does for a breach. Its key becomes the number of the
     * partition that it came from.
     */
    PASS_THROUGH;

    private static final String SOURCE = "from-input";
    private static final String TASK = "floor";
    private static final String STORE = "last";
    private static final String SINK = "to-output";

    /** Group, changelogs and transactions are named by it. */
    public String applicationId() {
        return "bench-" + title();
    }

    /** For example {@code pass-through}. */
    public String title() {
        return switch (this) {
            case IDENTITY -> "identity";
            case PUT -> "put";
            case PASS_THROUGH -> "pass-through";
        };
    }

    /** What it reads; as many partitions as the ledger's topics. */
    public String input() {
        return "bench." + title() + "-input.v1";
    }

    /** What it writes. */
    public String output() {
        return "bench." + title() + "-output.v1";
    }

    Topology topology(StreamsConfig config) {
        Topology topology = new Topology(new TopologyConfig(config));
        topology.addSource(SOURCE, new StringDeserializer(), new ByteArrayDeserializer(), input());
        switch (this) {
            case IDENTITY ->
                topology.addSink(SINK, output(), new StringSerializer(), new ByteArraySerializer(), SOURCE);
            case PUT -> {
                topology.addProcessor(TASK, PutAndForward::new, SOURCE);
                topology.addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                                .withCachingDisabled()
                                .withLoggingEnabled(Map.of()),
                        TASK);
                topology.addSink(SINK, output(), new StringSerializer(), new ByteArraySerializer(), TASK);
            }
            case PASS_THROUGH -> {
                topology.addProcessor(TASK, AskAndForward::new, SOURCE);
                topology.addSink(SINK, output(), new StringSerializer(), new ByteArraySerializer(), TASK);
            }
        }
        return topology;
    }

    private static final class PutAndForward implements Processor<String, byte[], String, byte[]> {
        private @Nullable ProcessorContext<String, byte[]> context;
        private @Nullable KeyValueStore<String, byte[]> store;

        @Override
        public void init(ProcessorContext<String, byte[]> started) {
            context = started;
            store = started.getStateStore(STORE);
        }

        @Override
        public void process(Record<String, byte[]> record) {
            if (store == null || context == null) {
                throw new IllegalStateException("init comes first");
            }
            store.put(record.key(), record.value());
            context.forward(record);
        }
    }

    private static final class AskAndForward implements Processor<String, byte[], String, byte[]> {
        private @Nullable ProcessorContext<String, byte[]> context;

        @Override
        public void init(ProcessorContext<String, byte[]> started) {
            context = started;
        }

        @Override
        public void process(Record<String, byte[]> record) {
            if (context == null) {
                throw new IllegalStateException("init comes first");
            }
            CommitPacer pacer = CommitPacer.ofThread();
            pacer.see(context);
            context.forward(record.withKey(Integer.toString(context.taskId().partition())));
            pacer.ask(context, record.timestamp());
        }
    }
}
