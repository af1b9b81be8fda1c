package io.loanledger.events.serde;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's serializer for records of the contract, configured by Confluent's keys: {@code schema.registry.url},
 * {@code auto.register.schemas} (true unless said otherwise, as with Confluent), {@code use.latest.version},
 * {@code value.subject.name.strategy}, {@code basic.auth.*}, {@code schema.registry.ssl.*}.
 *
 * <p>For values only: the ledger's keys are plain text. Safe for use by many threads, as a producer demands. Throws
 * {@link RegistryUnavailableException} if the registry must be asked and does not answer.
 */
public final class LedgerAvroSerializer implements Serializer<SpecificRecord> {

    static final String AUTO_REGISTER = "auto.register.schemas";
    static final String USE_LATEST = "use.latest.version";

    private final Map<Subject, Integer> ids = new ConcurrentHashMap<>();
    private final RecordEncoder encoder = new RecordEncoder();
    private @Nullable SchemaRegistry registry;
    private SubjectNaming naming = SubjectNaming.TOPIC_RECORD;
    private boolean autoRegister = true;
    private boolean useLatest;

    private record Subject(String topic, Class<? extends SpecificRecord> type) {}

    @Override
    public void configure(Map<String, ?> configuration, boolean isKey) {
        if (isKey) {
            throw new ConfigException("keys of the ledger are plain text: use Kafka's StringSerializer");
        }
        naming = SubjectNaming.of(configuration.get(SubjectNaming.KEY));
        autoRegister = flag(configuration, AUTO_REGISTER, true);
        useLatest = flag(configuration, USE_LATEST, false);
        registry = SchemaRegistry.open(configuration);
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable SpecificRecord record) {
        if (record == null) {
            return null;
        }
        int id = ids.computeIfAbsent(new Subject(topic, record.getClass()), this::idOf);
        synchronized (encoder) {
            return encoder.encode(id, record);
        }
    }

    @Override
    public void close() {
        if (registry != null) {
            registry.close();
        }
    }

    private int idOf(Subject wanted) {
        if (registry == null) {
            throw new IllegalStateException("the serializer was not configured");
        }
        ContractTypes.Type type = ContractTypes.of(wanted.type());
        String subject = naming.subject(wanted.topic(), type.registered().getFullName());
        if (autoRegister) {
            return registry.register(subject, type.registered());
        }
        Optional<Integer> id = useLatest ? registry.latest(subject) : registry.find(subject, type.registered());
        return id.orElseThrow(() -> new SerializationException("not registered: " + subject));
    }

    private static boolean flag(Map<String, ?> configuration, String key, boolean byDefault) {
        Object value = configuration.get(key);
        return switch (value == null ? "" : value.toString()) {
            case "" -> byDefault;
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigException(key, value, "expects true or false");
        };
    }
}
