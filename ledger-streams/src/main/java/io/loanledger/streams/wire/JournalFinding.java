package io.loanledger.streams.wire;

/**
 * Something in a journal that cannot be.
 *
 * @param broken what does not hold
 * @param partition of the journal
 * @param sequence of the record in its partition
 * @param loanId its loan
 * @param detail what was expected and what was read
 */
public record JournalFinding(Broken broken, int partition, long sequence, String loanId, String detail) {
    /** What a journal promises. */
    public enum Broken {
        /** A record's bytes give the hash at their end. */
        OWN_HASH,
        /** A record carries the hash of the one before it; the first, zeros. */
        PREVIOUS_HASH,
        /** Sequences of a partition rise by one, from 1. */
        SEQUENCE,
        /** Versions of a loan rise by one, from 1. */
        LOAN_VERSION,
        /** A loan's records stand in one partition. */
        LOAN_PARTITION,
        /** The recorded double entry is the event's. */
        POSTINGS,
        /** The recorded balances are those of the folded loan. */
        BALANCES,
        /** The event can follow on the loan. */
        EVENT
    }

    @Override
    public String toString() {
        return broken + " at partition " + partition + " sequence " + sequence + " loan " + loanId + ": " + detail;
    }
}
