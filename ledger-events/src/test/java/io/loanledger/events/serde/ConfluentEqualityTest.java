package io.loanledger.events.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.AmendAck;
import io.loanledger.events.CollateralLocked;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our serializers beside Confluent's real ones, put in by class name as Kafka does it, against one registry: the same bytes, and each
 * reads what the other wrote.
 */
final class ConfluentEqualityTest {

    private static final String SERIALIZER = "io.confluent.kafka.serializers.KafkaAvroSerializer";
    private static final String DESERIALIZER = "io.confluent.kafka.serializers.KafkaAvroDeserializer";

    private static final RegistryServer SERVER = new RegistryServer();
    private static final Serializer<Object> OURS = serializer(LedgerAvroSerializer.class.getName());
    private static final Serializer<Object> THEIRS = serializer(SERIALIZER);
    private static final Deserializer<Object> OUR_READER = deserializer(LedgerAvroDeserializer.class.getName());
    private static final Deserializer<Object> THEIR_READER = deserializer(DESERIALIZER);

    @AfterAll
    static void close() {
        OURS.close();
        THEIRS.close();
        OUR_READER.close();
        THEIR_READER.close();
        SERVER.close();
    }

    static Stream<Arguments> everyTypeOfEveryTopic() {
        return TopicCatalogue.ALL.stream()
                .flatMap(topic -> topic.values().stream().map(type -> Arguments.of(topic, type)));
    }

    @ParameterizedTest
    @MethodSource("everyTypeOfEveryTopic")
    void writesTheSameBytesAndReadsThoseOfTheOther(Topic topic, Class<? extends SpecificRecord> type) {
        for (SpecificRecord record : new SpecificRecord[] {RecordSamples.full(type), RecordSamples.sparse(type)}) {
            byte[] ours = OURS.serialize(topic.name(), record);
            byte[] theirs = THEIRS.serialize(topic.name(), record);

            assertThat(ours).isEqualTo(theirs);
            assertThat(OUR_READER.deserialize(topic.name(), theirs)).isEqualTo(record);
            // Avro's own lists, which theirs makes, cannot be compared where a record in them has a nullable time.
            assertThat(OURS.serialize(topic.name(), THEIR_READER.deserialize(topic.name(), ours)))
                    .isEqualTo(ours);
        }
    }

    /** As most Java producers have it: their schema then stands in the registry with Java's property, under an id of its own. */
    @Test
    void readsWhatConfluentsSerializerWritesWithItsDefaults() {
        CollateralLocked record = RecordSamples.full(CollateralLocked.class);
        try (Serializer<Object> byDefault = unconfigured(SERIALIZER)) {
            byDefault.configure(Map.of("schema.registry.url", SERVER.url()), false);
            byte[] theirs = byDefault.serialize(TopicCatalogue.COLLATERAL.name(), record);

            assertThat(OUR_READER.deserialize(TopicCatalogue.COLLATERAL.name(), theirs))
                    .isEqualTo(record);
        }
    }

    /** With registration switched off, both find the schema that the ledger registered at its start. */
    @Test
    void bothFindTheSchemaThatTheLedgerRegistered() {
        AmendAck record = RecordSamples.full(AmendAck.class);
        String topic = TopicCatalogue.LIQUIDATION_REPLIES.name();
        try (SchemaRegistry registry = SchemaRegistry.open(configuration())) {
            SchemaIds ids = new SchemaRegistrar(registry).registerAll();
            byte[] expected = new RecordWriter(ids).bytes(TopicCatalogue.LIQUIDATION_REPLIES, record);

            for (String name : new String[] {LedgerAvroSerializer.class.getName(), SERIALIZER}) {
                for (String latest : new String[] {"true", "false"}) {
                    Map<String, Object> configuration = configuration();
                    configuration.put("auto.register.schemas", "false");
                    configuration.put("use.latest.version", latest);
                    try (Serializer<Object> serializer = unconfigured(name)) {
                        serializer.configure(configuration, false);
                        assertThat(serializer.serialize(topic, record))
                                .as("%s, use.latest.version=%s", name, latest)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    private static Map<String, Object> configuration() {
        Map<String, Object> configuration = new HashMap<>();
        configuration.put("schema.registry.url", SERVER.url());
        configuration.put(
                "value.subject.name.strategy", "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy");
        configuration.put("avro.remove.java.properties", "true");
        configuration.put("specific.avro.reader", "true");
        return configuration;
    }

    private static Serializer<Object> serializer(String name) {
        Serializer<Object> serializer = unconfigured(name);
        serializer.configure(configuration(), false);
        return serializer;
    }

    @SuppressWarnings("unchecked") // takes every record, as Kafka uses it
    private static Serializer<Object> unconfigured(String name) {
        return (Serializer<Object>) instance(name);
    }

    @SuppressWarnings("unchecked") // gives some record, as Kafka uses it
    private static Deserializer<Object> deserializer(String name) {
        Deserializer<Object> deserializer = (Deserializer<Object>) instance(name);
        deserializer.configure(configuration(), false);
        return deserializer;
    }

    private static Object instance(String name) {
        try {
            return Utils.newInstance(name, Object.class);
        } catch (ClassNotFoundException missing) {
            throw new AssertionError("Confluent's classes were not unpacked", missing);
        }
    }
}
