package io.loanledger.local.checker;

import java.math.BigDecimal;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** What is kept of a payout. */
record Origination(BigDecimal fixed, Ratio rate) {
    static @Nullable Origination read(@Nullable GenericRecord record) {
        return record == null
                ? null
                : new Origination(
                        new BigDecimal(Terms.text(record, "fixed", "0")).stripTrailingZeros(),
                        Terms.rate(record, "rate", Ratio.ZERO));
    }

    BigDecimal of(BigDecimal principal, int scale) {
        return rate.timesRoundedHalfEven(principal, scale).add(fixed);
    }
}
