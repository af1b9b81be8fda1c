package io.loanledger.streams.terms;

/** The registry did not say what bytes mean: nothing is known about them, and they are read again later. */
final class RegistryAway extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegistryAway(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
