package io.loanledger.events.serde;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an enum that is UNKNOWN, anywhere in a record. Which fields can hold one is found out once for each schema. For one
 * thread.
 */
final class UnknownSymbols {

    static final String UNKNOWN = "UNKNOWN";

    private final IdentityHashMap<Schema, int[]> positions = new IdentityHashMap<>();

    /** The path of the first one, such as {@code evidence.threshold.comparator}; null if there is none. */
    @Nullable
    String find(SpecificRecord record) {
        Schema schema = record.getSchema();
        for (int position : positions.computeIfAbsent(schema, UnknownSymbols::fieldsWithEnums)) {
            String below = findIn(record.get(position));
            if (below != null) {
                return schema.getFields().get(position).name() + below;
            }
        }
        return null;
    }

    private @Nullable String findIn(@Nullable Object value) {
        if (value instanceof Enum<?> symbol) {
            return symbol.name().equals(UNKNOWN) ? "" : null;
        }
        if (value instanceof SpecificRecord nested) {
            String below = find(nested);
            return below == null ? null : "." + below;
        }
        return value instanceof Collection<?> items ? findAmong(items) : null;
    }

    private @Nullable String findAmong(Collection<?> items) {
        int index = 0;
        for (Object item : items) {
            String below = findIn(item);
            if (below != null) {
                return "[" + index + "]" + below;
            }
            index++;
        }
        return null;
    }

    private static int[] fieldsWithEnums(Schema schema) {
        return schema.getFields().stream()
                .filter(field -> holdsEnum(field.schema(), new ArrayList<>()))
                .mapToInt(Schema.Field::pos)
                .toArray();
    }

    private static boolean holdsEnum(Schema schema, List<Schema> above) {
        return switch (schema.getType()) {
            case ENUM -> true;
            case ARRAY -> holdsEnum(schema.getElementType(), above);
            case UNION -> schema.getTypes().stream().anyMatch(branch -> holdsEnum(branch, above));
            case RECORD -> {
                if (above.contains(schema)) {
                    yield false;
                }
                above.add(schema);
                yield schema.getFields().stream().anyMatch(field -> holdsEnum(field.schema(), above));
            }
            default -> false;
        };
    }
}
