package io.loanledger.local.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A change of the code that a planted fault has its place in is told at once, and not with the long run that plants it. */
class PlantedTextsTest {
    private static final Path ROOT =
            Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());

    @Test
    void everyFaultHasOnePlaceInTheCode() throws IOException {
        List<String> lost = new ArrayList<>();
        for (PlantedBug bug : PlantedBugs.ALL) {
            String text = Files.readString(Workshop.sourceOf(bug, ROOT));
            try {
                assertThat(Workshop.placeOf(bug, text)).isNotNegative();
            } catch (IllegalStateException moved) {
                lost.add(bug.title() + ": " + moved.getMessage());
            }
        }
        assertThat(lost).isEmpty();
    }

    @Test
    void thePageListsEveryFaultAndNoOther() throws IOException {
        List<String> rows = new ArrayList<>();
        for (PlantedBug bug : PlantedBugs.ALL) {
            rows.add("| %s | %s | `%s` | %s |"
                    .formatted(
                            bug.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            bug.title(),
                            simple(bug.source()),
                            bug.tests().stream()
                                    .map(test -> "`" + simple(test) + "`")
                                    .collect(Collectors.joining(", "))));
        }
        assertThat(Files.readAllLines(ROOT.resolve("docs/planted-faults.md")).stream()
                        .filter(line -> line.startsWith("| ") && line.contains("`")))
                .containsExactlyElementsOf(rows);
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
