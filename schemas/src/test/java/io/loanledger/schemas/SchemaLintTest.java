package io.loanledger.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract keeps its rules, and each rule can be broken: the second half feeds it schemas that break one. */
final class SchemaLintTest {

    @Test
    void everySchemaOfTheContractKeepsTheRules() {
        Map<String, Schema> contract = Contract.read(Contract.CURRENT);
        List<String> problems = new ArrayList<>();
        contract.values().forEach(schema -> problems.addAll(SchemaLint.problems(schema)));

        assertThat(contract).hasSizeGreaterThan(80);
        assertThat(problems).isEmpty();
    }

    @Test
    void everyFileHoldsTheOneSchemaThatItIsNamedAfter() {
        Map<String, Schema> contract = Contract.read(Contract.CURRENT);
        List<Path> files = Contract.files(Contract.CURRENT);

        assertThat(contract).hasSameSizeAs(files);
        assertThat(files)
                .allSatisfy(file -> assertThat(contract.values())
                        .anySatisfy(schema ->
                                assertThat(file.getFileName().toString()).isEqualTo(schema.getName() + ".avsc")));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"name": "a", "type": "string"}                                                       | R.a needs a doc that ends in a full stop
                    {"name": "a", "type": "string", "doc": "No stop"}                                     | R.a needs a doc that ends in a full stop
                    {"name": "A", "type": "string", "doc": "D."}                                          | R.A is not named likeThis
                    {"name": "a", "type": "string", "doc": "D.", "aliases": ["b"]}                        | R.a has an alias: a field keeps its name
                    {"name": "a", "type": ["string", "int"], "doc": "D."}                                 | R.a is a union other than null and one type, which cannot gain a branch
                    {"name": "a", "type": ["null", "string", "int"], "default": null, "doc": "D."}        | R.a is a union other than null and one type, which cannot gain a branch
                    {"name": "a", "type": ["null", "string"], "doc": "D."}                                | R.a can be null, so null must be its default
                    {"name": "a", "type": "float", "doc": "D."}                                           | R.a is a floating-point number: a number is a decimal string
                    {"name": "a", "type": ["null", "double"], "default": null, "doc": "D."}               | R.a is a floating-point number: a number is a decimal string
                    {"name": "a", "type": {"type": "array", "items": "double"}, "doc": "D."}              | R.a is a floating-point number: a number is a decimal string
                    {"name": "a", "type": "bytes", "doc": "D."}                                           | R.a is bytes: a number is a decimal string, a digest is fixed
                    {"name": "a", "type": {"type": "map", "values": "string"}, "doc": "D."}               | R.a is a map, whose order is not fixed
                    {"name": "a", "type": {"type": "array", "items": ["null", "string"]}, "doc": "D."}    | R.a has a union inside a list
                    {"name": "a", "type": {"type": "long", "logicalType": "timestamp-millis"}, "doc": "D."} | R.a is a long of another meaning: an instant counts microseconds
                    {"name": "a", "type": {"type": "int", "logicalType": "time-millis"}, "doc": "D."}     | R.a is an int of unknown meaning
                    """)
    void seesAFieldThatBreaksARule(String field, String problem) {
        assertThat(lint(
                        "{\"type\": \"record\", \"name\": \"R\", \"namespace\": \"io.loanledger.events\", \"doc\": \"D.\","
                                + " \"fields\": [" + field + "]}"))
                .containsExactly("io.loanledger.events." + problem);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"type": "record", "name": "R", "namespace": "io.loanledger.events", "fields": []}                                                                     | io.loanledger.events.R needs a doc that ends in a full stop
                    {"type": "record", "name": "r", "namespace": "io.loanledger.events", "doc": "D.", "fields": []}                                                        | io.loanledger.events.r is not named LikeThis
                    {"type": "record", "name": "R", "namespace": "elsewhere", "doc": "D.", "fields": []}                                                                   | elsewhere.R is in another namespace
                    {"type": "enum", "name": "E", "namespace": "io.loanledger.events", "doc": "D.", "symbols": ["A", "UNKNOWN"]}                                           | io.loanledger.events.E needs the default symbol UNKNOWN
                    {"type": "enum", "name": "E", "namespace": "io.loanledger.events", "doc": "D.", "symbols": ["A", "UNKNOWN"], "default": "A"}                           | io.loanledger.events.E needs the default symbol UNKNOWN
                    {"type": "enum", "name": "E", "namespace": "io.loanledger.events", "doc": "D.", "symbols": ["a", "UNKNOWN"], "default": "UNKNOWN"}                     | io.loanledger.events.E.a is not named LIKE_THIS
                    {"type": "fixed", "name": "F", "namespace": "io.loanledger.events", "doc": "D.", "size": 8, "logicalType": "decimal", "precision": 9, "scale": 2}      | io.loanledger.events.F gives fixed bytes another meaning: a number is a decimal string
                    """)
    void seesATypeThatBreaksARule(String schema, String problem) {
        assertThat(lint(schema)).containsExactly(problem);
    }

    private static List<String> lint(String schema) {
        return SchemaLint.problems(new Schema.Parser().parse(schema));
    }
}
