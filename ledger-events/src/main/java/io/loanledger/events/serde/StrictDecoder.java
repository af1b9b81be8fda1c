package io.loanledger.events.serde;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Avro's binary encoding, read from an array without trust: no length is believed beyond the bytes that are there, so that a few bytes
 * cannot make the process reserve gigabytes; a number has no more bytes than its type, a boolean is 0 or 1, and text is UTF-8 without
 * fault, so that two ids that differ stay different. Every breach is an {@link IOException}.
 *
 * <p>For one thread; {@link #reset} makes it ready for the next value.
 */
public final class StrictDecoder extends Decoder {

    private static final byte[] NOTHING = new byte[0];

    private byte[] bytes = NOTHING;
    private int position;
    private int end;

    /** Reads from here on. */
    public void reset(byte[] source, int from, int to) {
        bytes = source;
        position = from;
        end = to;
    }

    /** Bytes not yet read. */
    public int remaining() {
        return end - position;
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws IOException {
        return switch (next()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new IOException("a boolean that is neither 0 nor 1");
        };
    }

    @Override
    public int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) {
            throw new IOException("a number of more than 32 bits");
        }
        return (int) value;
    }

    @Override
    public long readLong() throws IOException {
        long zigzag = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int part = next();
            if (shift == 63 && (part & 0x7e) != 0) {
                throw new IOException("a number of more than 64 bits");
            }
            zigzag |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new IOException("a number without end");
    }

    @Override
    public float readFloat() throws IOException {
        return Float.intBitsToFloat((int) littleEndian(4));
    }

    @Override
    public double readDouble() throws IOException {
        return Double.longBitsToDouble(littleEndian(8));
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public String readString() throws IOException {
        int length = length();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            text = strictly(ByteBuffer.wrap(bytes, position, length));
        }
        position += length;
        return text;
    }

    @Override
    public void skipString() throws IOException {
        skipBytes();
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
        int length = length();
        ByteBuffer copy = ByteBuffer.wrap(Arrays.copyOfRange(bytes, position, position + length));
        position += length;
        return copy;
    }

    @Override
    public void skipBytes() throws IOException {
        skipFixed(length());
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws IOException {
        require(length);
        System.arraycopy(bytes, position, target, start, length);
        position += length;
    }

    @Override
    public void skipFixed(int length) throws IOException {
        require(length);
        position += length;
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return items();
    }

    @Override
    public long arrayNext() throws IOException {
        return items();
    }

    @Override
    public long skipArray() throws IOException {
        return skipBlocks();
    }

    @Override
    public long readMapStart() throws IOException {
        return items();
    }

    @Override
    public long mapNext() throws IOException {
        return items();
    }

    @Override
    public long skipMap() throws IOException {
        return skipBlocks();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    /** Items of the next block. An item of a schema that says anything takes a byte at least, so more items than bytes cannot be. */
    private long items() throws IOException {
        long count = readLong();
        if (count < 0) {
            long size = readLong();
            if (size < 0 || size > remaining() || count == Long.MIN_VALUE) {
                throw new EOFException("a block longer than what is left");
            }
            count = -count;
        }
        if (count > remaining()) {
            throw new EOFException("more items than bytes that are left");
        }
        return count;
    }

    /** Skips the blocks that say their size; the items of the first that does not must be skipped one by one by the caller. */
    private long skipBlocks() throws IOException {
        long count = readLong();
        while (count < 0) {
            long size = readLong();
            if (size < 0 || size > remaining()) {
                throw new EOFException("a block longer than what is left");
            }
            position += (int) size;
            count = readLong();
        }
        if (count > remaining()) {
            throw new EOFException("more items than bytes that are left");
        }
        return count;
    }

    private int length() throws IOException {
        long length = readLong();
        if (length < 0) {
            throw new IOException("a length below zero");
        }
        if (length > remaining()) {
            throw new EOFException("a length beyond what is left");
        }
        return (int) length;
    }

    private void require(int length) throws IOException {
        if (length > remaining()) {
            throw new EOFException("ends in the middle of a value");
        }
    }

    private int next() throws IOException {
        if (position >= end) {
            throw new EOFException("ends in the middle of a value");
        }
        return bytes[position++];
    }

    private long littleEndian(int length) throws IOException {
        require(length);
        long value = 0;
        for (int index = length - 1; index >= 0; index--) {
            value = (value << 8) | (bytes[position + index] & 0xffL);
        }
        position += length;
        return value;
    }

    private static String strictly(ByteBuffer text) throws IOException {
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(text);
            return decoded.toString();
        } catch (CharacterCodingException malformed) {
            throw new IOException("text that is not UTF-8", malformed);
        }
    }
}
