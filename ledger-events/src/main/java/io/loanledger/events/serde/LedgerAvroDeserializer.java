package io.loanledger.events.serde;

import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's deserializer for records of the contract, configured by Confluent's keys: {@code schema.registry.url},
 * {@code basic.auth.*}, {@code schema.registry.ssl.*}. In a topic of the catalogue it gives only the types that belong there.
 *
 * <p>Throws {@link UnreadableRecordException} for bytes that can never be read, and {@link RegistryUnavailableException} or
 * {@link RegistryRefusedException} for bytes that may be read later. For values only. For one thread, as a consumer is.
 */
public final class LedgerAvroDeserializer implements Deserializer<SpecificRecord> {

    private @Nullable SchemaRegistry registry;
    private @Nullable RecordReader reader;

    @Override
    public void configure(Map<String, ?> configuration, boolean isKey) {
        if (isKey) {
            throw new ConfigException("keys of the ledger are plain text: use Kafka's StringDeserializer");
        }
        registry = SchemaRegistry.open(configuration);
        reader = new RecordReader(registry);
    }

    @Override
    public @Nullable SpecificRecord deserialize(String topic, byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        if (reader == null) {
            throw new IllegalStateException("the deserializer was not configured");
        }
        Topic known = TopicCatalogue.byName(topic).orElse(null);
        Decoded decoded = known == null ? reader.readAny(topic, value) : reader.read(known, value);
        return switch (decoded) {
            case Decoded.Readable readable -> readable.value();
            case Decoded.Unreadable unreadable -> throw new UnreadableRecordException(topic, unreadable);
            case Decoded.Unavailable unavailable -> throw unavailable.cause();
        };
    }

    @Override
    public void close() {
        if (registry != null) {
            registry.close();
        }
    }
}
