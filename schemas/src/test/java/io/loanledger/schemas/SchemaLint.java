package io.loanledger.schemas;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** The rules of the contract that can be seen in one schema. Each problem is one sentence that names the place. */
final class SchemaLint {

    private static final String UNKNOWN = "UNKNOWN";
    private static final String NAMESPACE = "io.loanledger.events";

    private final List<String> problems = new ArrayList<>();

    private SchemaLint() {}

    static List<String> problems(Schema schema) {
        SchemaLint lint = new SchemaLint();
        lint.named(schema);
        return lint.problems;
    }

    private void named(Schema schema) {
        String name = schema.getFullName();
        require(schema.getDoc() != null && schema.getDoc().endsWith("."), name, "needs a doc that ends in a full stop");
        require(schema.getName().matches("[A-Z][A-Za-z0-9]*"), name, "is not named LikeThis");
        require(
                NAMESPACE.equals(schema.getNamespace()) || (NAMESPACE + ".journal").equals(schema.getNamespace()),
                name,
                "is in another namespace");
        switch (schema.getType()) {
            case RECORD -> schema.getFields().forEach(field -> field(name, field));
            case ENUM -> enumeration(schema);
            case FIXED ->
                require(
                        schema.getLogicalType() == null,
                        name,
                        "gives fixed bytes another meaning: a number is a decimal string");
            default -> problems.add(name + " is neither a record nor an enum nor fixed bytes");
        }
    }

    private void enumeration(Schema schema) {
        require(UNKNOWN.equals(schema.getEnumDefault()), schema.getFullName(), "needs the default symbol UNKNOWN");
        for (String symbol : schema.getEnumSymbols()) {
            require(symbol.matches("[A-Z][A-Z0-9_]*"), schema.getFullName() + "." + symbol, "is not named LIKE_THIS");
        }
    }

    private void field(String record, Schema.Field field) {
        String place = record + "." + field.name();
        require(field.doc() != null && field.doc().endsWith("."), place, "needs a doc that ends in a full stop");
        require(field.name().matches("[a-z][A-Za-z0-9]*"), place, "is not named likeThis");
        require(field.aliases().isEmpty(), place, "has an alias: a field keeps its name");
        if (field.schema().isUnion()) {
            List<Schema> branches = field.schema().getTypes();
            boolean nullable = branches.size() == 2 && branches.getFirst().getType() == Schema.Type.NULL;
            require(nullable, place, "is a union other than null and one type, which cannot gain a branch");
            require(!nullable || field.hasDefaultValue(), place, "can be null, so null must be its default");
            branches.stream()
                    .filter(branch -> branch.getType() != Schema.Type.NULL)
                    .forEach(branch -> type(place, branch));
        } else {
            type(place, field.schema());
        }
    }

    private void type(String place, Schema schema) {
        switch (schema.getType()) {
            case STRING, BOOLEAN, RECORD, ENUM, FIXED -> {}
            case INT -> require(hasLogicalType(schema, null, "date"), place, "is an int of unknown meaning");
            case LONG ->
                require(
                        hasLogicalType(schema, null, "timestamp-micros"),
                        place,
                        "is a long of another meaning: an instant counts microseconds");
            case ARRAY -> type(place, schema.getElementType());
            case FLOAT, DOUBLE -> problems.add(place + " is a floating-point number: a number is a decimal string");
            case BYTES -> problems.add(place + " is bytes: a number is a decimal string, a digest is fixed");
            case UNION -> problems.add(place + " has a union inside a list");
            case MAP -> problems.add(place + " is a map, whose order is not fixed");
            case NULL -> problems.add(place + " says nothing");
        }
    }

    private static boolean hasLogicalType(Schema schema, String... allowed) {
        String logicalType = schema.getProp("logicalType");
        for (String one : allowed) {
            if (logicalType == null ? one == null : logicalType.equals(one)) {
                return true;
            }
        }
        return false;
    }

    private void require(boolean holds, String place, String problem) {
        if (!holds) {
            problems.add(place + " " + problem);
        }
    }
}
