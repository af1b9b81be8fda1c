package io.loanledger.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.Digests;
import io.loanledger.core.loan.FactHead;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanEvolution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Invariant ReplayEquality: a loan is the fold of its journal. Folding any prefix gives the loan as it was then, and folding the rest
 * upon the loan as it was then gives the loan as it is.
 */
class EverySplitFoldsAlikeTest {
    private static final int HISTORIES = Integer.getInteger("ledger.histories", 300);

    @Test
    void foldsEverySplitOfAHistoryToTheSameLoan() throws InterruptedException {
        int splits = SideBySide.play(HISTORIES, AtomicInteger::new, EverySplitFoldsAlikeTest::split).stream()
                .mapToInt(AtomicInteger::get)
                .sum();
        assertThat(splits).as("splits").isGreaterThan(HISTORIES * 10);
    }

    private static void split(long seed, AtomicInteger splits) {
        List<UnaryOperator<Loan>> journal = new ArrayList<>();
        List<Loan> live = new ArrayList<>();
        Loan last = RandomHistory.play(seed, 60, told -> record(told, journal, live))
                .loan();
        Loan folded = Loan.unknown(last.loanId());
        for (int split = 0; split < journal.size(); split++) {
            folded = journal.get(split).apply(folded);
            assertThat(folded).as("the first %d", split + 1).isEqualTo(live.get(split));
            Loan rest = live.get(split);
            for (UnaryOperator<Loan> entry : journal.subList(split + 1, journal.size())) {
                rest = entry.apply(rest);
            }
            assertThat(rest).as("split after %d", split + 1).isEqualTo(last);
            splits.incrementAndGet();
        }
    }

    /** An entry is an event; before the first event of a fact the loan remembers the fact, as the record's cause says. */
    private static void record(Stage.Told told, List<UnaryOperator<Loan>> journal, List<Loan> live) {
        FactHead head = told.input().factHead();
        boolean first = true;
        for (var step : told.steps()) {
            LoanEvent event = step.event();
            FactHead seen = first ? head : null;
            Instant taskTime = told.world().taskTime();
            journal.add(loan -> LoanEvolution.evolve(
                    seen == null
                            ? loan
                            : loan.remembering(
                                    Digests.of(seen.eventId()), seen.contentDigest(), seen.occurredAt(), taskTime),
                    event));
            live.add(step.after());
            first = false;
        }
    }
}
