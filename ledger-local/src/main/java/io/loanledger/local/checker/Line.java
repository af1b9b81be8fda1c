package io.loanledger.local.checker;

import java.math.BigDecimal;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** A commitment that is drawn in parts. */
record Line(
        boolean revolving, BigDecimal minimumDraw, @Nullable Origination drawFee) {
    static @Nullable Line read(@Nullable GenericRecord record) {
        return record == null
                ? null
                : new Line(
                        (Boolean) record.get("revolving"),
                        new BigDecimal(Terms.text(record, "minimumDraw", "0")).stripTrailingZeros(),
                        Origination.read(Terms.part(record, "drawFee")));
    }

    /** What is kept of a draw. */
    BigDecimal fee(BigDecimal amount, int scale) {
        Origination terms = drawFee;
        return terms == null ? BigDecimal.ZERO : terms.of(amount, scale);
    }
}
