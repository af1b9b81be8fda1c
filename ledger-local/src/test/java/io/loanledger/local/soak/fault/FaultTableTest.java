package io.loanledger.local.soak.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reliability.md says what the code says. */
class FaultTableTest {

    @Test
    void everyKindStandsInTheDocumentationWithWhatIsDoneAndExpected() throws IOException {
        List<String> expected =
                Stream.of(FaultKind.values()).map(FaultTableTest::row).toList();
        assertThat(Files.readAllLines(Path.of("..", "docs", "reliability.md"))).containsSubsequence(expected);
    }

    private static String row(FaultKind kind) {
        String lasts = kind.longest().isZero()
                ? "at once"
                : kind.shortest().toSeconds() + " to " + kind.longest().toSeconds() + " s";
        return "| `" + kind.title() + "` | " + kind.what() + " | " + lasts + " | " + kind.expected() + " |";
    }
}
