package io.loanledger.local.checker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Values as {@code docs/wire.md} describes them: byte 0, four bytes of schema id, Avro's binary encoding to the last byte; read with the
 * schema they were written with. One thread.
 */
final class WireReading {
    static final int FRAMING = 5;

    private final History history;
    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
    private final MessageDigest sha256 = sha256();
    private @Nullable BinaryDecoder decoder;

    WireReading(History history) {
        this.history = history;
    }

    /** Either a record or why there is none. */
    record Read(@Nullable GenericRecord record, String unreadable) {
        static Read no(String reason) {
            return new Read(null, reason);
        }
    }

    Read read(byte @Nullable [] value) {
        if (value == null) {
            return Read.no("NO_VALUE");
        }
        if (value.length == 0) {
            return Read.no("EMPTY");
        }
        if (value[0] != 0) {
            return Read.no("WRONG_MAGIC");
        }
        if (value.length < FRAMING) {
            return Read.no("TRUNCATED_HEAD");
        }
        int id = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
        GenericDatumReader<GenericRecord> reader = readers.get(id);
        if (reader == null) {
            Schema schema = history.schema(id);
            if (schema == null) {
                return Read.no("UNKNOWN_SCHEMA_ID");
            }
            if (schema.getType() != Schema.Type.RECORD) {
                return Read.no("WRONG_TYPE");
            }
            reader = new GenericDatumReader<>(schema);
            readers.put(id, reader);
        }
        try {
            BinaryDecoder in = DecoderFactory.get().binaryDecoder(value, FRAMING, value.length - FRAMING, decoder);
            decoder = in;
            GenericRecord record = reader.read(null, in);
            if (!in.isEnd()) {
                return Read.no("TRAILING_BYTES");
            }
            return hasUnknownSymbol(record) ? Read.no("UNKNOWN_SYMBOL") : new Read(record, "");
        } catch (IOException
                | AvroRuntimeException
                | IndexOutOfBoundsException
                | NegativeArraySizeException malformed) {
            return Read.no("MALFORMED");
        }
    }

    /** The first eight bytes, highest first, of the SHA-256 of a value's Avro bytes. */
    long digest(byte[] value) {
        int framing = Math.min(FRAMING, value.length);
        sha256.update(value, framing, value.length - framing);
        return ByteBuffer.wrap(sha256.digest()).getLong();
    }

    /** The SHA-256 of all Avro bytes but the last 32, which are the record's own hash. */
    byte[] hashOfJournalRecord(byte[] value) {
        sha256.update(value, FRAMING, value.length - FRAMING - 32);
        return sha256.digest();
    }

    private static boolean hasUnknownSymbol(@Nullable Object value) {
        if (value instanceof GenericRecord record) {
            for (Schema.Field field : record.getSchema().getFields()) {
                if (hasUnknownSymbol(record.get(field.pos()))) {
                    return true;
                }
            }
            return false;
        }
        if (value instanceof Collection<?> items) {
            return items.stream().anyMatch(WireReading::hasUnknownSymbol);
        }
        return value instanceof org.apache.avro.generic.GenericEnumSymbol<?> symbol
                && symbol.toString().equals("UNKNOWN");
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
