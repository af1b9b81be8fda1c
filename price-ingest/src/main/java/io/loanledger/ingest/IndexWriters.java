package io.loanledger.ingest;

import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.MarketIndex;
import io.loanledger.events.broadcast.BroadcastAbortedException;
import io.loanledger.events.broadcast.BroadcastEndedException;
import io.loanledger.events.broadcast.BroadcastStream;
import io.loanledger.events.broadcast.PartitionBroadcast;
import io.loanledger.events.broadcast.PartitionBroadcast.Start;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.TopicCatalogue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One fenced writer for each market. Opening them ends those of a former process for good.
 *
 * <p>An index whose transaction was aborted is dropped: the next one is due within a second. A writer that does not know whether its
 * last transaction was committed is replaced by a new one in a higher epoch. A writer that was fenced ends the service: whoever
 * fenced it is now the one. One thread.
 */
final class IndexWriters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexWriters.class);

    /** How many offsets of a partition are searched for a market's last record. */
    private static final long LOOK_BACK = 20_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConnectionSettings kafka;
    private final SchemaRegistry registry;
    private final SchemaIds schemaIds;
    private final InstantSource clock;
    private final Map<String, PartitionBroadcast> writers = new HashMap<>();

    private IndexWriters(
            KafkaConnectionSettings kafka, SchemaRegistry registry, SchemaIds schemaIds, InstantSource clock) {
        this.kafka = kafka;
        this.registry = registry;
        this.schemaIds = schemaIds;
        this.clock = clock;
    }

    static IndexWriters open(
            KafkaConnectionSettings kafka,
            SchemaRegistry registry,
            SchemaIds schemaIds,
            Collection<String> markets,
            InstantSource clock) {
        IndexWriters all = new IndexWriters(kafka, registry, schemaIds, clock);
        try {
            markets.forEach(market -> all.writers.put(market, all.open(market)));
        } catch (RuntimeException failed) {
            all.close();
            throw failed;
        }
        return all;
    }

    /**
     * Writes the index to every partition.
     *
     * @return whether it was committed
     * @throws BroadcastEndedException when this process may write no more
     */
    boolean publish(MarketIndex index) {
        String market = index.market();
        PartitionBroadcast writer = writers.get(market);
        if (writer == null) {
            throw new IllegalArgumentException("no writer was opened for " + market);
        }
        try {
            var written = writer.publish(market, (epoch, sequence) -> IndexRecords.toWire(index.at(epoch, sequence)));
            LOG.trace("{} {} {}", market, written, index.state());
            return true;
        } catch (BroadcastAbortedException aborted) {
            LOG.warn("the index of {} at {} was not written", market, index.priceTime(), aborted);
            return false;
        } catch (BroadcastEndedException ended) {
            return switch (ended.reason()) {
                case OUTCOME_UNKNOWN -> {
                    LOG.warn(
                            "it is not known whether the last index of {} was written; beginning a new epoch",
                            market,
                            ended);
                    writers.put(market, open(market));
                    yield false;
                }
                case FENCED, REFUSED -> throw ended;
            };
        }
    }

    /** The last committed record of each market, as far as it lies within the last records of the topic. */
    Map<String, IndexPrice> lastWritten() {
        Map<String, IndexPrice> last = new HashMap<>();
        // Every record stands in every partition: the first tells as much as all.
        TopicPartition partition = new TopicPartition(TopicCatalogue.INDEX_PRICES.name(), 0);
        RecordReader reader = new RecordReader(registry);
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            long end = consumer.position(partition);
            long beginning = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
            consumer.seek(partition, Math.max(beginning, end - LOOK_BACK));
            long start = System.nanoTime();
            while (consumer.position(partition) < end) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new KafkaException("the last index prices could not be read back within " + PATIENCE);
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    indexIn(reader, record)
                            .filter(index -> writers.containsKey(index.market()))
                            .ifPresent(index -> last.merge(
                                    index.market(), index, (a, b) -> b.isAfter(a.epoch(), a.sequence()) ? b : a));
                }
            }
        }
        return last;
    }

    @Override
    public void close() {
        writers.values().forEach(PartitionBroadcast::close);
    }

    private PartitionBroadcast open(String market) {
        // Index prices are kept for a limited time: counting epochs by seconds keeps them rising over a pause longer
        // than that.
        Start start = new Start(clock.instant().getEpochSecond(), LOOK_BACK, PATIENCE);
        PartitionBroadcast writer = PartitionBroadcast.open(
                kafka,
                BroadcastStream.indexPrices(market),
                new RecordReader(registry),
                new RecordWriter(schemaIds),
                start);
        LOG.info("writes the index of {} in epoch {}", market, writer.epoch());
        return writer;
    }

    private static Optional<IndexPrice> indexIn(RecordReader reader, ConsumerRecord<byte[], byte[]> record) {
        return switch (reader.read(TopicCatalogue.INDEX_PRICES, record.value())) {
            case Decoded.Readable readable ->
                readable.value() instanceof io.loanledger.events.IndexPrice index
                        ? IndexRecords.fromWire(index)
                        : Optional.empty();
            case Decoded.Unreadable foreign -> Optional.empty();
            case Decoded.Unavailable unavailable -> throw unavailable.cause();
        };
    }
}
