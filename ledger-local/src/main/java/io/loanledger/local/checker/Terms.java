package io.loanledger.local.checker;

import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Reads terms from a record that may be older than its fields, from the lender's wire or from the journal. */
final class Terms {
    private static final long MICROS = 1_000_000;

    private Terms() {}

    /** A field's value; null where the record has none or no such field. */
    static @Nullable Object field(GenericRecord record, String name) {
        return record.getSchema().getField(name) == null ? null : record.get(name);
    }

    static @Nullable GenericRecord part(GenericRecord record, String name) {
        return (GenericRecord) field(record, name);
    }

    static String text(GenericRecord record, String name, String otherwise) {
        Object value = field(record, name);
        return value == null ? otherwise : value.toString();
    }

    static List<GenericRecord> parts(GenericRecord record, String name) {
        return field(record, name) instanceof List<?> list
                ? list.stream().map(each -> (GenericRecord) each).toList()
                : List.of();
    }

    /** On the lender's wire a rate is a decimal, in the journal a fraction. */
    static Ratio rate(GenericRecord record, String name) {
        return rate(record.get(name));
    }

    static Ratio rate(GenericRecord record, String name, Ratio otherwise) {
        Object value = field(record, name);
        return value == null ? otherwise : rate(value);
    }

    static @Nullable Ratio rateOrNull(GenericRecord record, String name) {
        Object value = field(record, name);
        return value == null ? null : rate(value);
    }

    private static Ratio rate(Object value) {
        return value instanceof GenericRecord fraction ? Ratio.read(fraction) : Ratio.ofDecimal(value.toString());
    }

    static long micros(GenericRecord record, String nameOfSeconds, long otherwise) {
        Object value = field(record, nameOfSeconds);
        return value == null ? otherwise : ((Number) value).longValue() * MICROS;
    }

    static int number(GenericRecord record, String name, int otherwise) {
        Object value = field(record, name);
        return value == null ? otherwise : ((Number) value).intValue();
    }
}
