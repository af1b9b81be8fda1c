package io.loanledger.streams.task;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexSource;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.MarginCallTerms;
import io.loanledger.core.terms.ProductTerms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the store {@code task-state}: a version, then the fields in the order of their records. Independent of the schema
 * registry, so that a task starts while that is down. Bytes that it did not write are a corrupt store: it throws
 * {@link IllegalStateException}.
 */
final class TaskStateCodec {
    /** Version 1 had terms without day count, basis and term: ACT/365F on what is outstanding, without a maturity. */
    private static final byte VERSION = 2;

    private static final byte OLDEST_VERSION = 1;

    private TaskStateCodec() {}

    @FunctionalInterface
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    static byte[] encode(LastIndex last) {
        return written(out -> {
            write(out, last.index());
            out.writeLong(last.appendedAtMillis());
            write(out, last.taskTime());
        });
    }

    static LastIndex lastIndex(byte[] bytes) {
        return read(bytes, in -> new LastIndex(index(in), in.readLong(), instant(in)));
    }

    static byte[] encode(ProductTerms terms) {
        return written(out -> write(out, terms));
    }

    static ProductTerms terms(byte[] bytes) {
        return read(bytes, in -> terms(in, bytes[0]));
    }

    static byte[] encode(TermsPosition position) {
        return written(out -> {
            out.writeLong(position.epoch());
            out.writeLong(position.sequence());
        });
    }

    static TermsPosition termsPosition(byte[] bytes) {
        return read(bytes, in -> new TermsPosition(in.readLong(), in.readLong()));
    }

    static byte[] encode(OpenSweep sweep) {
        return written(out -> {
            out.writeUTF(sweep.market());
            write(out, sweep.cause());
            writeOptional(out, sweep.falling());
            writeOptional(out, sweep.rising());
            out.writeInt(sweep.chunk());
            out.writeLong(sweep.deepestRemaining());
        });
    }

    static OpenSweep sweep(byte[] bytes) {
        return read(
                bytes,
                in -> new OpenSweep(
                        in.readUTF(), index(in), optionalIndex(in), optionalIndex(in), in.readInt(), in.readLong()));
    }

    /** Of at most 65,535 bytes. */
    static byte[] encode(String text) {
        return written(out -> out.writeUTF(text));
    }

    static String text(byte[] bytes) {
        return read(bytes, in -> in.readUTF());
    }

    static byte[] encode(boolean flag) {
        return written(out -> out.writeBoolean(flag));
    }

    static boolean flag(byte[] bytes) {
        return read(bytes, DataInputStream::readBoolean);
    }

    // --- prices ------------------------------------------------------------------------------------------------------

    private static void write(DataOutputStream out, IndexPrice index) throws IOException {
        out.writeUTF(index.market());
        out.writeLong(index.epoch());
        out.writeLong(index.sequence());
        write(out, index.priceTime());
        writeOptional(out, index.price());
        out.writeUTF(index.state().name());
        out.writeUTF(index.stateReason());
        out.writeInt(index.quorum());
        out.writeInt(index.sources().size());
        for (IndexSource source : index.sources()) {
            out.writeUTF(source.venue());
            writeOptional(out, source.price());
            out.writeUTF(source.status().name());
            Instant observed = source.observedAt();
            out.writeBoolean(observed != null);
            if (observed != null) {
                write(out, observed);
            }
        }
    }

    private static IndexPrice index(DataInputStream in) throws IOException {
        String market = in.readUTF();
        long epoch = in.readLong();
        long sequence = in.readLong();
        Instant priceTime = instant(in);
        BigDecimal price = optionalDecimal(in);
        IndexState state = IndexState.valueOf(in.readUTF());
        String reason = in.readUTF();
        int quorum = in.readInt();
        int count = in.readInt();
        List<IndexSource> sources = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String venue = in.readUTF();
            BigDecimal quoted = optionalDecimal(in);
            IndexSource.Status status = IndexSource.Status.valueOf(in.readUTF());
            sources.add(new IndexSource(venue, quoted, status, in.readBoolean() ? instant(in) : null));
        }
        return new IndexPrice(market, epoch, sequence, priceTime, price, state, reason, quorum, sources);
    }

    private static void writeOptional(DataOutputStream out, @Nullable IndexPrice index) throws IOException {
        out.writeBoolean(index != null);
        if (index != null) {
            write(out, index);
        }
    }

    private static @Nullable IndexPrice optionalIndex(DataInputStream in) throws IOException {
        return in.readBoolean() ? index(in) : null;
    }

    // --- terms -------------------------------------------------------------------------------------------------------

    private static void write(DataOutputStream out, ProductTerms terms) throws IOException {
        out.writeUTF(terms.productId());
        out.writeInt(terms.version());
        write(out, terms.debtAsset());
        out.writeInt(terms.collateral().size());
        for (CollateralTerms collateral : terms.collateral()) {
            write(out, collateral.asset());
            out.writeUTF(collateral.market());
            write(out, collateral.haircut());
            write(out, collateral.lotSize().amount());
        }
        write(out, terms.openLtv());
        MarginCallTerms call = terms.marginCall();
        write(out, call.threshold());
        write(out, call.cureLtv());
        write(out, call.curePeriod());
        write(out, call.factLag());
        out.writeUTF(call.clockStopper().name());
        LiquidationTerms sale = terms.liquidation();
        write(out, sale.threshold());
        write(out, sale.targetLtv());
        write(out, sale.minimumResidualDebt().amount());
        write(out, sale.feeRate());
        write(out, sale.floorDiscount());
        write(out, terms.interest().annualRate());
        out.writeUTF(terms.interest().dayCount().name());
        out.writeUTF(terms.exposureBasis().name());
        out.writeInt(terms.termDays());
    }

    private static ProductTerms terms(DataInputStream in, byte format) throws IOException {
        String productId = in.readUTF();
        int version = in.readInt();
        Asset debtAsset = asset(in);
        int count = in.readInt();
        List<CollateralTerms> collateral = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Asset asset = asset(in);
            collateral.add(new CollateralTerms(asset, in.readUTF(), fraction(in), new Quantity(decimal(in), asset)));
        }
        Fraction openLtv = fraction(in);
        MarginCallTerms call = new MarginCallTerms(
                threshold(in),
                fraction(in),
                duration(in),
                duration(in),
                MarginCallTerms.ClockStopper.valueOf(in.readUTF()));
        LiquidationTerms sale = new LiquidationTerms(
                threshold(in), fraction(in), new Money(decimal(in), debtAsset), fraction(in), fraction(in));
        Fraction annualRate = fraction(in);
        boolean first = format == OLDEST_VERSION;
        return new ProductTerms(
                productId,
                version,
                debtAsset,
                collateral,
                openLtv,
                call,
                sale,
                new InterestTerms(annualRate, first ? DayCount.ACT_365F : DayCount.valueOf(in.readUTF())),
                first ? ExposureBasis.OUTSTANDING : ExposureBasis.valueOf(in.readUTF()),
                first ? 0 : in.readInt());
    }

    // --- values ------------------------------------------------------------------------------------------------------

    private static void write(DataOutputStream out, Asset asset) throws IOException {
        out.writeUTF(asset.code());
        out.writeInt(asset.scale());
    }

    private static Asset asset(DataInputStream in) throws IOException {
        return new Asset(in.readUTF(), in.readInt());
    }

    private static void write(DataOutputStream out, Threshold threshold) throws IOException {
        write(out, threshold.ltv());
        out.writeUTF(threshold.comparator().name());
    }

    private static Threshold threshold(DataInputStream in) throws IOException {
        return new Threshold(fraction(in), Threshold.Comparator.valueOf(in.readUTF()));
    }

    private static void write(DataOutputStream out, Fraction fraction) throws IOException {
        write(out, fraction.numerator());
        write(out, fraction.denominator());
    }

    private static Fraction fraction(DataInputStream in) throws IOException {
        return new Fraction(whole(in), whole(in));
    }

    private static void write(DataOutputStream out, Duration duration) throws IOException {
        out.writeLong(duration.getSeconds());
        out.writeInt(duration.getNano());
    }

    private static Duration duration(DataInputStream in) throws IOException {
        return Duration.ofSeconds(in.readLong(), in.readInt());
    }

    private static void write(DataOutputStream out, Instant instant) throws IOException {
        out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    }

    private static Instant instant(DataInputStream in) throws IOException {
        return Instant.EPOCH.plus(in.readLong(), ChronoUnit.MICROS);
    }

    private static void writeOptional(DataOutputStream out, @Nullable BigDecimal decimal) throws IOException {
        out.writeBoolean(decimal != null);
        if (decimal != null) {
            write(out, decimal);
        }
    }

    private static @Nullable BigDecimal optionalDecimal(DataInputStream in) throws IOException {
        return in.readBoolean() ? decimal(in) : null;
    }

    private static void write(DataOutputStream out, BigDecimal decimal) throws IOException {
        out.writeInt(decimal.scale());
        write(out, decimal.unscaledValue());
    }

    private static BigDecimal decimal(DataInputStream in) throws IOException {
        int scale = in.readInt();
        return new BigDecimal(whole(in), scale);
    }

    private static void write(DataOutputStream out, BigInteger whole) throws IOException {
        byte[] bytes = whole.toByteArray();
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static BigInteger whole(DataInputStream in) throws IOException {
        return new BigInteger(in.readNBytes(in.readInt()));
    }

    // --- frame -------------------------------------------------------------------------------------------------------

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            writing.to(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory does not fail", impossible);
        }
        return bytes.toByteArray();
    }

    private static <T> T read(byte[] bytes, Reading<T> reading) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte version = in.readByte();
            if (version < OLDEST_VERSION || version > VERSION) {
                throw new IllegalStateException("TaskState: version " + version + " is not known here");
            }
            T value = Objects.requireNonNull(reading.from(in));
            if (in.read() >= 0) {
                throw new IllegalStateException("TaskState: bytes behind its end");
            }
            return value;
        } catch (IOException | IllegalArgumentException corrupt) {
            throw new IllegalStateException("TaskState: cannot be read", corrupt);
        }
    }
}
