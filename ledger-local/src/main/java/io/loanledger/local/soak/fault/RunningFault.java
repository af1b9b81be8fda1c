package io.loanledger.local.soak.fault;

/** A fault that has begun. For one thread. */
interface RunningFault {

    /** Lifts it; says what was seen. Called once. */
    String end() throws InterruptedException;

    /** One that is over as soon as it has begun. */
    static RunningFault over(String seen) {
        return () -> seen;
    }

    /** It cannot be done here. */
    final class Skipped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Skipped(String reason) {
            super(reason);
        }
    }
}
