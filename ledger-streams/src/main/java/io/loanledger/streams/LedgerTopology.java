package io.loanledger.streams;

import static io.loanledger.streams.LedgerNames.CLAIMS_STORE;
import static io.loanledger.streams.LedgerNames.CLAIM_TASK;
import static io.loanledger.streams.LedgerNames.LOANS_STORE;
import static io.loanledger.streams.LedgerNames.LOAN_TASK;
import static io.loanledger.streams.LedgerNames.TASK_STATE_STORE;
import static io.loanledger.streams.LedgerNames.claimSinkOf;
import static io.loanledger.streams.LedgerNames.sinkOf;
import static io.loanledger.streams.LedgerNames.sourceOf;

import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.task.ClaimTask;
import io.loanledger.streams.task.ContinuationKey;
import io.loanledger.streams.task.LoanTask;
import io.loanledger.streams.task.TaskParts;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The ledger's topology: one task per partition of the loans, and one per partition of the claims.
 *
 * <pre>{@code
 *  from-prices.index ----------------+                          +--> to-ledger.journal
 *  from-lending.terms-fanned --------+                          +--> to-ledger.margin-calls
 *  from-lending.loans ---------------+                          +--> to-ledger.rejections
 *  from-custody.collateral ----------+                          +--> to-custody.instructions
 *  from-payments.movements ----------+--> loan-task ------------+--> to-payments.instructions
 *  from-liquidation.replies ---------+      loans               +--> to-liquidation.requests
 *  from-ledger.claim-results --------+      task-state          +--> to-ledger.claim-requests
 *  from-ledger.strayed --------------+                          +--> to-ledger.strayed
 *  from-ledger.continuations --------+                          +--> to-ledger.continuations
 *                                                               +--> to-ledger.dead-letters
 *                                                               +--> to-lending.terms
 *
 *  from-ledger.claim-requests ----------> claim-task -----------+--> claims-to-ledger.claim-results
 *                                           claims              +--> claims-to-ledger.dead-letters
 * }</pre>
 *
 * The same picture stands in {@code docs/topology.md}; a test keeps drawing, document and topology equal.
 */
public final class LedgerTopology {
    /** What the topology reads, its own hand-overs included. */
    public static final List<Topic> SOURCES = List.of(
            TopicCatalogue.INDEX_PRICES,
            TopicCatalogue.TERMS_FANNED,
            TopicCatalogue.LOANS,
            TopicCatalogue.COLLATERAL,
            TopicCatalogue.MOVEMENTS,
            TopicCatalogue.LIQUIDATION_REPLIES,
            TopicCatalogue.CLAIM_RESULTS,
            TopicCatalogue.STRAYED,
            TopicCatalogue.CONTINUATIONS,
            TopicCatalogue.CLAIM_REQUESTS);

    /** Small segments and an eager cleaner keep a changelog, and so a restore, near the size of its store. */
    private static final Map<String, String> CHANGELOG =
            Map.of("segment.bytes", Integer.toString(64 << 20), "min.cleanable.dirty.ratio", "0.1");

    private static final Deserializer<byte[]> READ = new ByteArrayDeserializer();
    private static final Serializer<byte[]> WRITE = new ByteArraySerializer();

    private LedgerTopology() {}

    /** Names are checked by Streams only if the topology is given the settings, not if {@code build} is. */
    public static Topology build(TaskParts parts, StreamsConfig config) {
        Topology ledger = new Topology(new TopologyConfig(config));

        read(ledger, TopicCatalogue.INDEX_PRICES);
        read(ledger, TopicCatalogue.TERMS_FANNED);
        read(ledger, TopicCatalogue.LOANS);
        read(ledger, TopicCatalogue.COLLATERAL);
        read(ledger, TopicCatalogue.MOVEMENTS);
        read(ledger, TopicCatalogue.LIQUIDATION_REPLIES);
        read(ledger, TopicCatalogue.CLAIM_RESULTS);
        read(ledger, TopicCatalogue.STRAYED);
        read(ledger, TopicCatalogue.CONTINUATIONS);

        ledger.addProcessor(
                LOAN_TASK,
                () -> new LoanTask(parts),
                sourceOf(TopicCatalogue.INDEX_PRICES),
                sourceOf(TopicCatalogue.TERMS_FANNED),
                sourceOf(TopicCatalogue.LOANS),
                sourceOf(TopicCatalogue.COLLATERAL),
                sourceOf(TopicCatalogue.MOVEMENTS),
                sourceOf(TopicCatalogue.LIQUIDATION_REPLIES),
                sourceOf(TopicCatalogue.CLAIM_RESULTS),
                sourceOf(TopicCatalogue.STRAYED),
                sourceOf(TopicCatalogue.CONTINUATIONS));
        ledger.addStateStore(store(LOANS_STORE, Serdes.ByteArray()), LOAN_TASK);
        ledger.addStateStore(store(TASK_STATE_STORE, Serdes.ByteArray()), LOAN_TASK);

        write(ledger, TopicCatalogue.JOURNAL);
        write(ledger, TopicCatalogue.MARGIN_CALLS);
        write(ledger, TopicCatalogue.REJECTIONS);
        write(ledger, TopicCatalogue.CUSTODY_INSTRUCTIONS);
        write(ledger, TopicCatalogue.PAYMENT_INSTRUCTIONS);
        write(ledger, TopicCatalogue.LIQUIDATION_REQUESTS);
        write(ledger, TopicCatalogue.CLAIM_REQUESTS);
        write(ledger, TopicCatalogue.STRAYED);
        write(ledger, TopicCatalogue.TERMS);
        ledger.addSink(
                sinkOf(TopicCatalogue.CONTINUATIONS),
                TopicCatalogue.CONTINUATIONS.name(),
                ContinuationKey.serializer(),
                WRITE,
                ContinuationKey.partitioner(),
                LOAN_TASK);
        write(ledger, TopicCatalogue.DEAD_LETTERS);

        read(ledger, TopicCatalogue.CLAIM_REQUESTS);
        ledger.addProcessor(CLAIM_TASK, () -> new ClaimTask(parts), sourceOf(TopicCatalogue.CLAIM_REQUESTS));
        ledger.addStateStore(store(CLAIMS_STORE, Serdes.String()), CLAIM_TASK);
        writeOfClaims(ledger, TopicCatalogue.CLAIM_RESULTS);
        writeOfClaims(ledger, TopicCatalogue.DEAD_LETTERS);
        return ledger;
    }

    private static void read(Topology ledger, Topic topic) {
        ledger.addSource(sourceOf(topic), READ, READ, topic.name());
    }

    /** Kafka's own partitioner: murmur2 of the key, so that a loan's records stay in its task's partition. */
    private static void write(Topology ledger, Topic topic) {
        ledger.addSink(sinkOf(topic), topic.name(), WRITE, WRITE, LOAN_TASK);
    }

    private static void writeOfClaims(Topology ledger, Topic topic) {
        ledger.addSink(claimSinkOf(topic), topic.name(), WRITE, WRITE, CLAIM_TASK);
    }

    /** On disk, with a changelog and without Streams' cache, which lost in every measurement. */
    private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> value) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), value)
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }
}
