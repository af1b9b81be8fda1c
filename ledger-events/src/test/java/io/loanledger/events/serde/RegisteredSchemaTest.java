package io.loanledger.events.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.Test;

/** What Java registers is, letter by letter, what stands in the files of the contract: any other language finds the same id. */
final class RegisteredSchemaTest {

    @Test
    void everyRecordIsRegisteredAsItsFileSays() throws IOException {
        Map<String, Schema> contract = contract();

        TopicCatalogue.ALL.stream().flatMap(topic -> topic.values().stream()).forEach(type -> {
            Schema registered = ContractTypes.of(type).registered();

            assertThat(registered.toString())
                    .isEqualTo(String.valueOf(contract.get(type.getName())))
                    .doesNotContain("avro.java");
        });
    }

    private static Map<String, Schema> contract() throws IOException {
        SchemaParser parser = new SchemaParser();
        List<SchemaParser.ParseResult> parsed;
        try (Stream<Path> files = Files.walk(Path.of("../schemas/src/main/avro"))) {
            parsed = files.filter(file -> file.toString().endsWith(".avsc"))
                    .map(file -> parse(parser, file))
                    .toList();
        }
        return parsed.stream()
                .map(SchemaParser.ParseResult::mainSchema)
                .collect(Collectors.toMap(Schema::getFullName, Function.identity()));
    }

    private static SchemaParser.ParseResult parse(SchemaParser parser, Path file) {
        try {
            return parser.parse(Files.readString(file));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
