package io.loanledger.local.checker;

import java.math.BigDecimal;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * When a borrower is in default, and what follows.
 *
 * @param afterDays behind the due day of an unpaid instalment
 * @param margin a year's interest on top, on principal
 */
record Defaulting(int afterDays, BigDecimal margin, boolean accelerates, boolean sells, boolean cross) {
    static @Nullable Defaulting read(@Nullable GenericRecord record) {
        return record == null
                ? null
                : new Defaulting(
                        Terms.number(record, "afterDays", 0),
                        new BigDecimal(Terms.text(record, "margin", "0")).stripTrailingZeros(),
                        (Boolean) record.get("accelerates"),
                        (Boolean) record.get("sells"),
                        (Boolean) record.get("cross"));
    }
}
