package io.loanledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Freezes every name that outlives the code. A failure here means that a running installation would read other topics, look for its
 * changelogs under other names or number its sub-topologies, and so its tasks and folders, anew. If that is wanted, it needs a
 * migration; then, and only then, the expectation changes.
 */
class LedgerTopologyTest {
    private static final Path DOCUMENT = Path.of("../docs/topology.md");
    private static final Path SOURCE = Path.of("src/main/java/io/loanledger/streams/LedgerTopology.java");

    @TempDir
    Path folder;

    @Test
    void keepsItsNames() throws IOException {
        String expected = Files.readString(Path.of("src/test/resources/topology.txt"));
        assertThat(describe().toString()).isEqualTo(expected);
    }

    @Test
    void drawsExactlyItsNodesAndStores() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        for (TopologyDescription.Subtopology part : describe().subtopologies()) {
            for (TopologyDescription.Node node : part.nodes()) {
                names.add(node.name());
                if (node instanceof TopologyDescription.Processor processor) {
                    names.addAll(processor.stores());
                }
            }
        }
        assertThat(namesIn(drawingInSource())).isEqualTo(names);
    }

    @Test
    void showsTheSamePictureInTheDocument() throws IOException {
        assertThat(drawingInDocument()).isEqualTo(drawingInSource());
    }

    @Test
    void readsOnlyTopicsOfTheCatalogue() {
        List<String> read = new ArrayList<>();
        for (TopologyDescription.Subtopology part : describe().subtopologies()) {
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Source source) {
                    read.addAll(source.topicSet());
                }
            }
        }
        assertThat(read)
                .containsExactlyInAnyOrderElementsOf(LedgerTopology.SOURCES.stream()
                        .map(topic -> topic.name())
                        .toList())
                .allMatch(name -> TopicCatalogue.byName(name).isPresent());
    }

    private TopologyDescription describe() {
        try (LedgerUnderTest ledger = new LedgerUnderTest(folder)) {
            return ledger.topology.describe();
        }
    }

    private static List<String> drawingInSource() throws IOException {
        return Files.readString(SOURCE)
                .lines()
                .dropWhile(line -> !line.contains("<pre>{@code"))
                .skip(1)
                .takeWhile(line -> !line.contains("}</pre>"))
                .map(line -> line.replaceFirst("^ \\*", "").stripTrailing())
                .toList();
    }

    private static List<String> drawingInDocument() throws IOException {
        return Files.readString(DOCUMENT)
                .lines()
                .dropWhile(line -> !line.equals("```text"))
                .skip(1)
                .takeWhile(line -> !line.equals("```"))
                .map(String::stripTrailing)
                .toList();
    }

    private static Set<String> namesIn(List<String> drawing) {
        Matcher word = Pattern.compile("[a-z][a-z.-]+[a-z]").matcher(String.join("\n", drawing));
        return word.results().map(result -> result.group()).collect(Collectors.toCollection(TreeSet::new));
    }
}
