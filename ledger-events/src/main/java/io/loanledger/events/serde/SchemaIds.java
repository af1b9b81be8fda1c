package io.loanledger.events.serde;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** The schema id of each record of the contract in one registry, found at start-up by {@link SchemaRegistrar}. Immutable. */
public final class SchemaIds {

    private final Map<Class<? extends SpecificRecord>, Integer> ids;

    SchemaIds(Map<Class<? extends SpecificRecord>, Integer> ids) {
        this.ids = Map.copyOf(ids);
    }

    /**
     * The id of a record's schema.
     *
     * @throws IllegalArgumentException if it is not a record of the catalogue
     */
    public int of(Class<? extends SpecificRecord> type) {
        Integer id = ids.get(type);
        if (id == null) {
            throw new IllegalArgumentException(type.getName() + " is not a record of the topic catalogue");
        }
        return id;
    }
}
