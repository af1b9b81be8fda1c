package io.loanledger.events.serde;

import org.apache.kafka.common.errors.SerializationException;

/** A value that can never be read by this version of the contract, where an exception is the only way to say it. */
public final class UnreadableRecordException extends SerializationException {

    private static final long serialVersionUID = 1L;

    private final Decoded.Reason reason;

    public UnreadableRecordException(String topic, Decoded.Unreadable unreadable) {
        super("%s: %s, %s".formatted(topic, unreadable.reason(), unreadable.detail()));
        this.reason = unreadable.reason();
    }

    /** Why it cannot be read. */
    public Decoded.Reason reason() {
        return reason;
    }
}
