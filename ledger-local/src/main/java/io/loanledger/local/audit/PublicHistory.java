package io.loanledger.local.audit;

import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.topic.CommittedHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * What every topic but the journal says, read back as an outsider reads it and sorted by type of record. Within a partition the order
 * is the topic's. For one thread until it is filled.
 */
public final class PublicHistory {

    /** The journal is too long to keep; the others carry bytes of others. */
    private static final Set<Topic> LEFT_OUT = Set.of(
            TopicCatalogue.JOURNAL,
            TopicCatalogue.STRAYED,
            TopicCatalogue.LIQUIDATION_STRAYED,
            TopicCatalogue.DEAD_LETTERS);

    /**
     * A record and where it stood.
     *
     * @param appendedAt the record's timestamp
     */
    public record Read<T>(T value, int partition, long offset, Instant appendedAt) {}

    private final Map<Class<?>, List<Read<SpecificRecord>>> byType = new HashMap<>();

    /** Reads all public topics to their end. */
    public static PublicHistory of(KafkaConnectionSettings connection, SchemaRegistry schemas) {
        var history = new PublicHistory();
        var reader = new RecordReader(schemas);
        List<Topic> topics = TopicCatalogue.ALL.stream()
                .filter(topic -> !LEFT_OUT.contains(topic))
                .toList();
        CommittedHistory.read(connection, topics, record -> {
            Topic topic = TopicCatalogue.byName(record.topic()).orElseThrow();
            switch (reader.read(topic, record.value())) {
                case Decoded.Readable readable ->
                    history.add(
                            readable.value(),
                            record.partition(),
                            record.offset(),
                            Instant.ofEpochMilli(record.timestamp()));
                case Decoded.Unreadable unreadable ->
                    throw new IllegalStateException("unreadable in " + record.topic() + ": " + unreadable);
                case Decoded.Unavailable unavailable -> throw unavailable.cause();
            }
        });
        return history;
    }

    /** Adds the next record of its partition. */
    public void add(SpecificRecord value, int partition, long offset, Instant appendedAt) {
        byType.computeIfAbsent(value.getClass(), type -> new ArrayList<>())
                .add(new Read<>(value, partition, offset, appendedAt));
    }

    /** Every record of a type with its place, each partition in its order. */
    public <T extends SpecificRecord> List<Read<T>> placed(Class<T> type) {
        return byType.getOrDefault(type, List.of()).stream()
                .map(read -> new Read<>(type.cast(read.value()), read.partition(), read.offset(), read.appendedAt()))
                .toList();
    }

    /** The same without their places. */
    public <T extends SpecificRecord> List<T> of(Class<T> type) {
        return placed(type).stream().map(Read::value).toList();
    }
}
