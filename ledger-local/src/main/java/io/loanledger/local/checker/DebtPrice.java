package io.loanledger.local.checker;

import java.math.BigDecimal;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** The market that prices what is owed, where the debt is not its own measure. */
record DebtPrice(String market, String quote, int quoteScale, boolean flooredAtPeg) {
    static @Nullable DebtPrice read(@Nullable GenericRecord record) {
        if (record == null) {
            return null;
        }
        GenericRecord quote = (GenericRecord) record.get("quote");
        return new DebtPrice(
                record.get("market").toString(), quote.get("code").toString(), (Integer) quote.get("scale"), (Boolean)
                        record.get("flooredAtPeg"));
    }

    /** What a unit of the debt counts for. */
    BigDecimal measure(BigDecimal price) {
        return flooredAtPeg ? price.max(BigDecimal.ONE) : price;
    }
}
