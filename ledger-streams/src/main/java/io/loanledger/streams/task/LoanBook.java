package io.loanledger.streams.task;

import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanDecider;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanPostings;
import io.loanledger.core.posting.Account;
import io.loanledger.core.posting.Entry;
import io.loanledger.core.posting.Posting;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.LedgerMeters;
import io.loanledger.streams.wire.Cause;
import io.loanledger.streams.wire.LoanCodec;
import io.loanledger.streams.wire.Outbound;
import io.loanledger.streams.wire.OutputMapping;
import io.loanledger.streams.wire.StoredLoan;
import java.util.Objects;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The loans of one task: loads one, lets it be decided, and takes down what happened, in the store, in the journal, to the world
 * outside and in the index. It decides nothing itself. One thread.
 */
final class LoanBook {
    private final KeyValueStore<String, byte[]> store;
    private final LoanCodec codec;
    private final TaskCircumstances circumstances;
    private final TaskIndex index;
    private final Journal journal;
    private final Outbox outbox;
    private final LedgerMeters meters;
    private final TaskGauges gauges;
    private final BookWatch watch;
    private boolean urgent;

    LoanBook(
            KeyValueStore<String, byte[]> store,
            LoanCodec codec,
            TaskCircumstances circumstances,
            TaskIndex index,
            Journal journal,
            Outbox outbox,
            LedgerMeters meters,
            TaskGauges gauges,
            BookWatch watch) {
        this.store = store;
        this.codec = codec;
        this.circumstances = circumstances;
        this.index = index;
        this.journal = journal;
        this.outbox = outbox;
        this.meters = meters;
        this.gauges = gauges;
        this.watch = watch;
    }

    /** The loan, or one of which nothing is known yet. */
    Loan loan(String loanId) {
        byte[] bytes = store.get(loanId);
        return bytes == null ? Loan.unknown(loanId) : codec.decode(bytes).loan();
    }

    /** Decides one input and takes down what it changed. A loan that changed has its new place in the index. */
    Decision decide(Loan loan, LoanInput input, Cause cause) {
        Decision decision = LoanDecider.decide(loan, input, circumstances);
        if (decision instanceof Decision.Accepted accepted && !accepted.steps().isEmpty()) {
            record(loan, accepted, cause);
        }
        return decision;
    }

    /** Whether something was sent since the last call that should not wait for the next regular commit. */
    boolean takeUrgent() {
        boolean was = urgent;
        urgent = false;
        return was;
    }

    private void record(Loan loan, Decision.Accepted accepted, Cause cause) {
        Loan before = loan;
        StoredLoan stored = null;
        int number = 0;
        for (Decision.Step step : accepted.steps()) {
            number++;
            Posting posting = LoanPostings.of(step.event());
            stored = journal.append(before, step, posting, number, cause);
            watch.posted(loan.loanId(), posting.entries());
            countApart(posting);
            before = step.after();
            for (Outbound outbound : OutputMapping.of(step.event(), step.after(), circumstances.taskTime())) {
                outbox.send(outbound);
                urgent |= isUrgent(outbound.topic());
            }
        }
        store.put(loan.loanId(), codec.encode(Objects.requireNonNull(stored)));
        index.put(before, circumstances.taskTime());
        gauges.changed(loan, before);
        watch.changed(loan, before);
        gauges.journalAt(journal.sequence());
    }

    private void countApart(Posting posting) {
        posting.entries().stream()
                .map(Entry::account)
                .filter(Account.NAMED::contains)
                .distinct()
                .forEach(meters::postedApart);
    }

    private static boolean isUrgent(Topic topic) {
        return topic.equals(TopicCatalogue.LIQUIDATION_REQUESTS) || topic.equals(TopicCatalogue.MARGIN_CALLS);
    }
}
