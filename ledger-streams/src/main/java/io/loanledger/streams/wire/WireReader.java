package io.loanledger.streams.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link WireBuffer} wrote for a store of our own. Bytes that end early or say the impossible are a corrupt store:
 * {@link IllegalStateException}.
 */
final class WireReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private int position;

    WireReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int readByte() {
        require(1);
        return bytes[position++] & 0xFF;
    }

    boolean readBoolean() {
        return switch (readByte()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw corrupt("a boolean that is neither");
        };
    }

    ChainHash readHash() {
        require(ChainHash.BYTES);
        ChainHash hash = ChainHash.at(bytes, position);
        position += ChainHash.BYTES;
        return hash;
    }

    long readFixedLong() {
        require(Long.BYTES);
        long value = (long) LONG.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    long readLong() {
        long rest = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = readByte();
            rest |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                return (rest >>> 1) ^ -(rest & 1);
            }
        }
        throw corrupt("a number without an end");
    }

    int readInt() {
        return Math.toIntExact(readLong());
    }

    String readString() {
        int size = readInt();
        require(size);
        String text = new String(bytes, position, size, StandardCharsets.UTF_8);
        position += size;
        return text;
    }

    BigDecimal readUnscaled(int scale) {
        int size = readByte();
        require(size);
        if (size == 0) {
            return BigDecimal.valueOf(0, scale);
        }
        if (size > Long.BYTES) {
            BigInteger large = new BigInteger(bytes, position, size);
            position += size;
            return new BigDecimal(large, scale);
        }
        long value = bytes[position++];
        for (int i = 1; i < size; i++) {
            value = (value << Byte.SIZE) | (bytes[position++] & 0xFF);
        }
        return BigDecimal.valueOf(value, scale);
    }

    void requireEnd() {
        if (position != bytes.length) {
            throw corrupt((bytes.length - position) + " bytes after the end");
        }
    }

    /** How many items of a byte at least may follow, at most as many as said. */
    int most(int said) {
        return Math.min(said, bytes.length - position);
    }

    private void require(int size) {
        if (size < 0 || bytes.length - position < size) {
            throw corrupt(size + " bytes wanted where " + (bytes.length - position) + " are left");
        }
    }

    private IllegalStateException corrupt(String what) {
        return new IllegalStateException("corrupt value at byte " + position + ": " + what);
    }
}
