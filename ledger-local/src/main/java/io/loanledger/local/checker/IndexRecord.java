package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * A committed record of the index, as a task took it.
 *
 * @param at its number among the records that the task took of this market, from 0
 * @param sources a digest of what the venues said
 */
record IndexRecord(
        String market,
        long epoch,
        long sequence,
        long priceTime,
        @Nullable BigDecimal price,
        String state,
        int sources,
        long offset,
        long appendedAtMillis,
        int at) {

    static IndexRecord read(GenericRecord record, Message message, int at) {
        Object price = record.get("price");
        return new IndexRecord(
                record.get("market").toString(),
                (Long) record.get("epoch"),
                (Long) record.get("sequence"),
                (Long) record.get("priceTime"),
                price == null ? null : new BigDecimal(price.toString()),
                record.get("state").toString(),
                sources((List<?>) record.get("sources")),
                message.offset(),
                message.timestampMillis(),
                at);
    }

    /** LIVE or DEGRADED. */
    boolean open() {
        return price != null && (state.equals("LIVE") || state.equals("DEGRADED"));
    }

    boolean isAfter(long otherEpoch, long otherSequence) {
        return epoch > otherEpoch || (epoch == otherEpoch && sequence > otherSequence);
    }

    BigDecimal priced() {
        return Objects.requireNonNull(price, "a price that decides");
    }

    /** The same while a pause of the market holds. */
    IndexRecord paused() {
        return new IndexRecord(
                market, epoch, sequence, priceTime, price, "HALTED", sources, offset, appendedAtMillis, at);
    }

    /** Venue, price, status and time of each, as index and evidence both write them; a venue that never quoted does not count. */
    static int sources(List<?> sources) {
        int digest = 1;
        for (Object each : sources) {
            GenericRecord source = (GenericRecord) each;
            Object observedAt = source.get("observedAt");
            if (observedAt != null) {
                Object price = source.get("price");
                digest = 31 * digest
                        + Objects.hash(
                                source.get("venue").toString(),
                                price == null ? "" : price.toString(),
                                source.get("status").toString(),
                                observedAt);
            }
        }
        return digest;
    }

    /** "BTC-USD 1/42". */
    String name() {
        return market + " " + epoch + "/" + sequence;
    }
}
