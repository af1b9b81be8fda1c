package io.loanledger.events.serde;

import io.loanledger.events.serde.Decoded.Reason;
import io.loanledger.events.topic.Topic;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record of the contract out of bytes in Confluent's wire format, or says exactly why not. It never throws because of the
 * bytes.
 *
 * <p>What a schema id stands for is found out once; afterwards the registry is not asked again, so that ids seen before go on being
 * read while the registry is down. The call that meets a new id waits for the registry as long as its client is configured to try.
 *
 * <p>For one thread: a Streams processor holds its own. The registry behind it may be shared.
 */
public final class RecordReader {

    private final SchemaRegistry registry;
    private final Map<Integer, Plan> plans = new HashMap<>();
    private final StrictDecoder decoder = new StrictDecoder();
    private final SpecificData data = ContractTypes.data();
    private final SpecificData dataWithoutArrays = ContractTypes.dataWithoutArrays();
    private final UnknownSymbols unknownSymbols = new UnknownSymbols();

    /** How to read what was written under one schema id. */
    private sealed interface Plan {
        record Read(Class<? extends SpecificRecord> type, SpecificDatumReader<SpecificRecord> reader) implements Plan {}

        record Refuse(Decoded.Unreadable unreadable) implements Plan {}
    }

    public RecordReader(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * Reads a record's value.
     *
     * @param topic where the record stood, which says what types it may be of
     * @param value the bytes as they came
     */
    public Decoded read(Topic topic, byte @Nullable [] value) {
        return read(topic.values(), topic.name(), value);
    }

    /** Reads a value of any type of the contract, for a topic that is not in the catalogue. */
    Decoded readAny(String topic, byte @Nullable [] value) {
        return read(List.of(), topic, value);
    }

    private Decoded read(List<Class<? extends SpecificRecord>> allowed, String topic, byte @Nullable [] value) {
        if (value == null) {
            return unreadable(Reason.NO_VALUE, "the record has no value");
        }
        if (value.length == 0) {
            return unreadable(Reason.EMPTY, "the value has no bytes");
        }
        if (value[0] != WireFormat.MAGIC) {
            return unreadable(Reason.WRONG_MAGIC, "the first byte is %d, not 0".formatted(value[0]));
        }
        if (value.length < WireFormat.HEAD_BYTES) {
            return unreadable(Reason.TRUNCATED_HEAD, "%d bytes, fewer than the head of 5".formatted(value.length));
        }
        int id = WireFormat.schemaId(value);
        Plan plan = plans.get(id);
        if (plan == null) {
            Schema written;
            try {
                written = registry.schema(id).orElse(null);
            } catch (RegistryUnavailableException | RegistryRefusedException noAnswer) {
                return new Decoded.Unavailable(noAnswer);
            } catch (SchemaParseException notAvro) {
                return unreadable(Reason.NOT_AVRO, "schema id %d: %s".formatted(id, notAvro.getMessage()));
            }
            if (written == null) {
                return unreadable(Reason.UNKNOWN_SCHEMA_ID, "the registry does not know schema id " + id);
            }
            plan = plan(id, written);
            plans.put(id, plan);
        }
        return switch (plan) {
            case Plan.Refuse refuse -> refuse.unreadable();
            case Plan.Read read ->
                allowed.isEmpty() || allowed.contains(read.type())
                        ? decode(read, value)
                        : unreadable(
                                Reason.WRONG_TYPE,
                                "%s is not carried by %s".formatted(read.type().getSimpleName(), topic));
        };
    }

    private Plan plan(int id, Schema written) {
        ContractTypes.Type type =
                written.getType() == Schema.Type.RECORD ? ContractTypes.byFullName(written.getFullName()) : null;
        if (type == null) {
            return new Plan.Refuse(unreadable(
                    Reason.WRONG_TYPE,
                    "schema id %d is %s, not a record of the contract".formatted(id, written.getFullName())));
        }
        String obstacle = SchemaFit.obstacle(written, type.schema());
        if (obstacle != null) {
            return new Plan.Refuse(unreadable(Reason.INCOMPATIBLE_SCHEMA, "schema id %d, %s".formatted(id, obstacle)));
        }
        boolean holdsArray = ContractTypes.holdsArray(written) || ContractTypes.holdsArray(type.schema());
        return new Plan.Read(
                type.type(), new SpecificDatumReader<>(written, type.schema(), holdsArray ? data : dataWithoutArrays));
    }

    private Decoded decode(Plan.Read plan, byte[] value) {
        decoder.reset(value, WireFormat.HEAD_BYTES, value.length);
        SpecificRecord record;
        try {
            record = plan.reader().read(null, decoder);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException malformed) {
            return unreadable(Reason.MALFORMED, plan.type().getSimpleName() + ": " + malformed.getMessage());
        }
        if (decoder.remaining() > 0) {
            return unreadable(
                    Reason.TRAILING_BYTES,
                    "%d bytes after the end of %s"
                            .formatted(decoder.remaining(), plan.type().getSimpleName()));
        }
        String unknown = unknownSymbols.find(record);
        return unknown == null
                ? new Decoded.Readable(record)
                : unreadable(Reason.UNKNOWN_SYMBOL, plan.type().getSimpleName() + "." + unknown + " is UNKNOWN");
    }

    private static Decoded.Unreadable unreadable(Reason reason, String detail) {
        return new Decoded.Unreadable(reason, detail);
    }
}
