package io.loanledger.streams.task;

import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.posting.Entry;
import io.loanledger.events.KillSwitch;
import io.loanledger.events.service.Invariant;
import io.loanledger.events.streams.WholeStore;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.LedgerMeters;
import io.loanledger.streams.LedgerNames;
import io.loanledger.streams.wire.LoanCodec;
import io.loanledger.streams.wire.SealedLoan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invariant BookEqualsSum, all the time: the sums that follow from the postings of every event, against the sums over the loans in the
 * store, which are recounted a slice at a time, over and over, with a pause between two rounds. A change of a loan that the recount
 * has passed changes the recount too, so that nothing has to stand still for it.
 *
 * <p>Recounting writes nothing and sends nothing as long as nothing differs. Yet each slice of an idle task costs a commit, because
 * Streams commits a task after every punctuation, whatever that did; hence few slices, and the pause.
 *
 * <p>When they differ the kill switch is engaged, in the transaction of the finding: no new order goes out until people have found out
 * why and released it. The same difference engages it once. Driven by the wall clock, which may refuse and delay: no loan is ever
 * changed here. One thread.
 */
final class BookWatch {
    /** Loans recounted at a time in a book of up to {@link #SLICES} times as many: the stream thread takes no record meanwhile. */
    static final int LEAST_SLICE = 200;

    /** Of so many slices a round consists at most: a larger book has larger ones, lest the alarm comes the later the more is lent. */
    static final int SLICES = 240;

    /** From one slice of a round to the next. */
    static final Duration EVERY = Duration.ofSeconds(1);

    /** From the end of a round to the first slice of the next. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    static final String INVARIANT = Invariant.BOOK_EQUALS_SUM.title();

    private static final Logger LOG = LoggerFactory.getLogger(BookWatch.class);
    private static final int REASON_LIMIT = 500;

    private final KeyValueStore<String, byte[]> loans;
    private final LoanCodec codec;
    private final TaskState state;
    private final Journal journal;
    private final Outbox outbox;
    private final LedgerMeters meters;
    private final TaskGauges gauges;
    private final BookTotals kept = new BookTotals();
    private BookTotals recount = new BookTotals();
    /** The last loan recounted; null before the first of a round. */
    private @Nullable String cursor;

    BookWatch(
            KeyValueStore<String, byte[]> loans,
            LoanCodec codec,
            TaskState state,
            Journal journal,
            Outbox outbox,
            LedgerMeters meters,
            TaskGauges gauges) {
        this.loans = loans;
        this.codec = codec;
        this.state = state;
        this.journal = journal;
        this.outbox = outbox;
        this.meters = meters;
        this.gauges = gauges;
    }

    /** A loan met while the task starts: the sums begin with what the store holds then. */
    void found(Loan loan) {
        kept.add(loan);
    }

    /** The posting of an event of a loan. */
    void posted(String loanId, List<Entry> entries) {
        if (!entries.isEmpty()) {
            kept.post(entries);
            if (isPassed(loanId)) {
                recount.post(entries);
            }
        }
    }

    /** A loan was stored anew. */
    void changed(Loan before, Loan after) {
        boolean isNew = before.version() == 0;
        if (isNew || before.status() != after.status()) {
            move(kept, isNew ? null : before.status(), after.status());
            if (isPassed(after.loanId())) {
                move(recount, isNew ? null : before.status(), after.status());
            }
        }
    }

    private static void move(BookTotals totals, @Nullable LoanStatus from, LoanStatus to) {
        if (from != null) {
            totals.count(from, -1);
        }
        totals.count(to, 1);
    }

    /**
     * Recounts the next loans; after the last of them compares, and begins again.
     *
     * @return how long to wait until the next call
     */
    Duration recountSlice(Instant now) {
        int left = sliceOf(kept.loans());
        try (KeyValueIterator<String, byte[]> next = cursor == null ? loans.all() : loans.range(cursor, null)) {
            while (next.hasNext() && left > 0) {
                KeyValue<String, byte[]> stored = next.next();
                if (!stored.key.equals(cursor)) {
                    recount(stored.value);
                    cursor = stored.key;
                    left--;
                }
            }
        }
        if (left == 0) {
            return EVERY;
        }
        WholeStore.requireEndAt(cursor, loans);
        compare(now);
        recount = new BookTotals();
        cursor = null;
        return PAUSE;
    }

    static int sliceOf(long loans) {
        return Math.toIntExact(Math.max(LEAST_SLICE, loans / SLICES + 1));
    }

    /**
     * A loan that cannot be read does not count. If it could be read when the task started, it is missing now, as if it had been
     * lost, and the switch is engaged: of a store that spoils its records no other figure can be trusted either. One that could not
     * be read then is in neither of the sums: it is in quarantine, or will be with the next price.
     */
    private void recount(byte[] value) {
        if (SealedLoan.isOne(value)) {
            return;
        }
        try {
            recount.add(codec.decode(value).loan());
        } catch (RuntimeException broken) {
            LoanFault.orThrow(broken);
        }
    }

    private void compare(Instant now) {
        List<String> unlike = kept.unlike(recount);
        String former = state.bookMismatch();
        gauges.bookRecounted(unlike.size());
        if (unlike.isEmpty()) {
            if (former != null) {
                state.putBookMismatch(null);
                LOG.warn("the book equals its sum again; it had been: {}", former);
            }
            return;
        }
        String text = String.join("; ", unlike);
        if (!text.equals(former)) {
            state.putBookMismatch(text);
            meters.invariantBroken(Invariant.BOOK_EQUALS_SUM);
            LOG.error("{}: {}; the kill switch is engaged", INVARIANT, text);
            outbox.send(TopicCatalogue.TERMS, INVARIANT, killSwitch(text, now));
        }
    }

    private KillSwitch killSwitch(String text, Instant now) {
        String where = "partition %d, journal %d".formatted(journal.partition(), journal.sequence());
        String reason = "%s: %s (%s)".formatted(INVARIANT, shortened(text), where);
        return new KillSwitch(
                "%s/%d/%d/%d".formatted(INVARIANT, journal.partition(), journal.sequence(), now.toEpochMilli()),
                now,
                LedgerNames.PRODUCER,
                true,
                reason);
    }

    private static String shortened(String text) {
        return text.length() <= REASON_LIMIT ? text : text.substring(0, REASON_LIMIT) + "...";
    }

    private boolean isPassed(String loanId) {
        return cursor != null && compareAsUtf8(loanId, cursor) <= 0;
    }

    /** In the order of the store's keys, which is that of their UTF-8 bytes: as UTF-16 but for surrogates, which come last. */
    static int compareAsUtf8(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean lastOfA = Character.isSurrogate(a);
                return lastOfA == Character.isSurrogate(b) ? Character.compare(a, b) : lastOfA ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), other.length());
    }
}
