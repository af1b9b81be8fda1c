package io.loanledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.model.RandomHistory;
import io.loanledger.core.model.Reach;
import io.loanledger.core.model.SideBySide;
import io.loanledger.core.model.StatedWay;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The topology decides what the core decides: the same random histories that are held to the naive model, as records through codecs,
 * tasks, index and stores, compared event for event with the decider alone.
 *
 * <p>{@code -Dledger.seed} repeats a run, {@code -Dtopology.histories} lengthens it and {@code -Dledger.steps} its histories.
 */
class HistoriesInTheTopologyTest {
    private static final int HISTORIES = Integer.getInteger("topology.histories", 400);
    private static final int STEPS = Integer.getInteger("ledger.steps", 80);

    @TempDir
    Path folder;

    @Test
    void writesTheEventsThatTheDeciderGives() throws IOException, InterruptedException {
        Reach reach = Reach.sumOf(SideBySide.play(HISTORIES, Reach::new, (seed, reached) -> {
            Path state = folder.resolve(Long.toString(seed));
            try (LedgerInTopology ledger = new LedgerInTopology(state, RandomHistory.loanId(seed), seed, reached)) {
                RandomHistory.play(seed, STEPS, ledger);
                ledger.endsWhole();
            }
        }));
        reach.show("the topology, " + HISTORIES + " histories of " + STEPS + " steps", StatedWay.documented());
        // A step is mostly one input; a loan that is over, or never lent, ends its history early.
        assertThat(reach.inputs()).as("inputs").isGreaterThan(3L * HISTORIES * STEPS / 4);
        assertThat(reach.ways()).as("ways between states").hasSizeGreaterThan(20);
        assertThat(StatedWay.documented()).containsAll(reach.ways());
    }
}
