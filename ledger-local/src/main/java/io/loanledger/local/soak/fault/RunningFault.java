package io.loanledger.local.soak.fault;

/** A fault that has begun. For one thread. */
interface RunningFault {

    /** Lifts it. Called once. */
    Ended end() throws InterruptedException;

    /**
     * What was seen when it was lifted.
     *
     * @param text in words
     * @param asExpected false makes a finding of it: the soak does not hold
     */
    record Ended(String text, boolean asExpected) {

        static Ended asExpected(String text) {
            return new Ended(text, true);
        }
    }

    /** One that is over as soon as it has begun. */
    static RunningFault over(String seen) {
        return () -> Ended.asExpected(seen);
    }

    /** It cannot be done here. */
    final class Skipped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Skipped(String reason) {
            super(reason);
        }
    }
}
