package io.loanledger.streams.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.events.SweepContinuation;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.Facts;
import io.loanledger.streams.wire.JournalEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The work of a task over many loans: what a tick visits, how a large one is cut, what a restart finds again. */
class LoanTaskTest {
    @TempDir
    Path folder;

    TaskUnderTest task;

    @BeforeEach
    void open() {
        task = new TaskUnderTest(folder);
    }

    @AfterEach
    void close() {
        task.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 100_000})
    void aQuietTickVisitsNoLoanHoweverManyThereAre(int loans) {
        task.fill(loans);
        task.start();
        assertThat(task.index(loans)).hasSize(loans);

        for (int second = 1; second <= 100; second++) {
            task.price(second, TaskUnderTest.START.plusSeconds(second), Integer.toString(10_000 - second * 10));
        }

        assertThat(task.visits()).isZero();
        assertThat(task.journal()).isEmpty();
    }

    @Test
    void startsWithTheSameIndexWheneverItStarts() {
        task.fill(500);
        task.start();
        List<String> first = task.index(500);
        task.start();
        assertThat(first).hasSize(500);
        assertThat(task.index(500)).isEqualTo(first);

        task.price(1, TaskUnderTest.START.plusSeconds(1), "7142.85"); // calls every loan
        task.price(2, TaskUnderTest.START.plusSeconds(2), "7500");
        List<String> lived = task.index(500);
        task.start();
        assertThat(task.index(500)).isEqualTo(lived).isNotEqualTo(first);
    }

    /** Whether a price is read by hand and kept as it came, or read through its writer's schema and kept field by field. */
    @Test
    void takesPricesOfThisVersionAndOfALaterOneAlike() {
        task.fill(5);
        task.start();
        for (int second = 1; second <= 40; second += 2) {
            task.price(second, TaskUnderTest.START.plusSeconds(second), "9000");
            task.start();
            task.priceOfLaterVersion(second + 1, TaskUnderTest.START.plusSeconds(second + 1), "8990");
            task.start();
            task.price(second + 1, TaskUnderTest.START.plusSeconds(second + 1), "1"); // not a newer one
            task.priceOfLaterVersion(second, TaskUnderTest.START.plusSeconds(second + 1), "1");
        }
        assertThat(task.journal()).isEmpty();

        task.priceOfLaterVersion(41, TaskUnderTest.START.plusSeconds(41), "7142.85");
        assertThat(task.loansOf(LoanEvent.MarginCallIssued.class)).hasSize(5);
        task.price(42, TaskUnderTest.START.plusSeconds(42), "6000");
        assertThat(task.requests()).hasSize(5);
    }

    @Test
    void goesOnWithTheJournalWhereItEnded() {
        task.fill(3);
        task.start();
        task.price(1, TaskUnderTest.START.plusSeconds(1), "7142.85");
        JournalEntry last = task.journal().getLast();
        task.forget();

        task.start();
        task.price(2, TaskUnderTest.START.plusSeconds(2), "8400");

        JournalEntry next = task.journal().getFirst();
        assertThat(next.header().sequence()).isEqualTo(last.header().sequence() + 1);
        assertThat(next.header().previousHash()).isEqualTo(last.hash());
    }

    @Test
    void worksOffALargeTickInChunksOverOneChain() {
        task.fill(5_000);
        task.start();
        task.price(1, TaskUnderTest.START.plusSeconds(1), "6000");

        List<Integer> chunks = new ArrayList<>();
        Set<String> sold = new HashSet<>();
        List<Record<?, byte[]>> continuations = task.sent(TopicCatalogue.CONTINUATIONS);
        while (!continuations.isEmpty()) {
            chunks.add(task.requests().size());
            task.requests()
                    .forEach(
                            request -> assertThat(sold.add(request.getLoanId())).isTrue());
            assertThat(continuations).hasSize(1);
            SweepContinuation next = continuation(continuations.getFirst());
            assertThat(next.getPrice()).isEqualTo("6000");
            assertThat(((ContinuationKey) continuations.getFirst().key()).partition())
                    .isZero();
            task.forget();
            task.process(TopicCatalogue.CONTINUATIONS, Facts.MARKET, next, TaskUnderTest.START.plusSeconds(1));
            continuations = task.sent(TopicCatalogue.CONTINUATIONS);
        }
        chunks.add(task.requests().size());
        task.requests()
                .forEach(request -> assertThat(sold.add(request.getLoanId())).isTrue());

        assertThat(chunks).containsExactly(2_000, 2_000, 1_000);
        assertThat(sold).hasSize(5_000);
    }

    @Test
    void startsNoSecondChainAndJudgesTheRestAtTheLowestPriceSeen() {
        task.fill(2_500);
        task.start();
        task.price(1, TaskUnderTest.START.plusSeconds(1), "6100");
        SweepContinuation chain =
                continuation(task.sent(TopicCatalogue.CONTINUATIONS).getFirst());
        task.forget();

        task.price(2, TaskUnderTest.START.plusSeconds(2), "6000"); // lower: lowers the open sweep
        task.price(3, TaskUnderTest.START.plusSeconds(3), "9000"); // a recovery does not end it
        assertThat(task.sent(TopicCatalogue.CONTINUATIONS)).isEmpty();
        assertThat(task.requests()).isEmpty();

        task.process(TopicCatalogue.CONTINUATIONS, Facts.MARKET, chain, TaskUnderTest.START.plusSeconds(1));
        assertThat(task.requests()).hasSize(500);
        assertThat(task.requests())
                .extracting(request -> request.getEvidence().getPrice())
                .containsOnly("6000");
        // The 500 were the deepest; of the 2,000 cases that the lower price enlarges, 500 are left for one more step.
        assertThat(task.loansOf(LoanEvent.LiquidationAmended.class)).hasSize(1_500);
        assertThat(task.sent(TopicCatalogue.CONTINUATIONS)).hasSize(1);

        task.forget();
        task.process(TopicCatalogue.CONTINUATIONS, Facts.MARKET, chain, TaskUnderTest.START.plusSeconds(1));
        assertThat(task.journal())
                .as("a continuation that is not the one on its way")
                .isEmpty();
    }

    @Test
    void finishesAnOpenSweepAfterARestart() {
        task.fill(2_500);
        task.start();
        task.price(1, TaskUnderTest.START.plusSeconds(1), "6000");
        SweepContinuation chain =
                continuation(task.sent(TopicCatalogue.CONTINUATIONS).getFirst());
        Set<String> sold = new HashSet<>(task.loansOf(LoanEvent.LiquidationRequested.class));
        task.forget();

        task.start();
        task.process(TopicCatalogue.CONTINUATIONS, Facts.MARKET, chain, TaskUnderTest.START.plusSeconds(1));

        task.loansOf(LoanEvent.LiquidationRequested.class)
                .forEach(loanId -> assertThat(sold.add(loanId)).isTrue());
        assertThat(sold).hasSize(2_500);
    }

    @Test
    void aPauseEndsAnOpenSweep() {
        task.fill(2_500);
        task.start();
        task.price(1, TaskUnderTest.START.plusSeconds(1), "6000");
        SweepContinuation chain =
                continuation(task.sent(TopicCatalogue.CONTINUATIONS).getFirst());
        task.forget();
        task.process(
                TopicCatalogue.TERMS_FANNED, Facts.MARKET, Facts.pause(5, true), TaskUnderTest.START.plusSeconds(1));
        task.process(TopicCatalogue.CONTINUATIONS, Facts.MARKET, chain, TaskUnderTest.START.plusSeconds(1));
        assertThat(task.requests()).isEmpty();
        assertThat(task.sent(TopicCatalogue.CONTINUATIONS)).isEmpty();
    }

    @Test
    void boundsTheDeadlinesOfATickToo() {
        task.fill(4_500);
        task.start();
        task.price(1, TaskUnderTest.START.plusSeconds(1), "7142.85");
        drain();
        task.price(2, TaskUnderTest.START.plusSeconds(2).plus(Duration.ofHours(25)), "7142.85");
        assertThat(task.loansOf(LoanEvent.MarginCallExpired.class)).hasSize(2_000);
        Set<String> expired = new HashSet<>(drain());
        assertThat(expired).hasSize(4_500);
    }

    @Test
    void judgesACallThatATickPassesAtThePriceBeforeThatTick() {
        task.fill(1);
        task.start();
        task.price(1, TaskUnderTest.START.plusSeconds(1), "7142.85");
        task.forget();
        task.price(2, TaskUnderTest.START.plusSeconds(2).plus(Duration.ofHours(25)), "9000");

        assertThat(task.requests())
                .extracting(request -> request.getEvidence().getPrice())
                .containsExactly("7142.85");
    }

    /** Plays the chain to its end; the loans whose calls expired since the last tick. */
    private List<String> drain() {
        List<String> expired = new ArrayList<>(task.loansOf(LoanEvent.MarginCallExpired.class));
        List<Record<?, byte[]>> next = task.sent(TopicCatalogue.CONTINUATIONS);
        while (!next.isEmpty()) {
            task.forget();
            task.process(
                    TopicCatalogue.CONTINUATIONS,
                    Facts.MARKET,
                    continuation(next.getFirst()),
                    TaskUnderTest.START.plusSeconds(1));
            expired.addAll(task.loansOf(LoanEvent.MarginCallExpired.class));
            next = task.sent(TopicCatalogue.CONTINUATIONS);
        }
        task.forget();
        return expired;
    }

    private SweepContinuation continuation(Record<?, byte[]> record) {
        return (SweepContinuation) task.read(TopicCatalogue.CONTINUATIONS, record);
    }
}
