package io.loanledger.events.serde;

import org.apache.kafka.common.KafkaException;

/** The registry answered, and refuses: wrong credentials, an incompatible schema, a read-only registry. Trying again does not help. */
public final class RegistryRefusedException extends KafkaException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int errorCode;

    public RegistryRefusedException(String request, int status, int errorCode, String message) {
        super("%s was refused with HTTP status %d, error code %d: %s".formatted(request, status, errorCode, message));
        this.status = status;
        this.errorCode = errorCode;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The registry's own error code; 0 if it gave none. */
    public int errorCode() {
        return errorCode;
    }
}
