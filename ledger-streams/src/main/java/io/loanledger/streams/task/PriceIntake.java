package io.loanledger.streams.task;

import io.loanledger.core.price.IndexPrice;
import io.loanledger.events.SweepContinuation;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.PatientReader;
import io.loanledger.events.serde.WireFormat;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.LedgerMeters;
import io.loanledger.streams.wire.BroadcastMapping;
import io.loanledger.streams.wire.Cause;
import io.loanledger.streams.wire.IndexLayout;
import io.loanledger.streams.wire.MappedBroadcast;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes index records in the strictly rising order of their market's (epoch, sequence): first what is due before the price's time
 * expires on the former state, then the price is known, then what it fires is visited. What is out of order, or runs ahead of the
 * broker's clock, is not taken.
 */
final class PriceIntake {
    private static final Logger LOG = LoggerFactory.getLogger(PriceIntake.class);

    /** How far a price's time may run ahead of the broker's time of its record. */
    static final Duration MOST_AHEAD = Duration.ofSeconds(5);

    private final PatientReader reader;
    private final int indexSchema;
    private final TaskCircumstances circumstances;
    private final Sweep sweep;
    private final DeadLetters deadLetters;
    private final LedgerMeters meters;
    private final TaskGauges gauges;

    /** @param indexSchema the id of the schema of index records as this version knows it: nearly all of them have it */
    PriceIntake(
            PatientReader reader,
            int indexSchema,
            TaskCircumstances circumstances,
            Sweep sweep,
            DeadLetters deadLetters,
            LedgerMeters meters,
            TaskGauges gauges) {
        this.reader = reader;
        this.indexSchema = indexSchema;
        this.circumstances = circumstances;
        this.sweep = sweep;
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.gauges = gauges;
    }

    void takeIndex(Arrival arrival) {
        byte[] value = arrival.value();
        if (value != null && WireFormat.isUnder(indexSchema, value)) {
            IndexPrice price = IndexLayout.read(value, WireFormat.HEAD_BYTES, marketOf(arrival));
            if (price != null) {
                take(arrival, price, value);
                return;
            }
        }
        readIndex(arrival);
    }

    /** The key, by the text under which its market is known: that has its hash already. */
    private String marketOf(Arrival arrival) {
        String key = arrival.keyText();
        LastIndex last = circumstances.last(key);
        return last == null ? key : last.index().market();
    }

    /** By the general reader: what another version wrote, and what is to be set aside. */
    private void readIndex(Arrival arrival) {
        switch (reader.read(TopicCatalogue.INDEX_PRICES, arrival.value())) {
            case Decoded.Readable readable -> {
                var record = (io.loanledger.events.IndexPrice) readable.value();
                switch (BroadcastMapping.price(arrival.keyText(), record)) {
                    case MappedBroadcast.Price price -> take(arrival, price.index(), null);
                    case MappedBroadcast.Terms terms -> throw new IllegalStateException("the index carries no terms");
                    case MappedBroadcast.Unreadable unreadable ->
                        deadLetters.put(arrival, unreadable.reason(), unreadable.detail());
                }
            }
            case Decoded.Unreadable unreadable -> deadLetters.put(arrival, unreadable.reason(), unreadable.detail());
            case Decoded.Unavailable unavailable -> throw unavailable.cause();
        }
    }

    private void take(Arrival arrival, IndexPrice price, byte @Nullable [] value) {
        LastIndex last = circumstances.last(price.market());
        if (last != null && !price.isAfter(last.index().epoch(), last.index().sequence())) {
            meters.broadcastRefused(arrival.topic(), "NOT_RISING");
            return;
        }
        if (price.priceTime()
                .isAfter(Instant.ofEpochMilli(arrival.appendedAtMillis()).plus(MOST_AHEAD))) {
            meters.broadcastRefused(arrival.topic(), "AHEAD_OF_CLOCK");
            LOG.error("price time {} of {} runs ahead of the broker's clock", price.priceTime(), arrival.place());
            return;
        }
        Cause cause = Cause.withoutEventId(arrival.topic(), arrival.partition(), arrival.offset());
        sweep.expireBefore(price, cause);
        circumstances.take(price, arrival.appendedAtMillis(), value);
        gauges.priceSeen(price.market(), price.priceTime(), arrival.appendedAtMillis());
        meters.priceSeen(price.market());
        sweep.run(price, cause);
    }

    void takeContinuation(Arrival arrival) {
        switch (reader.read(TopicCatalogue.CONTINUATIONS, arrival.value())) {
            case Decoded.Readable readable ->
                sweep.resume(
                        (SweepContinuation) readable.value(),
                        Cause.withoutEventId(arrival.topic(), arrival.partition(), arrival.offset()));
            case Decoded.Unreadable unreadable -> deadLetters.put(arrival, unreadable.reason(), unreadable.detail());
            case Decoded.Unavailable unavailable -> throw unavailable.cause();
        }
    }
}
