package io.loanledger.streams.wire;

import java.time.Instant;
import java.util.List;

/**
 * Where a journal record stands and what caused it. The schema of the same name says what each field is.
 *
 * @param sequence in the partition's journal, from 1, without gaps
 * @param partition of the task
 * @param loanId the loan
 * @param loanVersion of the loan after the event, from 1, without gaps
 * @param cause what was being processed
 * @param taskTime the task's clock, microsecond resolution
 * @param indexPositions last index price read of each market, in the order of the markets' names
 * @param termsEpoch of the last fanned terms read; 0 before the first
 * @param termsSequence of the last fanned terms read; 0 before the first
 * @param step which event of the decision, from 1
 * @param previousHash own hash of the partition's record before this one
 */
public record JournalHeader(
        long sequence,
        int partition,
        String loanId,
        long loanVersion,
        Cause cause,
        Instant taskTime,
        List<IndexPosition> indexPositions,
        long termsEpoch,
        long termsSequence,
        int step,
        ChainHash previousHash) {
    public JournalHeader {
        indexPositions = List.copyOf(indexPositions);
    }
}
