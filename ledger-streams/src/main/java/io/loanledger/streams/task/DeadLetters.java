package io.loanledger.streams.task;

import io.loanledger.events.header.DeadLetter;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.LedgerMeters;
import io.loanledger.streams.LedgerNames;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets aside what cannot be read or followed: the bytes as they came, with the place where their producer wrote them and why. Processing goes
 * on.
 */
final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    /** Reasons that are found out here; the others are those of the readers. */
    enum Reason {
        /** The record has no key, or an empty one. */
        NO_KEY,
        /** The key is not UTF-8, or longer than any id of a loan. */
        MALFORMED_KEY,
        /** It was sent home once and is still in a partition that is not its key's. */
        STRAYED_AGAIN,
        /** It stands among the strayed records without saying where it came from. */
        STRAY_WITHOUT_ORIGIN,
        /** The key begins as only the ledger's own subjects do. */
        RESERVED_KEY,
        /** Two operators ordered it to be skipped. */
        OPERATOR_SKIP,
        /** Terms whose product and version are known with other content: the former stand. */
        CONFLICTING_TERMS
    }

    private final Outbox outbox;
    private final LedgerMeters meters;

    DeadLetters(Outbox outbox, LedgerMeters meters) {
        this.outbox = outbox;
        this.meters = meters;
    }

    void put(Arrival arrival, Enum<?> reason, String detail) {
        Headers headers = new RecordHeaders(arrival.headers().toArray());
        new DeadLetter(arrival.origin(), reason.name(), detail, LedgerNames.APPLICATION_ID).writeTo(headers);
        outbox.pass(TopicCatalogue.DEAD_LETTERS, arrival.key(), arrival.value(), headers);
        meters.deadLetter(arrival.topic(), reason.name());
        LOG.warn("dead letter {}: {}, {}", arrival.place(), reason, detail);
    }
}
