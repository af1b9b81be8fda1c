package io.loanledger.liquidation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Freezes the names that outlive the code. When this fails, something was renamed or rewired: a renamed store or application abandons
 * its changelog and state, a renamed node its meters. If the change is meant, plan the migration first, then change drawing,
 * document and this text together.
 */
class LiquidationTopologyTest {
    private static final String DESCRIPTION = """
            Topologies:
               Sub-topology: 0
                Source: from-desk.executions (topics: [desk.executions.v1])
                  --> liquidation-task
                Source: from-lending.terms-fanned (topics: [lending.terms-fanned.v1])
                  --> liquidation-task
                Source: from-liquidation.requests (topics: [liquidation.requests.v1])
                  --> liquidation-task
                Source: from-liquidation.strayed (topics: [liquidation.strayed.v1])
                  --> liquidation-task
                Source: from-prices.index (topics: [prices.index.v1])
                  --> liquidation-task
                Processor: liquidation-task (stores: [liquidation-book])
                  --> to-ledger.dead-letters, to-liquidation.execution-records, to-liquidation.orders, to-liquidation.replies, to-liquidation.strayed
                  <-- from-prices.index, from-lending.terms-fanned, from-liquidation.requests, from-desk.executions, from-liquidation.strayed
                Sink: to-ledger.dead-letters (topic: ledger.dead-letters.v1)
                  <-- liquidation-task
                Sink: to-liquidation.execution-records (topic: liquidation.execution-records.v1)
                  <-- liquidation-task
                Sink: to-liquidation.orders (topic: liquidation.orders.v1)
                  <-- liquidation-task
                Sink: to-liquidation.replies (topic: liquidation.replies.v1)
                  <-- liquidation-task
                Sink: to-liquidation.strayed (topic: liquidation.strayed.v1)
                  <-- liquidation-task

            """;

    @Test
    void keepsItsNames() {
        try (ProcessorDriver driver = new ProcessorDriver()) {
            assertThat(driver.topology().describe().toString()).isEqualTo(DESCRIPTION);
        }
    }

    /** Start-up waits until as many topics are known as are named here. */
    @Test
    void namesEachTopicOnce() {
        assertThat(LiquidationService.TOPICS).hasSize(9).doesNotHaveDuplicates();
    }

    @Test
    void drawsItselfWithTheSameNamesInCodeAndDocument() throws IOException {
        Set<String> described = names(DESCRIPTION);

        assertThat(names(
                        drawing(Path.of("src/main/java/io/loanledger/liquidation/LiquidationTopology.java"), "</pre>")))
                .isEqualTo(described);
        assertThat(names(drawing(Path.of("../docs/liquidation.md"), "```\n\n"))).isEqualTo(described);
    }

    /** From the first node to the end of the drawing. */
    private static String drawing(Path file, String end) throws IOException {
        String text = Files.readString(file);
        int start = text.indexOf("from-prices.index");
        return text.substring(start, text.indexOf(end, start));
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Pattern.compile("(?:from|to)-[a-z]+\\.[a-z-]*[a-z]|liquidation-(?:task|book)")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .forEach(names::add);
        return names;
    }
}
