package io.loanledger.streams.task;

import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.LedgerMeters;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Sends a record whose key belongs to another partition to that one, through the topic of strayed records. It is never applied
 * where it does not belong, and never sent on twice: what comes from there and is still not at home is set aside, because then
 * something is wrong that a further round would not mend.
 */
final class StrayRouter {
    private final KeyHome home;
    private final int ownPartition;
    private final Outbox outbox;
    private final DeadLetters deadLetters;
    private final LedgerMeters meters;

    StrayRouter(KeyHome home, int ownPartition, Outbox outbox, DeadLetters deadLetters, LedgerMeters meters) {
        this.home = home;
        this.ownPartition = ownPartition;
        this.outbox = outbox;
        this.deadLetters = deadLetters;
        this.meters = meters;
    }

    boolean belongsHere(byte[] key) {
        return home.of(key) == ownPartition;
    }

    /** Whether the key belongs here; if not, the record is on its way. */
    boolean isHome(Arrival arrival, byte[] key) {
        int belongsTo = home.of(key);
        if (belongsTo == ownPartition) {
            return true;
        }
        if (arrival.strayed()) {
            deadLetters.put(
                    arrival,
                    DeadLetters.Reason.STRAYED_AGAIN,
                    "belongs to partition " + belongsTo + ", was sent to " + ownPartition);
            return false;
        }
        Headers headers = new RecordHeaders(arrival.headers().toArray());
        arrival.origin().writeTo(headers);
        outbox.pass(TopicCatalogue.STRAYED, key, arrival.value(), headers);
        meters.strayed(arrival.topic());
        return false;
    }
}
