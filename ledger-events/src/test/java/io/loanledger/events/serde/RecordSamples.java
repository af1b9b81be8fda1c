package io.loanledger.events.serde;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Records of every type, each field filled with something that differs from its neighbours. */
final class RecordSamples {

    private RecordSamples() {}

    /** A record of the type with every nullable field set. */
    static <R extends SpecificRecord> R full(Class<R> type) {
        return type.cast(new Filler(true).record(SpecificData.get().getSchema(type)));
    }

    /** A record of the type with every nullable field null and every list empty. */
    static <R extends SpecificRecord> R sparse(Class<R> type) {
        return type.cast(new Filler(false).record(SpecificData.get().getSchema(type)));
    }

    /** The same value for Avro's generic classes, which know nothing of ours. */
    static Object generic(Object value, Schema schema) {
        if (value instanceof Instant time) {
            long micros = Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
            return micros;
        }
        if (value instanceof Enum<?> symbol) {
            return new GenericData.EnumSymbol(schema, symbol.name());
        }
        if (value instanceof SpecificRecord nested) {
            Schema type = schema.isUnion() ? schema.getTypes().get(1) : schema;
            GenericRecord record = new GenericData.Record(type);
            for (Schema.Field field : type.getFields()) {
                record.put(field.pos(), generic(nested.get(field.pos()), field.schema()));
            }
            return record;
        }
        return value;
    }

    private static final class Filler {

        private final boolean full;
        private int counter;

        private Filler(boolean full) {
            this.full = full;
        }

        private SpecificRecord record(Schema schema) {
            SpecificRecord record = (SpecificRecord) SpecificData.newInstance(
                    Objects.requireNonNull(ContractTypes.data().getClass(schema)), schema);
            for (Schema.Field field : schema.getFields()) {
                record.put(field.pos(), value(field.schema()));
            }
            return record;
        }

        private Object value(Schema schema) {
            counter++;
            return switch (schema.getType()) {
                case STRING -> counter % 3 == 0 ? "Zürich-" + counter : "text-" + counter;
                case INT ->
                    schema.getLogicalType() instanceof LogicalTypes.Date
                            ? LocalDate.EPOCH.plusDays(counter)
                            : (Object) counter;
                case LONG ->
                    schema.getLogicalType() instanceof LogicalTypes.TimestampMicros
                            ? Instant.parse("2020-03-12T10:00:00.000001Z").plusMillis(counter)
                            : (Object) (1L << 40 | counter);
                case BOOLEAN -> counter % 2 == 0;
                case ENUM ->
                    ContractTypes.data()
                            .createEnum(
                                    schema.getEnumSymbols()
                                            .get(counter
                                                    % (schema.getEnumSymbols().size() - 1)),
                                    schema);
                case RECORD -> record(schema);
                case FIXED -> {
                    byte[] bytes = new byte[schema.getFixedSize()];
                    Arrays.fill(bytes, (byte) counter);
                    yield ContractTypes.data().createFixed(null, bytes, schema);
                }
                case ARRAY -> items(schema);
                case UNION -> full ? value(schema.getTypes().get(1)) : null;
                default -> throw new IllegalStateException("not in the contract: " + schema);
            };
        }

        private List<Object> items(Schema schema) {
            List<Object> items = new ArrayList<>();
            for (int count = 0; full && count < 3; count++) {
                items.add(value(schema.getElementType()));
            }
            return items;
        }
    }
}
