package io.loanledger.events.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Writes head and body of a value. For one thread: it uses one buffer again and again. */
final class RecordEncoder {

    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(buffer, null);
    private final SpecificData data = ContractTypes.data();
    private final UnknownSymbols unknownSymbols = new UnknownSymbols();
    private final Map<Class<? extends SpecificRecord>, SpecificDatumWriter<SpecificRecord>> writers = new HashMap<>();

    /**
     * The value's bytes.
     *
     * @throws IllegalArgumentException if the record is not of the contract, or holds an UNKNOWN enum
     */
    byte[] encode(int schemaId, SpecificRecord record) {
        SpecificDatumWriter<SpecificRecord> writer = writers.computeIfAbsent(
                record.getClass(),
                type -> new SpecificDatumWriter<>(ContractTypes.of(type).schema(), data));
        String unknown = unknownSymbols.find(record);
        if (unknown != null) {
            throw new IllegalArgumentException("%s.%s is UNKNOWN, which must not be written"
                    .formatted(record.getClass().getSimpleName(), unknown));
        }
        buffer.reset();
        WireFormat.writeHead(schemaId, buffer);
        try {
            writer.write(record, encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a buffer in memory refused bytes", impossible);
        }
        return buffer.toByteArray();
    }
}
