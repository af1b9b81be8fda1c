package io.loanledger.events.serde;

import org.apache.kafka.common.errors.RetriableException;

/** No answer could be had from the registry. Says nothing about the record at hand: try again later, never dead-letter it. */
public final class RegistryUnavailableException extends RetriableException {

    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public RegistryUnavailableException(String message) {
        super(message);
    }
}
