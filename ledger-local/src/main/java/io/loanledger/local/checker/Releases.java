package io.loanledger.local.checker;

import java.math.BigDecimal;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** When a borrower may have coin back, where terms say it. */
record Releases(Ratio below, Ratio backTo, BigDecimal least, BigDecimal most, int notBeforeDays, int intervalDays) {
    static @Nullable Releases read(@Nullable GenericRecord record) {
        return record == null
                ? null
                : new Releases(
                        Terms.rate(record, "belowLtv"),
                        Terms.rate(record, "backToLtv"),
                        new BigDecimal(record.get("least").toString()).stripTrailingZeros(),
                        new BigDecimal(record.get("most").toString()).stripTrailingZeros(),
                        Terms.number(record, "notBeforeDays", 0),
                        Terms.number(record, "intervalDays", 0));
    }
}
