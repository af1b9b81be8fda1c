package io.loanledger.streams.task;

/**
 * Where a task stands in the fanned terms.
 *
 * @param epoch counts the lives of the fan-out's sequence
 * @param sequence rises with each record of an epoch
 */
record TermsPosition(long epoch, long sequence) {
    static final TermsPosition START = new TermsPosition(0, 0);

    boolean isBefore(long otherEpoch, long otherSequence) {
        return epoch != otherEpoch ? epoch < otherEpoch : sequence < otherSequence;
    }
}
