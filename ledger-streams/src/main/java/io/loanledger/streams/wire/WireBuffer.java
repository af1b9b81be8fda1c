package io.loanledger.streams.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing array of bytes with the few forms that the journal and the stored loans are made of. Variable-length numbers are
 * Avro's: zigzag, seven bits a byte, lowest first. Reused from record to record; one thread.
 */
final class WireBuffer {
    private static final int FIRST_CAPACITY = 2048;
    private static final int LONGEST_NUMBER = 10;

    /** A long holds them all. */
    private static final int MOST_DIGITS = 18;

    /** Its length is one byte. */
    private static final int LONGEST_SHORT_TEXT = 63;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int length;

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    /** The array itself, valid until the next call that writes. */
    byte[] array() {
        return bytes;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    void putByte(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    void putBoolean(boolean value) {
        putByte(value ? 1 : 0);
    }

    void putBytes(byte[] source) {
        ensure(source.length);
        System.arraycopy(source, 0, bytes, length, source.length);
        length += source.length;
    }

    void putHash(ChainHash hash) {
        ensure(ChainHash.BYTES);
        hash.copyTo(bytes, length);
        length += ChainHash.BYTES;
    }

    /** Four bytes, highest first. */
    void putFixedInt(int value) {
        ensure(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    /** Eight bytes, highest first. */
    void putFixedLong(long value) {
        ensure(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    /** Avro's int and long. */
    void putLong(long value) {
        ensure(LONGEST_NUMBER);
        long rest = (value << 1) ^ (value >> 63);
        if ((rest & ~0x7FL) == 0) {
            bytes[length++] = (byte) rest; // most are
            return;
        }
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** Avro's string: length in bytes, then UTF-8. */
    void putString(String text) {
        int chars = text.length();
        ensure(LONGEST_NUMBER + chars);
        int before = length;
        putLong(chars);
        int at = length;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length = before;
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                putLong(utf8.length);
                putBytes(utf8);
                return;
            }
            bytes[at++] = (byte) c;
        }
        length = at;
    }

    /** Avro's string of the plain decimal with all its places; the scale must not be negative. */
    void putDecimalString(BigDecimal value) {
        int scale = value.scale();
        if (scale < 0) {
            throw new IllegalArgumentException("a decimal string has no negative scale: " + value);
        }
        int digits = Math.max(value.precision(), scale + 1);
        int chars = (value.signum() < 0 ? 1 : 0) + digits + (scale > 0 ? 1 : 0);
        if (value.precision() > MOST_DIGITS || chars > LONGEST_SHORT_TEXT) {
            putString(value.toPlainString());
            return;
        }
        putLong(chars);
        ensure(chars);
        putDigits(Math.abs(value.unscaledValue().longValue()), scale, length + chars);
        if (value.signum() < 0) {
            bytes[length] = '-';
        }
        length += chars;
    }

    /** Backwards from an end: the decimal places with their zeros, the point, and at least one digit before it. */
    private void putDigits(long unscaled, int scale, int end) {
        long rest = unscaled;
        int at = end;
        for (int place = 0; place < scale; place++) {
            bytes[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        if (scale > 0) {
            bytes[--at] = '.';
        }
        do {
            bytes[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
    }

    /** Length in one byte, then the shortest two's complement, highest byte first; nothing for zero. */
    void putUnscaled(BigDecimal value) {
        if (value.signum() == 0) {
            putByte(0);
            return;
        }
        BigInteger unscaled = value.unscaledValue();
        if (unscaled.bitLength() < Long.SIZE) {
            putShortest(unscaled.longValue());
            return;
        }
        byte[] large = unscaled.toByteArray();
        if (large.length > 0xFF) {
            throw new IllegalArgumentException("no amount has " + large.length + " bytes");
        }
        putByte(large.length);
        putBytes(large);
    }

    private void putShortest(long value) {
        int size = (Long.SIZE - Long.numberOfLeadingZeros(value ^ (value >> 63))) / Byte.SIZE + 1;
        ensure(1 + size);
        bytes[length++] = (byte) size;
        for (int shift = (size - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
