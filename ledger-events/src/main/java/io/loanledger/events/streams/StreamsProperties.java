package io.loanledger.events.streams;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The settings of Kafka Streams with which two hops through it were measured. Latency comes from commits that what is urgent asks for ({@link CommitPacer}), fail-over time from the
 * transaction and session time-outs; what an operator may turn is in {@link StreamsInstance}.
 */
public final class StreamsProperties {
    private static final int POLL_MILLIS = 10;
    private static final int BATCH_BYTES = 128 << 10;

    /** Nobody reads a record before its commit, and a commit sends at once what still waits: so waiting costs no time, and saves requests. */
    private static final int LINGER_MILLIS = 5;

    /** How long the open transaction of a dead instance hides the records behind it. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 5_000;

    private static final int SESSION_TIMEOUT_MILLIS = 6_000;
    private static final int HEARTBEAT_MILLIS = 2_000;

    /** Kafka's own default, fixed here because waits inside of a record are measured against it. */
    private static final int MAX_POLL_INTERVAL_MILLIS = 300_000;

    private static final long MEGABYTE = 1L << 20;

    private StreamsProperties() {}

    public static StreamsConfig of(StreamsInstance instance) {
        Map<String, Object> properties = new HashMap<>(instance.kafka().clientProperties());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, instance.applicationId());
        properties.put(StreamsConfig.CLIENT_ID_CONFIG, instance.applicationId() + "-" + instance.instanceId());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, instance.stateDirectory().toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, instance.threads());
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, instance.standbys());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, instance.replicationFactor());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, instance.commitEvery().toMillis());
        properties.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 0L);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        properties.put(BoundedRocksDb.MEMORY_BYTES, instance.rocksDbMegabytes() * MEGABYTE);
        // The new protocol refuses static membership. A close does not leave the group, so that an instance without a
        // lasting name waits for its own session to end.
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance.instanceId());
        properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        consumer(properties, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer(properties, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        consumer(properties, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        consumer(properties, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MAX_POLL_INTERVAL_MILLIS);
        producer(properties, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        producer(properties, ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        producer(properties, ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
        producer(properties, ProducerConfig.MAX_BLOCK_MS_CONFIG, 120_000);
        producer(properties, ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        producer(properties, ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return new StreamsConfig(properties);
    }

    private static void consumer(Map<String, Object> properties, String key, Object value) {
        properties.put(StreamsConfig.consumerPrefix(key), value);
    }

    private static void producer(Map<String, Object> properties, String key, Object value) {
        properties.put(StreamsConfig.producerPrefix(key), value);
    }
}
