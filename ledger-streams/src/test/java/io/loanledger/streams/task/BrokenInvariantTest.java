package io.loanledger.streams.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.events.service.BrokenInvariant;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.Facts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenInvariantTest {
    @TempDir
    Path folder;

    @Test
    void stopsTheTaskBeforeAnythingIsSentAndIsCounted() {
        try (TaskUnderTest task = new TaskUnderTest(folder)) {
            task.fill(1);
            task.start();
            task.corrupt(TaskUnderTest.loanId(0));
            assertThatThrownBy(() -> task.price(1, TaskUnderTest.START.plusSeconds(1), "6000"))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(task.journal()).isEmpty();
            assertThat(task.meters
                            .get("ledger_invariant_violations")
                            .tag("invariant", BrokenInvariant.UNFORESEEN)
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void isNotWhatBadInputIs() {
        try (TaskUnderTest task = new TaskUnderTest(folder)) {
            task.start();
            task.process(
                    TopicCatalogue.MOVEMENTS,
                    "nobody",
                    Facts.repaid("e", TaskUnderTest.START, "nobody", "-1"),
                    TaskUnderTest.START);
            assertThat(task.meters.find("ledger_invariant_violations").counter())
                    .isNull();
        }
    }
}
