package io.loanledger.local.checker;

import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** What an agreement says of payments, where it says anything. */
record Agreement(
        Waterfall waterfall,
        @Nullable Origination origination,
        @Nullable Schedule schedule,
        @Nullable Prepayment prepayment,
        @Nullable Line line,
        @Nullable Defaulting onDefault,
        boolean substitution,
        @Nullable DebtPrice debtPrice) {
    static final Agreement PLAIN = new Agreement(Waterfall.PLAIN, null, null, null, null, null, false, null);

    /** @param terms of a product, whose part {@code agreement} may be missing */
    static Agreement read(GenericRecord terms) {
        GenericRecord record = Terms.part(terms, "agreement");
        if (record == null) {
            return PLAIN;
        }
        GenericRecord waterfall = Terms.part(record, "waterfall");
        return new Agreement(
                waterfall == null ? Waterfall.PLAIN : waterfall(waterfall),
                Origination.read(Terms.part(record, "origination")),
                Schedule.read(Terms.part(record, "schedule")),
                Prepayment.read(Terms.part(record, "prepayment")),
                Line.read(Terms.part(record, "line")),
                Defaulting.read(Terms.part(record, "onDefault")),
                Boolean.TRUE.equals(Terms.field(record, "substitution")),
                DebtPrice.read(Terms.part(record, "debtPrice")));
    }

    private static Waterfall waterfall(GenericRecord record) {
        List<Component> order = ((List<?>) record.get("order"))
                .stream().map(each -> Component.valueOf(each.toString())).toList();
        return new Waterfall(order, (Boolean) record.get("bucketByBucket"), (Boolean) record.get("reapplies"));
    }
}
