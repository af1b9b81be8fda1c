package io.loanledger.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.avro.SchemaParser;

/** The schemas of a folder, those that are made there and those that have been released, each by its full name. */
final class Contract {

    static final Path CURRENT = Path.of("src/main/avro");
    static final Path RELEASED = Path.of("released");

    private Contract() {}

    /** Every named schema of the folder and below. */
    static Map<String, Schema> read(Path folder) {
        return parse(files(folder));
    }

    /** Every released version, oldest first, by the name of its folder. */
    static Map<String, Map<String, Schema>> released() {
        Map<String, Map<String, Schema>> versions = new TreeMap<>();
        try (Stream<Path> folders = Files.list(RELEASED)) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                versions.put(folder.getFileName().toString(), read(folder));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return versions;
    }

    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".avsc"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Parses schemas that may use one another, in whatever order they come. */
    static Map<String, Schema> parseTexts(Collection<String> texts) {
        SchemaParser parser = new SchemaParser();
        List<SchemaParser.ParseResult> results = new ArrayList<>();
        for (String text : texts) {
            results.add(parser.parse(text));
        }
        try {
            return results.stream()
                    .map(SchemaParser.ParseResult::mainSchema)
                    .collect(Collectors.toMap(Schema::getFullName, schema -> schema, (one, same) -> one, TreeMap::new));
        } catch (SchemaParseException unresolved) {
            throw new AssertionError("the schemas do not stand by themselves", unresolved);
        }
    }

    private static Map<String, Schema> parse(List<Path> files) {
        List<String> texts = new ArrayList<>();
        for (Path file : files) {
            try {
                texts.add(Files.readString(file));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return parseTexts(texts);
    }
}
