package io.loanledger.streams.wire;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.topic.TopicCatalogue;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The schema and its registered id for every kind of event, resolved once at start, so that no journal record ever waits for the
 * registry. Immutable; safe for many threads if the registry is.
 */
public final class JournalSchemas {
    /** What a registry says of a schema. */
    @FunctionalInterface
    public interface Ids {
        /** The id of the schema in this subject, registered if the installation allows it. */
        int idOf(String subject, Schema schema);
    }

    private final Map<Class<?>, Integer> idOfEvent = new HashMap<>();
    private final Map<String, Schema> schemaOfType = new HashMap<>();
    private final IntFunction<Schema> schemaOfId;

    /**
     * Asks for the id of every record of the journal.
     *
     * @param ids asked once for each
     * @param schemaOfId asked for the writer's schema when the journal is read
     */
    public JournalSchemas(Ids ids, IntFunction<Schema> schemaOfId) {
        this.schemaOfId = schemaOfId;
        Map<String, Class<? extends SpecificRecord>> records = new HashMap<>();
        TopicCatalogue.JOURNAL.values().forEach(type -> records.put(type.getSimpleName(), type));
        for (Class<?> event : LoanEvent.class.getPermittedSubclasses()) {
            Class<? extends SpecificRecord> type = records.get(event.getSimpleName());
            if (type == null) {
                throw new IllegalStateException("the journal has no record for " + event.getSimpleName());
            }
            Schema schema = SpecificData.get().getSchema(type);
            schemaOfType.put(schema.getName(), schema);
            idOfEvent.put(event, ids.idOf(TopicCatalogue.JOURNAL.subject(type), schema));
        }
    }

    /** With the ids that were found at start, and the registry for what others wrote. */
    public static JournalSchemas of(SchemaIds ids, SchemaRegistry registry) {
        // Looked up in the catalogue, not by name: Avro makes no class of a name that it was not told to trust.
        Map<String, Class<? extends SpecificRecord>> types = new HashMap<>();
        TopicCatalogue.JOURNAL.values().forEach(type -> types.put(type.getName(), type));
        return new JournalSchemas(
                (subject, schema) -> ids.of(Objects.requireNonNull(types.get(schema.getFullName()))),
                id -> registry.schema(id)
                        .orElseThrow(() -> new IllegalStateException("the registry does not know schema id " + id)));
    }

    int idOf(LoanEvent event) {
        return Objects.requireNonNull(idOfEvent.get(event.getClass()));
    }

    /** The schema under which a record was written. */
    Schema writer(int id) {
        return schemaOfId.apply(id);
    }

    /** The schema under which this ledger reads records of that name. */
    Schema reader(Schema writer) {
        Schema schema = schemaOfType.get(writer.getName());
        if (schema == null || !schema.getFullName().equals(writer.getFullName())) {
            throw new IllegalStateException("no record of the journal: " + writer.getFullName());
        }
        return schema;
    }
}
