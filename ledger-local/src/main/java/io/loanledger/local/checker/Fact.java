package io.loanledger.local.checker;

import java.math.BigDecimal;
import org.apache.avro.generic.GenericRecord;

/**
 * A readable record that is an input of a loan.
 *
 * @param type the record's name
 * @param digest the first eight bytes, highest first, of the SHA-256 of its Avro bytes
 */
record Fact(String type, GenericRecord record, long digest) {

    /** Whether it comes from the world outside and carries an event id; replies and claim results do not. */
    boolean fromOutside() {
        return record.getSchema().getField("eventId") != null;
    }

    String text(String field) {
        return record.get(field).toString();
    }

    long micros(String field) {
        return (Long) record.get(field);
    }

    int count(String field) {
        return (Integer) record.get(field);
    }

    boolean flag(String field) {
        return (Boolean) record.get(field);
    }

    long occurredAt() {
        return micros("occurredAt");
    }

    BigDecimal number(String field) {
        return Numbers.read(text(field));
    }
}
