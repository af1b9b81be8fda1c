package io.loanledger.streams.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.wire.JournalEntry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an aborted transaction leaves: the stores as they were, and the task object that took the records. */
class AbortedTaskTest {
    @TempDir
    Path folder;

    @Test
    void forgetsWhatWasNeverCommittedWhenTheSameObjectStartsAgain() {
        try (TaskUnderTest task = new TaskUnderTest(folder)) {
            task.fill(2_500);
            task.start();
            Runnable abort = task.savepoint();
            task.price(1, TaskUnderTest.START.plusSeconds(1), "6000");
            List<JournalEntry> aborted = task.journal();
            task.forget();

            abort.run();
            task.start();
            task.price(1, TaskUnderTest.START.plusSeconds(1), "6000");

            assertThat(task.requests()).hasSize(2_000);
            JournalEntry first = task.journal().getFirst();
            assertThat(first.header().sequence())
                    .isEqualTo(aborted.getFirst().header().sequence());
            assertThat(first.header().previousHash())
                    .isEqualTo(aborted.getFirst().header().previousHash());
            assertThat(task.sent(TopicCatalogue.CONTINUATIONS)).hasSize(1);
        }
    }
}
