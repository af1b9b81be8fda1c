package io.loanledger.local.checker;

import org.apache.avro.generic.GenericRecord;

/** A loan-to-value limit and whether it is met by reaching it or only by exceeding it. */
record Limit(Ratio ltv, boolean reaches) {

    static Limit read(GenericRecord record) {
        return new Limit(
                Ratio.read((GenericRecord) record.get("ltv")),
                record.get("comparator").toString().equals("REACHES"));
    }

    /** A level that is kept at or under it, as evidence writes it. */
    static Limit keptAt(Ratio ltv) {
        return new Limit(ltv, false);
    }
}
