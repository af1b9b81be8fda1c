package io.loanledger.events.serde;

import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/**
 * A schema registry with Confluent's meaning of subject and id.
 *
 * <p>Implementations are safe for use by many threads and remember what cannot change: the schema of an id, the id of a schema in a
 * subject. Every method throws {@link RegistryUnavailableException} if no answer could be had, which says nothing about the data and
 * must be retried, and {@link RegistryRefusedException} if the registry answered that it will not do it.
 */
public interface SchemaRegistry extends AutoCloseable {

    /** Prefix of the address of a registry inside this process, for tests: {@code mock://scope}. */
    String IN_PROCESS_PREFIX = "mock://";

    /** How schemas of one subject must fit each other. Only the level this project uses, and the one for tests. */
    enum Compatibility {
        /** Every version reads every other, in both directions. */
        FULL_TRANSITIVE,
        NONE
    }

    /**
     * The schema of an id; empty if the registry answered that it does not know the id.
     *
     * @throws org.apache.avro.SchemaParseException if what is registered there is not an Avro schema
     */
    Optional<Schema> schema(int id);

    /** Registers the schema under the subject unless it is there already, and gives its id. */
    int register(String subject, Schema schema);

    /** The id of a schema registered under the subject; empty if the registry answered that it is not there. */
    Optional<Integer> find(String subject, Schema schema);

    /** The id of the subject's newest schema; empty if the registry answered that there is none. Never remembered. */
    Optional<Integer> latest(String subject);

    /** Sets how further schemas of the subject must fit. */
    void setCompatibility(String subject, Compatibility compatibility);

    @Override
    void close();

    /**
     * The registry that Confluent's own configuration keys describe.
     *
     * @param configuration at least {@code schema.registry.url}; see {@link RegistryConfiguration}
     * @throws ConfigException if it cannot be used
     */
    static SchemaRegistry open(Map<String, ?> configuration) {
        RegistryConfiguration read = RegistryConfiguration.from(configuration);
        String first = read.urls().getFirst();
        return first.startsWith(IN_PROCESS_PREFIX)
                ? InProcessSchemaRegistry.ofScope(first.substring(IN_PROCESS_PREFIX.length()))
                : new HttpSchemaRegistry(read);
    }
}
