package io.loanledger.streams.wire;

import io.loanledger.core.loan.Quarantine;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A stored loan whose bytes do not give a loan: kept as they are, under a cover that says what a journal needs to go on. Its
 * quarantine cannot be lifted, because there is no state to go on from.
 *
 * @param loanId the key of the store
 * @param version of the loan after its quarantine
 * @param journalSequence of its last event, the quarantine
 * @param journalHash own hash of that journal record
 * @param quarantine why
 * @param former the bytes as they were found
 */
@SuppressWarnings("ArrayRecordComponent") // bytes for whoever investigates; no two are ever compared
public record SealedLoan(
        String loanId,
        long version,
        long journalSequence,
        ChainHash journalHash,
        Quarantine quarantine,
        byte[] former) {
    /** Where a loan has its format version, far from those: they rise. */
    private static final int FORMAT = 127;

    /**
     * What can be read of a loan that cannot be read whole: the place of its last event, and its version.
     *
     * @param version of the loan
     * @param journalSequence of its last event
     * @param journalHash own hash of that event
     */
    public record Remains(long version, long journalSequence, ChainHash journalHash) {}

    /** Whether a stored value is a sealed one. */
    public static boolean isOne(byte[] value) {
        return value.length > 0 && value[0] == FORMAT;
    }

    /**
     * The beginning of an unreadable loan.
     *
     * @throws IllegalStateException if not even that can be trusted: then nobody knows where the journal ends
     */
    public static Remains remainsOf(String loanId, byte[] value) {
        WireReader in = new WireReader(value);
        try {
            int format = in.readByte();
            if (format > 0 && format <= LoanFormat.VERSION) {
                long sequence = in.readFixedLong();
                ChainHash hash = in.readHash();
                String id = in.readString();
                long version = in.readLong();
                if (id.equals(loanId) && sequence > 0 && version > 0) {
                    return new Remains(version, sequence, hash);
                }
            }
        } catch (IllegalStateException | ArithmeticException corrupt) {
            throw new IllegalStateException("StoredLoan: the value of " + loanId + " is no loan's", corrupt);
        }
        throw new IllegalStateException("StoredLoan: the value of " + loanId + " is no loan's");
    }

    public byte[] bytes() {
        WireBuffer out = new WireBuffer();
        out.putByte(FORMAT);
        out.putFixedLong(journalSequence);
        out.putHash(journalHash);
        out.putString(loanId);
        out.putLong(version);
        out.putString(quarantine.invariant());
        out.putString(quarantine.topic());
        out.putLong(quarantine.partition());
        out.putLong(quarantine.offset());
        out.putLong(former.length);
        byte[] cover = out.copy();
        return ByteBuffer.allocate(cover.length + former.length)
                .put(cover)
                .put(former)
                .array();
    }

    /**
     * What {@link #bytes} wrote.
     *
     * @throws IllegalStateException if it is corrupt
     */
    public static SealedLoan read(byte[] value) {
        WireReader in = new WireReader(value);
        if (in.readByte() != FORMAT) {
            throw new IllegalStateException("not a sealed loan");
        }
        long sequence = in.readFixedLong();
        ChainHash hash = in.readHash();
        String loanId = in.readString();
        long version = in.readLong();
        Quarantine quarantine = new Quarantine(in.readString(), in.readString(), in.readInt(), in.readLong());
        int length = in.readInt();
        byte[] former = Arrays.copyOfRange(value, value.length - length, value.length);
        return new SealedLoan(loanId, version, sequence, hash, quarantine, former);
    }
}
