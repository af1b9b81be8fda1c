package io.loanledger.local.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The programs that the guides for integrators quote are files that run: a guide shows each letter by letter, and the Java ones compile
 * against the contract of today.
 */
class QuotedExamplesTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Path JAVA = DOCS.resolve("examples/java");

    /** A link to an example in a line of its own, then the code. */
    private static final Pattern QUOTED =
            Pattern.compile("(?ms)^\\[`([^`]+)`]\\((examples/[^)]+)\\):\\n\\n```(?:java|js|json)\\n(.*?)^```$");

    @ParameterizedTest
    @ValueSource(strings = {"integrate-custody.md", "integrate-desk.md"})
    void quotesEachExampleLetterByLetter(String guide) throws IOException {
        List<MatchResult> quotations =
                QUOTED.matcher(Files.readString(DOCS.resolve(guide))).results().toList();

        assertThat(quotations).hasSizeGreaterThanOrEqualTo(2);
        for (MatchResult quotation : quotations) {
            assertThat(quotation.group(3))
                    .as("%s, as %s quotes it", quotation.group(2), guide)
                    .isEqualTo(Files.readString(DOCS.resolve(quotation.group(2))));
        }
    }

    @Test
    void compilesEachJavaExampleAgainstTheContract(@TempDir Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var problems = new DiagnosticCollector<JavaFileObject>();
        try (var files = compiler.getStandardFileManager(problems, null, null);
                Stream<Path> examples = Files.list(JAVA)) {
            List<String> options = List.of(
                    "-d",
                    classes.toString(),
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "--release",
                    "21");
            var sources = files.getJavaFileObjectsFromPaths(
                    examples.filter(file -> file.toString().endsWith(".java")).toList());

            boolean compiled = compiler.getTask(null, files, problems, options, null, sources)
                    .call();

            assertThat(compiled).as("%s", problems.getDiagnostics()).isTrue();
        }
    }

    @Test
    void namesOnlyTopicsOfTheCatalogue() throws IOException {
        Set<String> known = TopicCatalogue.ALL.stream().map(Topic::name).collect(Collectors.toCollection(TreeSet::new));
        Pattern topic = Pattern.compile("['\"]([a-z]+(?:\\.[a-z-]+)+\\.v\\d+)['\"]");
        try (Stream<Path> examples = Files.walk(DOCS.resolve("examples"))) {
            Set<String> named = examples.filter(file -> file.toString().matches(".*\\.(java|js)"))
                    .filter(file -> !file.toString().contains("node_modules"))
                    .flatMap(file -> topic.matcher(read(file)).results().map(hit -> hit.group(1)))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(named).isNotEmpty().isSubsetOf(known);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
