package io.loanledger.streams.wire;

import io.loanledger.core.loan.Loan;
import io.loanledger.events.service.Invariant;
import java.nio.ByteBuffer;
import org.apache.kafka.common.KafkaException;

/**
 * The value of the store {@code loans}: one byte of format version, the journal sequence (8 bytes, highest first) and journal hash (32
 * bytes) of the loan's last event, then the loan, compact.
 *
 * <p>{@link #decode} gives back a loan equal to the one encoded, scales included. Equal loans give equal bytes, so that bytes can be
 * compared and hashed in place of loans. One thread: the buffer is reused.
 */
public final class LoanCodec {
    private static final int SEQUENCE_AT = 1;
    private static final int HASH_AT = SEQUENCE_AT + Long.BYTES;

    private final TermsResolver terms;
    private final WireBuffer buffer = new WireBuffer();
    private final LoanWriter writer = new LoanWriter(buffer);

    /** With the terms that stored loans name. */
    public LoanCodec(TermsResolver terms) {
        this.terms = terms;
    }

    public byte[] encode(StoredLoan stored) {
        buffer.clear();
        buffer.putByte(LoanFormat.VERSION);
        buffer.putFixedLong(stored.journalSequence());
        buffer.putHash(stored.journalHash());
        writer.write(stored.loan());
        return buffer.copy();
    }

    /**
     * The stored loan.
     *
     * @throws IllegalStateException "StoredLoan: ..." with what was wrong as its cause, whatever that was, if the bytes do not give
     *     a loan; "TaskState: ..." if the terms that they name are gone, which is not the loan's fault
     */
    public StoredLoan decode(byte[] value) {
        try {
            return read(value);
        } catch (KafkaException unanswered) {
            throw unanswered; // The store of the terms did not answer: that tells nothing of the loan.
        } catch (RuntimeException broken) {
            if (Invariant.in(broken) == Invariant.TASK_STATE) {
                throw broken;
            }
            throw new IllegalStateException(Invariant.STORED_LOAN.title() + ": cannot be read, " + broken, broken);
        }
    }

    private StoredLoan read(byte[] value) {
        WireReader in = new WireReader(value);
        int version = in.readByte();
        if (version < LoanFormat.OLDEST_VERSION || version > LoanFormat.VERSION) {
            throw new IllegalStateException("stored loan of format version " + version + "; this ledger reads "
                    + LoanFormat.OLDEST_VERSION + " to " + LoanFormat.VERSION);
        }
        long sequence = in.readFixedLong();
        ChainHash hash = in.readHash();
        Loan loan = new LoanReader(in, version, terms).read();
        in.requireEnd();
        return new StoredLoan(loan, sequence, hash);
    }

    /** The journal sequence of a stored value, without reading the loan. */
    public static long journalSequence(byte[] value) {
        return ByteBuffer.wrap(value).getLong(SEQUENCE_AT);
    }

    /** The journal hash of a stored value, without reading the loan. */
    public static ChainHash journalHash(byte[] value) {
        return ChainHash.at(value, HASH_AT);
    }
}
