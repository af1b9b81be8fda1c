package io.loanledger.streams.wire;

import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 of the journal's chain, 32 bytes. Immutable, compared by content. */
public final class ChainHash {
    /** Bytes of a hash. */
    public static final int BYTES = 32;

    /** What stands before the first record of a partition: 32 zero bytes. */
    public static final ChainHash GENESIS = new ChainHash(new byte[BYTES]);

    private final byte[] bytes;

    private ChainHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The hash in these 32 bytes. */
    public static ChainHash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a hash has " + BYTES + " bytes, not " + bytes.length);
        }
        return new ChainHash(bytes.clone());
    }

    /** The hash that starts at an offset of a larger array. */
    public static ChainHash at(byte[] source, int offset) {
        return new ChainHash(Arrays.copyOfRange(source, offset, offset + BYTES));
    }

    /** Own hash of an encoded journal record: its last 32 bytes. */
    public static ChainHash endOf(byte[] journalValue) {
        return at(journalValue, journalValue.length - BYTES);
    }

    /** A copy. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, BYTES);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChainHash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Lower-case hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
