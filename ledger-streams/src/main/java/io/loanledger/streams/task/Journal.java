package io.loanledger.streams.task;

import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.Position;
import io.loanledger.core.posting.Posting;
import io.loanledger.streams.wire.Cause;
import io.loanledger.streams.wire.ChainHash;
import io.loanledger.streams.wire.JournalCodec;
import io.loanledger.streams.wire.JournalHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a partition's journal: gives each event its sequence and its hash, and sends it. The end itself is stored nowhere: it
 * is the stored loan with the highest sequence, found while the loans are read at start-up ({@link #found}).
 *
 * <p>Events are first drafted, and sent once all of a decision could be written: a loan that breaks at its third event leaves no
 * trace of the first. A draft checks that the loan's version is the next one (invariant VersionFence) and throws
 * {@link IllegalStateException} if not: then the application stops before it commits. One thread.
 */
final class Journal {
    private final int partition;
    private final JournalCodec codec;
    private final Outbox outbox;
    private final TaskCircumstances circumstances;
    private long sequence;
    private ChainHash head = ChainHash.GENESIS;

    Journal(int partition, JournalCodec codec, Outbox outbox, TaskCircumstances circumstances) {
        this.partition = partition;
        this.codec = codec;
        this.outbox = outbox;
        this.circumstances = circumstances;
    }

    /** The last event of a loan that was met while the store is read: it may be the journal's last. */
    void found(long lastSequence, ChainHash lastHash) {
        if (lastSequence > sequence) {
            sequence = lastSequence;
            head = lastHash;
        }
    }

    int partition() {
        return partition;
    }

    long sequence() {
        return sequence;
    }

    ChainHash head() {
        return head;
    }

    /** The events of one decision, written and not sent. */
    final class Draft {
        private final String loanId;
        private final Cause cause;
        private final List<byte[]> values = new ArrayList<>(4);
        private final long former = sequence;
        private ChainHash last = head;

        private Draft(String loanId, Cause cause) {
            this.loanId = loanId;
            this.cause = cause;
        }

        /** The next event of a loan, without which it was {@code before}. */
        void add(Loan before, Decision.Step step, Posting posting) {
            Loan after = step.after();
            if (after.version() != before.version() + 1 || !after.loanId().equals(loanId)) {
                throw new IllegalStateException("VersionFence: %s at version %d, %s at version %d follows"
                        .formatted(loanId, before.version(), after.loanId(), after.version()));
            }
            add(after.version(), step.event(), posting, after.position());
        }

        /** An event of a loan of which nothing but its version can be read. */
        void add(long version, LoanEvent event, Posting posting, @Nullable Position balances) {
            TermsPosition terms = circumstances.termsPosition();
            JournalHeader header = new JournalHeader(
                    lastSequence() + 1,
                    partition,
                    loanId,
                    version,
                    cause,
                    circumstances.taskTime(),
                    circumstances.positions(),
                    terms.epoch(),
                    terms.sequence(),
                    values.size() + 1,
                    last);
            byte[] value = codec.encode(header, event, posting, balances);
            values.add(value);
            last = ChainHash.endOf(value);
        }

        /** The place of the last event added. */
        long lastSequence() {
            return former + values.size();
        }

        ChainHash lastHash() {
            return last;
        }
    }

    Draft draft(String loanId, Cause cause) {
        return new Draft(loanId, cause);
    }

    /** Sends a draft that was begun at the present end; from here on its last event is the end. */
    void send(Draft draft) {
        for (byte[] value : draft.values) {
            outbox.journal(draft.loanId, value);
        }
        head = draft.last;
        sequence = draft.lastSequence();
    }
}
