package io.loanledger.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every released version reads the contract as it is, and the other way round; each change that would break this is seen. */
final class SchemaEvolutionTest {

    private static final String HEAD =
            "{\"type\": \"record\", \"name\": \"R\", \"namespace\": \"io.loanledger.events\", \"fields\": [";

    @Test
    void everyReleasedVersionFitsTheContractAsItIs() {
        Map<String, Schema> current = Contract.read(Contract.CURRENT);
        Map<String, Map<String, Schema>> released = Contract.released();

        assertThat(released).containsKey("v1");
        assertThat(released.get("v1")).hasSizeGreaterThan(80);
        released.forEach((version, schemas) -> assertThat(SchemaEvolution.problems(schemas, current))
                .as(version)
                .isEmpty());
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"name": "a", "type": "string"} | {"name": "a", "type": "string"}, {"name": "b", "type": "string"} | a new field without a default
                    {"name": "a", "type": "string"}, {"name": "b", "type": "string"} | {"name": "a", "type": "string"} | a field without a default taken away
                    {"name": "a", "type": "string"} | {"name": "c", "type": "string"} | a field renamed
                    {"name": "a", "type": "int"} | {"name": "a", "type": "long"} | a number widened
                    {"name": "a", "type": {"type": "long", "logicalType": "timestamp-micros"}} | {"name": "a", "type": {"type": "long", "logicalType": "timestamp-millis"}} | microseconds made milliseconds
                    {"name": "a", "type": {"type": "long", "logicalType": "timestamp-micros"}} | {"name": "a", "type": "long"} | an instant made a mere number
                    {"name": "a", "type": {"type": "array", "items": {"type": "int", "logicalType": "date"}}} | {"name": "a", "type": {"type": "array", "items": "int"}} | days in a list made mere numbers
                    {"name": "a", "type": ["null", "string"], "default": null} | {"name": "a", "type": ["null", "string", "int"], "default": null} | a union with one branch more
                    {"name": "a", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}], "default": null} | {"name": "a", "type": ["null", "long"], "default": null} | a nullable instant made a number
                    {"name": "a", "type": {"type": "enum", "name": "E", "symbols": ["A"], "default": "A"}} | {"name": "a", "type": {"type": "enum", "name": "E", "symbols": ["A", "B"], "default": "B"}} | another default of an enum
                    {"name": "a", "type": {"type": "enum", "name": "E", "symbols": ["A"]}} | {"name": "a", "type": {"type": "enum", "name": "E", "symbols": ["A", "B"]}} | a symbol added to an enum without default
                    """)
    void seesAChangeThatBreaksReaders(String before, String after, String change) {
        assertThat(problems(before, after)).as(change).isNotEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"name": "a", "type": "string"} | {"name": "a", "type": "string"}, {"name": "b", "type": "string", "default": ""} | a new field with a default
                    {"name": "a", "type": "string"} | {"name": "a", "type": "string"}, {"name": "b", "type": ["null", "string"], "default": null} | a new field that can be null
                    {"name": "a", "type": {"type": "enum", "name": "E", "symbols": ["A", "UNKNOWN"], "default": "UNKNOWN"}} | {"name": "a", "type": {"type": "enum", "name": "E", "symbols": ["A", "B", "UNKNOWN"], "default": "UNKNOWN"}} | a new symbol
                    {"name": "a", "type": "string", "doc": "Old."} | {"name": "a", "type": "string", "doc": "New."} | another doc
                    """)
    void letsTheContractGrow(String before, String after, String change) {
        assertThat(problems(before, after)).as(change).isEmpty();
    }

    @Test
    void seesAReleasedRecordThatIsGone() {
        assertThat(SchemaEvolution.problems(Contract.parseTexts(List.of(HEAD + "]}")), Map.of()))
                .containsExactly("io.loanledger.events.R was released and is gone");
    }

    private static List<String> problems(String before, String after) {
        return SchemaEvolution.problems(
                Contract.parseTexts(List.of(HEAD + before + "]}")), Contract.parseTexts(List.of(HEAD + after + "]}")));
    }
}
