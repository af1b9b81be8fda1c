package io.loanledger.streams.task;

import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanDecider;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanOperations;
import io.loanledger.core.loan.LoanPostings;
import io.loanledger.core.loan.LoanTriggers;
import io.loanledger.core.loan.Quarantine;
import io.loanledger.core.loan.Refusal;
import io.loanledger.core.posting.Account;
import io.loanledger.core.posting.Entry;
import io.loanledger.core.posting.Posting;
import io.loanledger.events.service.Invariant;
import io.loanledger.events.streams.WholeStore;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.LedgerMeters;
import io.loanledger.streams.wire.Cause;
import io.loanledger.streams.wire.LoanCodec;
import io.loanledger.streams.wire.Outbound;
import io.loanledger.streams.wire.OutputMapping;
import io.loanledger.streams.wire.SealedLoan;
import io.loanledger.streams.wire.StoredLoan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loans of one task: loads one, lets it be decided, and takes down what happened, in the store, in the journal, to the world
 * outside and in the index. It decides nothing itself.
 *
 * <p>Whatever an input does to a loan is worked out to the last byte before any of it is taken down. So an exception on the way,
 * which is a broken invariant, finds the loan as it was: that loan alone is quarantined ({@link LoanOperations}), with the name of
 * the invariant and the record that broke it in the journal, and the task goes on. What concerns more than the loan stops it: a
 * version that does not follow, terms that are gone, and an invariant that one record breaks for more than
 * {@value #MOST_QUARANTINED_BY_ONE_RECORD} loans, which is then the record's or the code's fault and not the loans'.
 *
 * <p>One thread.
 */
final class LoanBook {
    static final int MOST_QUARANTINED_BY_ONE_RECORD = 10;

    private static final Logger LOG = LoggerFactory.getLogger(LoanBook.class);
    private static final int LONGEST_DETAIL = 300;

    private final KeyValueStore<String, byte[]> store;
    private final LoanCodec codec;
    private final TaskCircumstances circumstances;
    private final TaskIndex index;
    private final SweptLoans swept;
    private final Journal journal;
    private final Outbox outbox;
    private final TaskGauges gauges;
    private final LedgerMeters meters;
    private final BookWatch watch;
    private final Map<String, Quarantine> quarantined = new HashMap<>();
    private @Nullable Quarantine newest;
    private int quarantinedByNewest;
    private boolean urgent;

    LoanBook(
            KeyValueStore<String, byte[]> store,
            LoanCodec codec,
            TaskCircumstances circumstances,
            TaskIndex index,
            SweptLoans swept,
            Journal journal,
            Outbox outbox,
            TaskGauges gauges,
            LedgerMeters meters,
            BookWatch watch) {
        this.store = store;
        this.codec = codec;
        this.circumstances = circumstances;
        this.index = index;
        this.swept = swept;
        this.journal = journal;
        this.outbox = outbox;
        this.gauges = gauges;
        this.meters = meters;
        this.watch = watch;
    }

    /** All that an input does to a loan, worked out and not taken down. */
    @SuppressWarnings("ArrayRecordComponent") // lives between two calls; no two are ever compared
    private record Work(
            Loan before,
            Loan after,
            Journal.Draft entries,
            List<Posting> postings,
            List<Outbound> sent,
            byte[] stored,
            LoanTriggers triggers) {}

    /** The answer to an input, and what it does; null if it changes nothing. */
    private record Answer(Decision decision, @Nullable Work work) {}

    @FunctionalInterface
    private interface Question {
        Answer ask(Loan loan);
    }

    // --- at the start ------------------------------------------------------------------------------------------------

    /** Reads every stored loan: the end of the journal, the gauges and the index follow from them. */
    void rebuild() {
        WholeStore.forEach(store, this::found);
        gauges.journalAt(journal.sequence());
    }

    /** A loan that cannot be read or placed is due with the next index record, which then quarantines it. */
    private void found(String loanId, byte[] value) {
        if (SealedLoan.isOne(value)) {
            SealedLoan sealed = SealedLoan.read(value);
            journal.found(sealed.journalSequence(), sealed.journalHash());
            quarantined.put(loanId, sealed.quarantine());
            gauges.sealed();
            return;
        }
        try {
            StoredLoan stored = codec.decode(value);
            journal.found(stored.journalSequence(), stored.journalHash());
            gauges.found(stored);
            watch.found(stored.loan());
            if (stored.loan().quarantine() != null) {
                quarantined.put(loanId, stored.loan().quarantine());
            }
            index.put(stored.loan(), circumstances.taskTime());
        } catch (RuntimeException broken) {
            LoanFault.orThrow(broken);
            SealedLoan.Remains remains = SealedLoan.remainsOf(loanId, value);
            journal.found(remains.journalSequence(), remains.journalHash());
            index.dueAtOnce(loanId);
            LOG.error("the stored loan {} is broken", loanId, broken);
        }
    }

    // --- inputs ------------------------------------------------------------------------------------------------------

    /**
     * Decides one input and takes down what it changed. A loan that changed has its new place in the index. For one in quarantine,
     * also one that this input has just brought there, the answer is {@link Refusal#LOAN_QUARANTINED}.
     */
    Decision decide(String loanId, LoanInput input, Cause cause) {
        return answer(loanId, cause, loan -> decided(loan, input, cause));
    }

    /**
     * As {@link #decide}, for what is never refused: prices and time.
     *
     * @param whenQuiet puts the loan back into the index if nothing changed
     * @return whether nothing changed
     */
    boolean visit(String loanId, LoanInput input, Cause cause, Consumer<Loan> whenQuiet) {
        boolean[] quiet = new boolean[1];
        answer(loanId, cause, loan -> {
            Answer answer = decided(loan, input, cause);
            if (!(answer.decision() instanceof Decision.Accepted)) {
                throw new IllegalStateException("prices and time are never refused: " + answer.decision());
            }
            if (answer.work() == null) {
                whenQuiet.accept(loan);
                quiet[0] = true;
            }
            return answer;
        });
        return quiet[0];
    }

    /** Draws a loan's keys anew. */
    void renewKeys(String loanId, Cause cause) {
        answer(loanId, cause, loan -> {
            index.put(loan, circumstances.taskTime());
            return new Answer(new Decision.Accepted(List.of()), null);
        });
    }

    /** Whether something was sent since the last call that should not wait for the next regular commit. */
    boolean takeUrgent() {
        boolean was = urgent;
        urgent = false;
        return was;
    }

    private Answer decided(Loan loan, LoanInput input, Cause cause) {
        Decision decision = LoanDecider.decide(loan, input, circumstances);
        return decision instanceof Decision.Accepted accepted
                        && !accepted.steps().isEmpty()
                ? new Answer(decision, work(loan, accepted, cause))
                : new Answer(decision, null);
    }

    private Decision answer(String loanId, Cause cause, Question question) {
        byte[] value = store.get(loanId);
        if (value != null && SealedLoan.isOne(value)) {
            return LoanOperations.held(SealedLoan.read(value).quarantine());
        }
        Loan loan = null;
        Answer answer;
        try {
            loan = value == null ? Loan.unknown(loanId) : codec.decode(value).loan();
            answer = question.ask(loan);
        } catch (RuntimeException broken) {
            // What the core throws when a loan's own rules do not hold. Nothing of the input has been taken down.
            LoanFault.orThrow(broken);
            return LoanOperations.held(
                    loan == null
                            ? sealed(loanId, Objects.requireNonNull(value), cause, broken)
                            : quarantined(loan, cause, broken));
        }
        if (answer.work() != null) {
            take(answer.work());
        }
        return answer.decision();
    }

    // --- taking down -------------------------------------------------------------------------------------------------

    private Work work(Loan loan, Decision.Accepted accepted, Cause cause) {
        Journal.Draft entries = journal.draft(loan.loanId(), cause);
        List<Outbound> sent = new ArrayList<>();
        List<Posting> postings = new ArrayList<>();
        Loan before = loan;
        for (Decision.Step step : accepted.steps()) {
            Posting posting = LoanPostings.of(step.event());
            entries.add(before, step, posting);
            postings.add(posting);
            sent.addAll(OutputMapping.of(step.event(), before, step.after(), circumstances.taskTime()));
            before = step.after();
        }
        byte[] stored = codec.encode(new StoredLoan(before, entries.lastSequence(), entries.lastHash()));
        return new Work(
                loan, before, entries, postings, sent, stored, index.triggersOf(before, circumstances.taskTime()));
    }

    private void take(Work work) {
        journal.send(work.entries());
        for (Posting posting : work.postings()) {
            watch.posted(work.after().loanId(), posting.entries());
            countApart(posting);
        }
        for (Outbound outbound : work.sent()) {
            outbox.send(outbound);
            urgent |= isUrgent(outbound.topic());
        }
        store.put(work.after().loanId(), work.stored());
        index.put(work.after(), work.triggers());
        swept.changed(work.before(), work.after());
        gauges.changed(work.before(), work.after());
        watch.changed(work.before(), work.after());
        gauges.journalAt(journal.sequence());
    }

    private void countApart(Posting posting) {
        for (Account account : Account.NAMED) {
            if (hasLineOn(account, posting)) {
                meters.postedApart(account);
            }
        }
    }

    private static boolean hasLineOn(Account account, Posting posting) {
        for (Entry entry : posting.entries()) {
            if (entry.account() == account) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUrgent(Topic topic) {
        return topic.equals(TopicCatalogue.LIQUIDATION_REQUESTS) || topic.equals(TopicCatalogue.MARGIN_CALLS);
    }

    // --- quarantine --------------------------------------------------------------------------------------------------

    private Quarantine begin(String loanId, Cause cause, RuntimeException broken) {
        Invariant invariant = Invariant.in(broken);
        Quarantine begun = new Quarantine(invariant.title(), cause.topic(), cause.partition(), cause.offset());
        boolean sameRecord = newest != null && newest.beganAt(cause.topic(), cause.partition(), cause.offset());
        quarantinedByNewest = sameRecord ? quarantinedByNewest + 1 : 1;
        newest = begun;
        if (quarantinedByNewest > MOST_QUARANTINED_BY_ONE_RECORD) {
            throw new IllegalStateException(
                    "%s-%d@%d breaks more than %d loans, %s the last"
                            .formatted(
                                    cause.topic(),
                                    cause.partition(),
                                    cause.offset(),
                                    MOST_QUARANTINED_BY_ONE_RECORD,
                                    loanId),
                    broken);
        }
        meters.invariantBroken(invariant);
        LOG.error(
                "loan {} is quarantined: {} at {}-{}@{}",
                loanId,
                invariant.title(),
                cause.topic(),
                cause.partition(),
                cause.offset(),
                broken);
        return begun;
    }

    private Quarantine quarantined(Loan loan, Cause cause, RuntimeException broken) {
        Quarantine begun = begin(loan.loanId(), cause, broken);
        LoanEvent.LoanQuarantined event = event(begun, detail(broken));
        Work work;
        try {
            work = work(loan, LoanOperations.caseWithdrawn(loan, event), causeOf(begun));
        } catch (RuntimeException stillBroken) {
            LoanFault.orThrow(stillBroken);
            LOG.error(
                    "the open case of {} cannot be taken back: stop its sale at the desk", loan.loanId(), stillBroken);
            work = work(loan, LoanOperations.quarantined(loan, event), causeOf(begun));
        }
        take(work);
        quarantined.put(loan.loanId(), begun);
        return begun;
    }

    /** The bytes stay as they are, and beside them what the journal needs to go on. */
    private Quarantine sealed(String loanId, byte[] value, Cause cause, RuntimeException broken) {
        SealedLoan.Remains remains = SealedLoan.remainsOf(loanId, value);
        Quarantine begun = begin(loanId, cause, broken);
        Journal.Draft entries = journal.draft(loanId, causeOf(begun));
        entries.add(remains.version() + 1, event(begun, detail(broken)), Posting.NONE, null);
        journal.send(entries);
        store.put(
                loanId,
                new SealedLoan(loanId, remains.version() + 1, entries.lastSequence(), entries.lastHash(), begun, value)
                        .bytes());
        index.forget(loanId);
        gauges.sealed();
        gauges.journalAt(journal.sequence());
        quarantined.put(loanId, begun);
        return begun;
    }

    /** Without the input's event id: it was not applied, so it must not be remembered as if it were. */
    private static Cause causeOf(Quarantine begun) {
        return Cause.withoutEventId(begun.topic(), begun.partition(), begun.offset());
    }

    private static LoanEvent.LoanQuarantined event(Quarantine begun, String detail) {
        return new LoanEvent.LoanQuarantined(
                begun.invariant(), detail, begun.topic(), begun.partition(), begun.offset());
    }

    private static String detail(RuntimeException broken) {
        String text = broken.toString();
        return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL);
    }

    // --- operators ---------------------------------------------------------------------------------------------------

    /**
     * Takes down that a record was set aside, in the chain of this loan; if the record had begun the loan's quarantine, that ends.
     *
     * @return false if the loan cannot be read, whether that is known already or is found just now, and nothing was taken down
     */
    boolean skip(String loanId, LoanEvent.RecordSkipped skipped, Cause cause) {
        Loan loan = readable(loanId);
        if (loan == null) {
            return false;
        }
        Quarantine quarantine = loan.quarantine();
        boolean lifted =
                quarantine != null && quarantine.beganAt(skipped.topic(), skipped.partition(), skipped.offset());
        take(work(loan, LoanOperations.skipped(loan, skipped, lifted), cause));
        if (lifted) {
            quarantined.remove(loanId);
        }
        return true;
    }

    private @Nullable Loan readable(String loanId) {
        byte[] value = store.get(loanId);
        if (value == null) {
            return Loan.unknown(loanId);
        }
        if (SealedLoan.isOne(value)) {
            return null;
        }
        try {
            return codec.decode(value).loan();
        } catch (IllegalStateException broken) {
            LoanFault.orThrow(broken);
            LOG.error("the stored loan {} is broken", loanId, broken);
            return null;
        }
    }

    /** The loans whose quarantine the record at this place began, in the order of their ids. */
    List<String> quarantinedAt(String topic, int partition, long offset) {
        return quarantined.entrySet().stream()
                .filter(entry -> entry.getValue().beganAt(topic, partition, offset))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
