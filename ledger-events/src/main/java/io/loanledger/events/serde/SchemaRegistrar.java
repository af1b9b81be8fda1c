package io.loanledger.events.serde;

import io.loanledger.events.serde.SchemaRegistry.Compatibility;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Brings the contract into a registry at start-up, or makes sure that it is there, and finds every schema's id, so that no write has
 * to ask for one later. Subjects are the topic, a hyphen and the record's full name.
 */
public final class SchemaRegistrar {

    private final SchemaRegistry registry;

    public SchemaRegistrar(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * Registers every schema of the contract that is not there yet, each under a subject that from then on takes only schemas that
     * every version reads and is read by.
     *
     * @throws RegistryUnavailableException if there is no answer; trying again does no harm
     * @throws RegistryRefusedException if the registry refuses, for example because a schema does not fit an older one
     */
    public SchemaIds registerAll() {
        Map<Class<? extends SpecificRecord>, Integer> ids = new HashMap<>();
        for (Topic topic : TopicCatalogue.ALL) {
            for (Class<? extends SpecificRecord> type : topic.values()) {
                String subject = topic.subject(type);
                Schema schema = ContractTypes.of(type).registered();
                Optional<Integer> known = registry.find(subject, schema);
                if (known.isEmpty()) {
                    registry.setCompatibility(subject, Compatibility.FULL_TRANSITIVE);
                }
                ids.put(type, known.orElseGet(() -> registry.register(subject, schema)));
            }
        }
        return new SchemaIds(ids);
    }

    /**
     * Finds every schema of the contract and changes nothing: for a service that may not write to the registry.
     *
     * @throws RegistryUnavailableException if there is no answer
     * @throws KafkaException if schemas are missing; names all of them
     */
    public SchemaIds verifyAll() {
        Map<Class<? extends SpecificRecord>, Integer> ids = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (Topic topic : TopicCatalogue.ALL) {
            for (Class<? extends SpecificRecord> type : topic.values()) {
                String subject = topic.subject(type);
                registry.find(subject, ContractTypes.of(type).registered())
                        .ifPresentOrElse(id -> ids.put(type, id), () -> missing.add(subject));
            }
        }
        if (!missing.isEmpty()) {
            throw new KafkaException("not registered in this version: " + String.join(", ", missing));
        }
        return new SchemaIds(ids);
    }
}
