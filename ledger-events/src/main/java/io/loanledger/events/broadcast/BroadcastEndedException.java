package io.loanledger.events.broadcast;

import org.apache.kafka.common.KafkaException;

/** The writer is of no more use: another one took over, or it is not known whether the last record was committed. Open a new one. */
public final class BroadcastEndedException extends KafkaException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** A second writer of the same stream took over; this one must not be replaced by itself. */
        FENCED,
        /** The last record may or may not be committed; a new writer reads which. */
        OUTCOME_UNKNOWN,
        /** The brokers refuse for good, for example for want of a right. */
        REFUSED
    }

    private final Reason reason;

    public BroadcastEndedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
