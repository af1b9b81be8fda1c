package io.loanledger.events.serde;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.jspecify.annotations.Nullable;

/**
 * Whether what was written with one schema can be read with another without a change of meaning.
 *
 * <p>Avro's own rules do not look at logical types: milliseconds would be read as microseconds, and a deadline would move by decades.
 * Hence they must be equal here wherever both sides have the field.
 */
final class SchemaFit {

    private SchemaFit() {}

    /** What stands in the way, for people; null if nothing does. */
    static @Nullable String obstacle(Schema written, Schema read) {
        SchemaCompatibility.SchemaPairCompatibility fit =
                SchemaCompatibility.checkReaderWriterCompatibility(read, written);
        if (fit.getType() != SchemaCompatibilityType.COMPATIBLE) {
            return fit.getResult().getIncompatibilities().stream()
                    .map(found -> "%s at %s".formatted(found.getType(), found.getLocation()))
                    .collect(Collectors.joining(", "));
        }
        return unequalLogicalType(written, read, read.getName(), new HashSet<>());
    }

    private static @Nullable String unequalLogicalType(Schema written, Schema read, String path, Set<String> seen) {
        if (written.getType() == Schema.Type.UNION || read.getType() == Schema.Type.UNION) {
            return ofUnions(written, read, path, seen);
        }
        if (written.getType() != read.getType()) {
            return null; // a promotion that Avro's rules allow; the contract uses none, and the lint refuses what could
            // need one
        }
        String writtenType = logicalType(written);
        String readType = logicalType(read);
        if (!writtenType.equals(readType)) {
            return "%s is written as %s and read as %s".formatted(path, writtenType, readType);
        }
        return switch (read.getType()) {
            case ARRAY -> unequalLogicalType(written.getElementType(), read.getElementType(), path + "[]", seen);
            case MAP -> unequalLogicalType(written.getValueType(), read.getValueType(), path + "{}", seen);
            case RECORD -> seen.add(read.getFullName()) ? ofFields(written, read, path, seen) : null;
            default -> null;
        };
    }

    private static @Nullable String ofFields(Schema written, Schema read, String path, Set<String> seen) {
        for (Schema.Field field : read.getFields()) {
            Schema.Field other = written.getField(field.name());
            if (other != null) {
                String found = unequalLogicalType(other.schema(), field.schema(), path + "." + field.name(), seen);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static @Nullable String ofUnions(Schema written, Schema read, String path, Set<String> seen) {
        for (Schema one : branches(written)) {
            for (Schema other : branches(read)) {
                boolean same = one.getType() == other.getType()
                        && (one.getType() != Schema.Type.RECORD
                                || one.getFullName().equals(other.getFullName()));
                String found = same ? unequalLogicalType(one, other, path, seen) : null;
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static Iterable<Schema> branches(Schema schema) {
        return schema.getType() == Schema.Type.UNION ? schema.getTypes() : Set.of(schema);
    }

    private static String logicalType(Schema schema) {
        String name = schema.getProp("logicalType");
        return Objects.requireNonNullElse(name, "plain " + schema.getType().getName())
                + (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                        ? "(" + decimal.getPrecision() + "," + decimal.getScale() + ")"
                        : "");
    }
}
