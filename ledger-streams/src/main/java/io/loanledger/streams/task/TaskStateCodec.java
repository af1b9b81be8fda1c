package io.loanledger.streams.task;

import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexSource;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.events.serde.WireFormat;
import io.loanledger.streams.wire.IndexLayout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
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
    /** What each version added to the terms stands in {@link TermsFields}. */
    private static final byte VERSION = 3;

    private static final byte OLDEST_VERSION = 1;

    /** Where fields have their version, far from those: they rise. Behind it an index record's own bytes. */
    private static final byte AS_IT_CAME = 100;

    private static final int HEAD_AS_IT_CAME = 1 + 2 * Long.BYTES;

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
        byte[] value = last.value();
        return value == null ? inFields(last) : asItCame(last, value);
    }

    private static byte[] asItCame(LastIndex last, byte[] value) {
        int body = value.length - WireFormat.HEAD_BYTES;
        return ByteBuffer.allocate(HEAD_AS_IT_CAME + body)
                .put(AS_IT_CAME)
                .putLong(last.appendedAtMillis())
                .putLong(StateFields.micros(last.taskTime()))
                .put(value, WireFormat.HEAD_BYTES, body)
                .array();
    }

    private static byte[] inFields(LastIndex last) {
        return written(out -> {
            write(out, last.index());
            out.writeLong(last.appendedAtMillis());
            StateFields.write(out, last.taskTime());
        });
    }

    /** The newest index record of a market. */
    static LastIndex lastIndex(String market, byte[] bytes) {
        if (bytes.length < HEAD_AS_IT_CAME || bytes[0] != AS_IT_CAME) {
            return read(bytes, in -> new LastIndex(index(in), in.readLong(), StateFields.instant(in)));
        }
        IndexPrice index = IndexLayout.read(bytes, HEAD_AS_IT_CAME, market);
        if (index == null) {
            throw new IllegalStateException("TaskState: the index of " + market + " cannot be read");
        }
        ByteBuffer head = ByteBuffer.wrap(bytes, 1, 2 * Long.BYTES);
        return new LastIndex(index, head.getLong(), StateFields.ofMicros(head.getLong()));
    }

    static byte[] encode(ProductTerms terms) {
        return written(out -> TermsFields.write(out, terms));
    }

    static ProductTerms terms(byte[] bytes) {
        return read(bytes, in -> TermsFields.read(in, bytes[0]));
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
        StateFields.write(out, index.priceTime());
        StateFields.writeOptional(out, index.price());
        out.writeUTF(index.state().name());
        out.writeUTF(index.stateReason());
        out.writeInt(index.quorum());
        out.writeInt(index.sources().size());
        for (IndexSource source : index.sources()) {
            out.writeUTF(source.venue());
            StateFields.writeOptional(out, source.price());
            out.writeUTF(source.status().name());
            Instant observed = source.observedAt();
            out.writeBoolean(observed != null);
            if (observed != null) {
                StateFields.write(out, observed);
            }
        }
    }

    private static IndexPrice index(DataInputStream in) throws IOException {
        String market = in.readUTF();
        long epoch = in.readLong();
        long sequence = in.readLong();
        Instant priceTime = StateFields.instant(in);
        BigDecimal price = StateFields.optionalDecimal(in);
        IndexState state = IndexState.valueOf(in.readUTF());
        String reason = in.readUTF();
        int quorum = in.readInt();
        int count = in.readInt();
        List<IndexSource> sources = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String venue = in.readUTF();
            BigDecimal quoted = StateFields.optionalDecimal(in);
            IndexSource.Status status = IndexSource.Status.valueOf(in.readUTF());
            sources.add(new IndexSource(venue, quoted, status, in.readBoolean() ? StateFields.instant(in) : null));
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
