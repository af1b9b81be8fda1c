package io.loanledger.events.broadcast;

import org.apache.kafka.common.KafkaException;

/** The record was not written anywhere; the writer is whole, and a later record may go through. */
public final class BroadcastAbortedException extends KafkaException {

    private static final long serialVersionUID = 1L;

    public BroadcastAbortedException(String message, Throwable cause) {
        super(message, cause);
    }
}
