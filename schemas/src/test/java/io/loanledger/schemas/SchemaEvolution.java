package io.loanledger.schemas;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * What a released version of the contract forbids the next one. Both directions are asked of Avro's own rules; logical types and the
 * default of an enum, which those rules do not look at, are compared here.
 */
final class SchemaEvolution {

    private final List<String> problems = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private SchemaEvolution() {}

    /** One sentence for each way in which the two do not fit. */
    static List<String> problems(Map<String, Schema> released, Map<String, Schema> current) {
        SchemaEvolution evolution = new SchemaEvolution();
        released.forEach((name, older) -> {
            Schema newer = current.get(name);
            if (newer == null) {
                evolution.problems.add(name + " was released and is gone");
            } else {
                evolution.mustRead(older, newer, name + " as it is cannot read what was released");
                evolution.mustRead(newer, older, name + " as it was released cannot read what is now written");
                evolution.sameMeaning(older, newer, name);
            }
        });
        return evolution.problems;
    }

    private void mustRead(Schema written, Schema read, String otherwise) {
        SchemaCompatibility.SchemaPairCompatibility fit =
                SchemaCompatibility.checkReaderWriterCompatibility(read, written);
        if (fit.getType() != SchemaCompatibilityType.COMPATIBLE) {
            fit.getResult()
                    .getIncompatibilities()
                    .forEach(found ->
                            problems.add("%s: %s at %s".formatted(otherwise, found.getType(), found.getLocation())));
        }
    }

    private void sameMeaning(Schema older, Schema newer, String place) {
        if (older.getType() != newer.getType()) {
            problems.add("%s was %s and is %s"
                    .formatted(place, older.getType().getName(), newer.getType().getName()));
            return;
        }
        if (!Objects.equals(older.getProp("logicalType"), newer.getProp("logicalType"))) {
            problems.add(
                    "%s was %s and is %s".formatted(place, older.getProp("logicalType"), newer.getProp("logicalType")));
        }
        switch (older.getType()) {
            case RECORD -> {
                if (seen.add(older.getFullName() + " in " + place)) {
                    sameFields(older, newer, place);
                }
            }
            case ENUM -> {
                if (!Objects.equals(older.getEnumDefault(), newer.getEnumDefault())) {
                    problems.add("%s had the default %s and has %s"
                            .formatted(place, older.getEnumDefault(), newer.getEnumDefault()));
                }
            }
            case ARRAY -> sameMeaning(older.getElementType(), newer.getElementType(), place + "[]");
            case UNION -> {
                if (older.getTypes().size() == 2 && newer.getTypes().size() == 2) {
                    sameMeaning(older.getTypes().getLast(), newer.getTypes().getLast(), place);
                } else {
                    problems.add(place + " has another number of branches");
                }
            }
            default -> {
                // Avro's own rules say all there is to say.
            }
        }
    }

    private void sameFields(Schema older, Schema newer, String place) {
        for (Schema.Field field : older.getFields()) {
            Schema.Field same = newer.getField(field.name());
            if (same != null) {
                sameMeaning(field.schema(), same.schema(), place + "." + field.name());
            }
        }
    }
}
