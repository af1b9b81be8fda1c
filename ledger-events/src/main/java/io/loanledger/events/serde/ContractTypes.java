package io.loanledger.events.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The types that may be made out of bytes: the records of the topic catalogue and what they consist of, and no other class, whatever
 * name a schema carries. Immutable, shared by all threads.
 */
final class ContractTypes {

    /** All records of the catalogue by their full names. */
    private static final Map<String, Type> RECORDS = new LinkedHashMap<>();

    /** Records, enums and fixed byte strings, nested ones too, by their full names. */
    private static final Map<String, Class<?>> CLASSES = new LinkedHashMap<>();

    /**
     * A record of the catalogue.
     *
     * @param type the generated class
     * @param schema its schema as the class holds it, with Java's property that strings are {@code String}
     * @param registered its schema as it stands in the contract and in the registry, without anything of Java
     */
    record Type(Class<? extends SpecificRecord> type, Schema schema, Schema registered) {}

    static {
        for (Topic topic : TopicCatalogue.ALL) {
            for (Class<? extends SpecificRecord> type : topic.values()) {
                Schema schema = SpecificData.get().getSchema(type);
                RECORDS.put(schema.getFullName(), new Type(type, schema, withoutJava(schema)));
                collect(schema, type.getClassLoader());
            }
        }
    }

    private ContractTypes() {}

    /** The record of this full name; null if it is not in the catalogue. */
    static @Nullable Type byFullName(String fullName) {
        return RECORDS.get(fullName);
    }

    /** The record of this class. */
    static Type of(Class<? extends SpecificRecord> type) {
        Type known = RECORDS.get(type.getName());
        if (known == null || known.type() != type) {
            throw new IllegalArgumentException(type.getName() + " is not a record of the topic catalogue");
        }
        return known;
    }

    /** Avro's model of our classes, which makes no other class than those of the contract. */
    static SpecificData data() {
        return new ContractData();
    }

    /**
     * The same for records without arrays, which Avro's faster reader reads: it makes arrays of Avro's own kind, whatever the model says, and is not
     * used by itself for a model that is anybody's own.
     */
    static SpecificData dataWithoutArrays() {
        return new ContractDataWithoutArrays();
    }

    /** Whether a record of this schema holds an array, anywhere. */
    static boolean holdsArray(Schema schema) {
        return holdsArray(schema, new HashSet<>());
    }

    private static boolean holdsArray(Schema schema, Set<String> above) {
        return switch (schema.getType()) {
            case ARRAY -> true;
            case MAP -> holdsArray(schema.getValueType(), above);
            case UNION -> schema.getTypes().stream().anyMatch(branch -> holdsArray(branch, above));
            case RECORD ->
                above.add(schema.getFullName())
                        && schema.getFields().stream().anyMatch(field -> holdsArray(field.schema(), above));
            default -> false;
        };
    }

    private static final class ContractDataWithoutArrays extends ContractData {
        @Override
        public boolean isFastReaderEnabled() {
            return true;
        }
    }

    private static class ContractData extends SpecificData {
        ContractData() {
            addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
            addLogicalTypeConversion(new TimeConversions.DateConversion());
        }

        /** A plain list: comparing two of Avro's own throws where a record in them has a nullable time. */
        @Override
        public Object newArray(@Nullable Object old, int size, Schema schema) {
            return new ArrayList<>(size);
        }

        @Override
        @SuppressWarnings("rawtypes") // as Avro declares it
        public @Nullable Class getClass(Schema schema) {
            return switch (schema.getType()) {
                case RECORD, ENUM, FIXED -> CLASSES.get(schema.getFullName());
                default -> super.getClass(schema);
            };
        }
    }

    private static void collect(Schema schema, ClassLoader loader) {
        switch (schema.getType()) {
            case RECORD -> {
                if (addClass(schema, loader)) {
                    schema.getFields().forEach(field -> collect(field.schema(), loader));
                }
            }
            case ENUM, FIXED -> addClass(schema, loader);
            case ARRAY -> collect(schema.getElementType(), loader);
            case UNION -> schema.getTypes().forEach(branch -> collect(branch, loader));
            default -> {
                // Avro's own type; others cannot stand in a contract that its lint has passed.
            }
        }
    }

    private static boolean addClass(Schema schema, ClassLoader loader) {
        try {
            return CLASSES.put(schema.getFullName(), Class.forName(schema.getFullName(), false, loader)) == null;
        } catch (ClassNotFoundException notGenerated) {
            throw new IllegalStateException("no class was generated for " + schema.getFullName(), notGenerated);
        }
    }

    /** The schema without the property that tells Java's Avro to make {@code String}: other languages need not read it. */
    private static Schema withoutJava(Schema schema) {
        try {
            JsonNode tree = new ObjectMapper().readTree(schema.toString());
            return new Schema.Parser().parse(plain(tree).toString());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a schema's own text is not JSON", impossible);
        }
    }

    private static JsonNode plain(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("avro.java.string");
            if (object.size() == 1 && object.path("type").asText().equals("string")) {
                return object.get("type");
            }
            object.properties().forEach(entry -> entry.setValue(plain(entry.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                array.set(index, plain(array.get(index)));
            }
        }
        return node;
    }
}
