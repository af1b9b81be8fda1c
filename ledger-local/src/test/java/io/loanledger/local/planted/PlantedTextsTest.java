package io.loanledger.local.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
}
