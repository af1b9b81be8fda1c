package io.loanledger.streams.task;

import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.posting.Posting;
import io.loanledger.streams.wire.Cause;
import io.loanledger.streams.wire.ChainHash;
import io.loanledger.streams.wire.JournalCodec;
import io.loanledger.streams.wire.JournalHeader;
import io.loanledger.streams.wire.StoredLoan;

/**
 * The end of a partition's journal: gives each event its sequence and its hash, and sends it. The end itself is stored nowhere: it
 * is the stored loan with the highest sequence, found while the loans are read at start-up ({@link #found}).
 *
 * <p>Checks before it sends that the loan's version is the next one (invariant VersionFence) and throws
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

    /** A loan met while the store is read: its last event may be the journal's last. */
    void found(StoredLoan stored) {
        if (stored.journalSequence() > sequence) {
            sequence = stored.journalSequence();
            head = stored.journalHash();
        }
    }

    int partition() {
        return partition;
    }

    long sequence() {
        return sequence;
    }

    /**
     * Writes one event.
     *
     * @param before the loan without it
     * @param posting its double entry
     * @param stepNumber which event of the decision, from 1
     * @return the loan with it, as it is to be stored
     */
    StoredLoan append(Loan before, Decision.Step step, Posting posting, int stepNumber, Cause cause) {
        Loan after = step.after();
        if (after.version() != before.version() + 1 || !after.loanId().equals(before.loanId())) {
            throw new IllegalStateException("VersionFence: %s at version %d, %s at version %d follows"
                    .formatted(before.loanId(), before.version(), after.loanId(), after.version()));
        }
        TermsPosition terms = circumstances.termsPosition();
        JournalHeader header = new JournalHeader(
                sequence + 1,
                partition,
                after.loanId(),
                after.version(),
                cause,
                circumstances.taskTime(),
                circumstances.positions(),
                terms.epoch(),
                terms.sequence(),
                stepNumber,
                head);
        byte[] value = codec.encode(header, step.event(), posting, after.position());
        outbox.journal(after.loanId(), value);
        sequence++;
        head = ChainHash.endOf(value);
        return new StoredLoan(after, sequence, head);
    }
}
