package io.loanledger.liquidation;

import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The one topology of the liquidation processor, one task per partition. Sources hand on raw bytes; the task decodes them itself, so
 * that what cannot be read goes to the dead letters with the place where it stood.
 *
 * <pre>
 * from-prices.index          --+                        +--&gt; to-liquidation.orders
 * from-lending.terms-fanned  --+                        +--&gt; to-liquidation.replies
 * from-liquidation.requests  --+--&gt; liquidation-task --+--&gt; to-liquidation.execution-records
 * from-desk.executions       --+    [liquidation-book]  +--&gt; to-liquidation.strayed
 * from-liquidation.strayed   --+                        +--&gt; to-ledger.dead-letters
 * </pre>
 */
final class LiquidationTopology {
    /** Whose records belong to a market by their key; one in the wrong partition is sent home. */
    static final List<Topic> KEYED = List.of(TopicCatalogue.LIQUIDATION_REQUESTS, TopicCatalogue.EXECUTIONS);

    /** What the topology reads, in the order of the drawing. */
    static final List<Topic> SOURCES = List.of(
            TopicCatalogue.INDEX_PRICES,
            TopicCatalogue.TERMS_FANNED,
            TopicCatalogue.LIQUIDATION_REQUESTS,
            TopicCatalogue.EXECUTIONS,
            TopicCatalogue.LIQUIDATION_STRAYED);

    /** What it writes. */
    static final List<Topic> SINKS = List.of(
            TopicCatalogue.ORDERS,
            TopicCatalogue.LIQUIDATION_REPLIES,
            TopicCatalogue.EXECUTION_RECORDS,
            TopicCatalogue.LIQUIDATION_STRAYED,
            TopicCatalogue.DEAD_LETTERS);

    private static final Map<String, String> CHANGELOG =
            Map.of("segment.bytes", Integer.toString(64 << 20), "min.cleanable.dirty.ratio", "0.1");

    private LiquidationTopology() {}

    static Topology build(TaskParts parts, StreamsConfig config) {
        return build(() -> new LiquidationTask(parts), config);
    }

    static Topology build(ProcessorSupplier<byte[], byte[], byte[], byte[]> task, StreamsConfig config) {
        // The check of explicit names takes effect only when it comes through TopologyConfig.
        Topology topology = new Topology(new TopologyConfig(config));
        addSource(topology, TopicCatalogue.INDEX_PRICES);
        addSource(topology, TopicCatalogue.TERMS_FANNED);
        addSource(topology, TopicCatalogue.LIQUIDATION_REQUESTS);
        addSource(topology, TopicCatalogue.EXECUTIONS);
        addSource(topology, TopicCatalogue.LIQUIDATION_STRAYED);
        topology.addProcessor(
                LiquidationNames.TASK,
                task,
                SOURCES.stream().map(LiquidationNames::sourceOf).toArray(String[]::new));
        topology.addStateStore(bookStore(), LiquidationNames.TASK);
        addSink(topology, TopicCatalogue.ORDERS);
        addSink(topology, TopicCatalogue.LIQUIDATION_REPLIES);
        addSink(topology, TopicCatalogue.EXECUTION_RECORDS);
        addSink(topology, TopicCatalogue.LIQUIDATION_STRAYED);
        addSink(topology, TopicCatalogue.DEAD_LETTERS);
        return topology;
    }

    private static void addSource(Topology topology, Topic topic) {
        topology.addSource(
                LiquidationNames.sourceOf(topic),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topic.name());
    }

    private static void addSink(Topology topology, Topic topic) {
        topology.addSink(
                LiquidationNames.sinkOf(topic),
                topic.name(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                LiquidationNames.TASK);
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> bookStore() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(LiquidationNames.BOOK_STORE),
                        Serdes.String(),
                        Serdes.ByteArray())
                .withLoggingEnabled(CHANGELOG)
                .withCachingDisabled();
    }
}
