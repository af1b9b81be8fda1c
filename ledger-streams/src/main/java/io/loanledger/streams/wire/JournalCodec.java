package io.loanledger.streams.wire;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.Position;
import io.loanledger.core.posting.Posting;
import io.loanledger.events.serde.StrictDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Events of the ledger to and from the bytes of the journal: Confluent's framing (a zero byte, the schema's id in four bytes), then
 * Avro binary whose last 32 bytes are the SHA-256 of the Avro bytes before them.
 *
 * <p>Writing goes from the core's records straight to bytes, without an intermediate record; reading goes through the writer's
 * schema and is for folds and audits. {@link #decode} gives back an event equal to the one written, scales included. One thread.
 */
public final class JournalCodec {
    /** Bytes before the Avro binary. */
    static final int FRAMING = 1 + Integer.BYTES;

    private final JournalSchemas schemas;
    private final WireBuffer buffer = new WireBuffer();
    private final JournalValueWriter values = new JournalValueWriter(buffer);
    private final JournalEventWriter events = new JournalEventWriter(values);
    private final MessageDigest sha256 = Sha256.newDigest();
    private final byte[] hash = new byte[ChainHash.BYTES];
    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
    private final StrictDecoder decoder = new StrictDecoder();

    public JournalCodec(JournalSchemas schemas) {
        this.schemas = schemas;
    }

    /**
     * The value of the journal record; {@link ChainHash#endOf} gives its own hash, the next record's previous one.
     *
     * @param balances the loan's position after the event; null until terms are bound
     */
    public byte[] encode(JournalHeader header, LoanEvent event, Posting posting, @Nullable Position balances) {
        buffer.clear();
        buffer.putByte(0);
        buffer.putFixedInt(schemas.idOf(event));
        values.header(header);
        events.write(event);
        values.postings(posting.entries());
        values.balances(balances);
        hash(buffer.array(), FRAMING, buffer.length() - FRAMING);
        buffer.putBytes(hash);
        return buffer.copy();
    }

    /**
     * What the bytes say, and whether their hash holds.
     *
     * @throws IllegalStateException if they are no journal record of this ledger
     */
    public JournalEntry decode(byte[] value) {
        if (value.length < FRAMING + ChainHash.BYTES || value[0] != 0) {
            throw new IllegalStateException("not a journal record: " + value.length + " bytes");
        }
        int id = ByteBuffer.wrap(value).getInt(1);
        decoder.reset(value, FRAMING, value.length);
        try {
            GenericRecord record = reader(id).read(null, decoder);
            if (decoder.remaining() > 0) {
                throw new IllegalStateException("a journal record with bytes after its end");
            }
            JournalFields fields = new JournalFields(record);
            hash(value, FRAMING, value.length - FRAMING - ChainHash.BYTES);
            ChainHash written = fields.hash("hash");
            return new JournalEntry(
                    fields.header(),
                    JournalEventReader.read(record.getSchema().getName(), fields),
                    fields.postings(),
                    fields.balances(),
                    written,
                    Arrays.equals(hash, 0, hash.length, value, value.length - hash.length, value.length));
        } catch (IOException
                | AvroRuntimeException
                | IllegalArgumentException
                | IllegalStateException
                | ArithmeticException
                | DateTimeException
                | IndexOutOfBoundsException e) {
            // Damaged bytes break Avro's rules or the core's, each in its own way; to the reader they are one thing.
            throw new IllegalStateException("a journal record that this ledger cannot have written: " + e, e);
        }
    }

    private GenericDatumReader<GenericRecord> reader(int id) {
        return readers.computeIfAbsent(id, unseen -> {
            Schema writer = schemas.writer(unseen);
            return new GenericDatumReader<>(writer, schemas.reader(writer), new GenericData());
        });
    }

    private void hash(byte[] bytes, int offset, int length) {
        sha256.update(bytes, offset, length);
        try {
            sha256.digest(hash, 0, hash.length);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 has " + hash.length + " bytes", e);
        }
    }
}
