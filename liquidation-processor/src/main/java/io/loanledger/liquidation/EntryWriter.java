package io.loanledger.liquidation;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the parts of a stored entry: numbers as variable-length integers, texts and decimals behind their lengths, times in
 * microseconds. For one thread, one entry at a time.
 */
final class EntryWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    EntryWriter number(long value) {
        long zigzag = (value << 1) ^ (value >> 63);
        while ((zigzag & ~0x7FL) != 0) {
            out.write((int) (zigzag & 0x7F) | 0x80);
            zigzag >>>= 7;
        }
        out.write((int) zigzag);
        return this;
    }

    EntryWriter flag(boolean value) {
        out.write(value ? 1 : 0);
        return this;
    }

    EntryWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    EntryWriter decimal(BigDecimal value) {
        return number(value.scale()).bytes(value.unscaledValue().toByteArray());
    }

    /** Microseconds since 1970; what is finer is a bug, as the task's clock is truncated. */
    EntryWriter time(Instant value) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, value);
        if (!Instant.EPOCH.plus(micros, ChronoUnit.MICROS).equals(value)) {
            throw new IllegalArgumentException("finer than a microsecond: " + value);
        }
        return number(micros);
    }

    <T> EntryWriter optional(@Nullable T value, Consumer<T> write) {
        flag(value != null);
        if (value != null) {
            write.accept(value);
        }
        return this;
    }

    <T> EntryWriter each(Collection<T> values, BiConsumer<EntryWriter, T> write) {
        number(values.size());
        values.forEach(value -> write.accept(this, value));
        return this;
    }

    private EntryWriter bytes(byte[] value) {
        number(value.length);
        out.writeBytes(value);
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }
}
