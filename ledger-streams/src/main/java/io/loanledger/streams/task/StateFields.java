package io.loanledger.streams.task;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Threshold;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The values that records of {@code task-state} consist of. Amounts and fractions are exact, instants are whole microseconds. */
final class StateFields {
    private StateFields() {}

    static void write(DataOutputStream out, Asset asset) throws IOException {
        out.writeUTF(asset.code());
        out.writeInt(asset.scale());
    }

    static Asset asset(DataInputStream in) throws IOException {
        return new Asset(in.readUTF(), in.readInt());
    }

    static void write(DataOutputStream out, Threshold threshold) throws IOException {
        write(out, threshold.ltv());
        out.writeUTF(threshold.comparator().name());
    }

    static Threshold threshold(DataInputStream in) throws IOException {
        return new Threshold(fraction(in), Threshold.Comparator.valueOf(in.readUTF()));
    }

    static void write(DataOutputStream out, Fraction fraction) throws IOException {
        write(out, fraction.numerator());
        write(out, fraction.denominator());
    }

    static Fraction fraction(DataInputStream in) throws IOException {
        return new Fraction(whole(in), whole(in));
    }

    static void write(DataOutputStream out, Duration duration) throws IOException {
        out.writeLong(duration.getSeconds());
        out.writeInt(duration.getNano());
    }

    static Duration duration(DataInputStream in) throws IOException {
        return Duration.ofSeconds(in.readLong(), in.readInt());
    }

    static void write(DataOutputStream out, Instant instant) throws IOException {
        out.writeLong(micros(instant));
    }

    static Instant instant(DataInputStream in) throws IOException {
        return ofMicros(in.readLong());
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant ofMicros(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static void writeOptional(DataOutputStream out, @Nullable BigDecimal decimal) throws IOException {
        out.writeBoolean(decimal != null);
        if (decimal != null) {
            write(out, decimal);
        }
    }

    static @Nullable BigDecimal optionalDecimal(DataInputStream in) throws IOException {
        return in.readBoolean() ? decimal(in) : null;
    }

    static void write(DataOutputStream out, BigDecimal decimal) throws IOException {
        out.writeInt(decimal.scale());
        write(out, decimal.unscaledValue());
    }

    static BigDecimal decimal(DataInputStream in) throws IOException {
        int scale = in.readInt();
        return new BigDecimal(whole(in), scale);
    }

    static void write(DataOutputStream out, BigInteger whole) throws IOException {
        byte[] bytes = whole.toByteArray();
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static BigInteger whole(DataInputStream in) throws IOException {
        return new BigInteger(in.readNBytes(in.readInt()));
    }
}
