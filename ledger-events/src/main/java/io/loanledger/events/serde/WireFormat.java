package io.loanledger.events.serde;

import java.io.ByteArrayOutputStream;

/** Confluent's wire format: a byte 0, the schema's id as four bytes with the highest first, then Avro's binary encoding. */
public final class WireFormat {

    static final byte MAGIC = 0;

    /** Bytes before Avro's. */
    public static final int HEAD_BYTES = 5;

    private WireFormat() {}

    static void writeHead(int schemaId, ByteArrayOutputStream target) {
        target.write(MAGIC);
        target.write(schemaId >>> 24);
        target.write(schemaId >>> 16);
        target.write(schemaId >>> 8);
        target.write(schemaId);
    }

    /** The id in a head that is known to be whole. */
    static int schemaId(byte[] value) {
        return ((value[1] & 0xff) << 24) | ((value[2] & 0xff) << 16) | ((value[3] & 0xff) << 8) | (value[4] & 0xff);
    }

    /** Whether a value has a whole head, and one that names this schema. */
    public static boolean isUnder(int schemaId, byte[] value) {
        return value.length >= HEAD_BYTES && value[0] == MAGIC && schemaId(value) == schemaId;
    }
}
