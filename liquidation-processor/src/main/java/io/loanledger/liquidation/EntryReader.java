package io.loanledger.liquidation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what {@link EntryWriter} wrote. Bytes that end early or go on too long are a corrupt store and throw. */
final class EntryReader {
    private final byte[] bytes;
    private int position;

    EntryReader(byte[] bytes) {
        this.bytes = bytes;
    }

    long number() {
        long zigzag = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = next();
            zigzag |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new IllegalStateException("a number of more than ten bytes at " + position);
    }

    int count() {
        return Math.toIntExact(number());
    }

    boolean flag() {
        return next() != 0;
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    BigDecimal decimal() {
        int scale = count();
        return new BigDecimal(new BigInteger(bytes()), scale);
    }

    Instant time() {
        return Instant.EPOCH.plus(number(), ChronoUnit.MICROS);
    }

    <T> @Nullable T optional(Supplier<T> read) {
        return flag() ? read.get() : null;
    }

    <T> List<T> each(Function<EntryReader, T> read) {
        int size = count();
        List<T> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(read.apply(this));
        }
        return values;
    }

    void end() {
        if (position != bytes.length) {
            throw new IllegalStateException((bytes.length - position) + " bytes after the end of an entry");
        }
    }

    private byte[] bytes() {
        int length = count();
        if (length < 0 || length > bytes.length - position) {
            throw new IllegalStateException(
                    "an entry of " + bytes.length + " bytes ends inside a field at " + position);
        }
        byte[] value = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return value;
    }

    private byte next() {
        if (position >= bytes.length) {
            throw new IllegalStateException("an entry ends after " + bytes.length + " bytes, inside a field");
        }
        return bytes[position++];
    }
}
