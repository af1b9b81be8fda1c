package io.loanledger.streams.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.events.service.Invariant;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.BrokenLoans;
import io.loanledger.streams.Facts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenInvariantTest {
    @TempDir
    Path folder;

    @Test
    void takesTheNameFromTheMessage() {
        assertThat(Invariant.in(new IllegalStateException("VersionFence: L1 at version 3")))
                .isEqualTo(Invariant.VERSION_FENCE);
        assertThat(Invariant.in(new IllegalStateException("no terms are bound yet")))
                .isEqualTo(Invariant.UNFORESEEN);
        assertThat(Invariant.in(new IllegalStateException())).isEqualTo(Invariant.UNFORESEEN);
    }

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
                            .tag("invariant", "StoredLoan")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void quarantinesALoanThatWasFoundBrokenAtTheStartWithTheNextPrice() {
        try (TaskUnderTest task = new TaskUnderTest(folder)) {
            task.fill(3);
            task.tamper(TaskUnderTest.loanId(1), BrokenLoans::oneSatoshiMore);
            task.start();
            assertThat(task.index(3)).hasSize(3);
            assertThat(task.pass(BookWatch.PAUSE.multipliedBy(2)).rounds()).isPositive();

            task.price(1, TaskUnderTest.START.plusSeconds(1), "9000");
            assertThat(task.loansOf(LoanEvent.LoanQuarantined.class)).containsExactly(TaskUnderTest.loanId(1));
            assertThat(task.journal().getFirst().header().sequence())
                    .as("the broken loan's place in the journal counts")
                    .isEqualTo(4);
            assertThat(task.index(3)).hasSize(2);
            assertThat(task.pass(BookWatch.PAUSE.multipliedBy(2)).rounds()).isPositive();
            assertThat(task.sent(TopicCatalogue.TERMS))
                    .as("no sum has it that the others lack: no switch is engaged")
                    .isEmpty();

            long last = task.journal().getLast().header().sequence();
            task.forget();
            task.start();
            task.price(2, TaskUnderTest.START.plusSeconds(2), "6000");
            assertThat(task.loansOf(LoanEvent.LiquidationRequested.class))
                    .containsExactlyInAnyOrder(TaskUnderTest.loanId(0), TaskUnderTest.loanId(2));
            assertThat(task.journal().getFirst().header().sequence()).isEqualTo(last + 1);
        }
    }

    @Test
    void ofManyLoansAtOneRecordIsNotTheLoansFault() {
        try (TaskUnderTest task = new TaskUnderTest(folder)) {
            int loans = LoanBook.MOST_QUARANTINED_BY_ONE_RECORD + 1;
            task.fill(loans);
            for (int i = 0; i < loans; i++) {
                task.tamper(TaskUnderTest.loanId(i), BrokenLoans::oneSatoshiMore);
            }
            task.start();
            assertThatThrownBy(() -> task.price(1, TaskUnderTest.START.plusSeconds(1), "9000"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("breaks more than 10 loans");
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
            assertThat(task.meters.find("ledger_invariant_violations").counters())
                    .isNotEmpty()
                    .allMatch(counter -> counter.count() == 0);
        }
    }
}
