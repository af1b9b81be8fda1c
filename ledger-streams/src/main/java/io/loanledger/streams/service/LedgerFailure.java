package io.loanledger.streams.service;

import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What leaves a task ends the instance, before it commits. Never "replace the thread": the same record would break the next one,
 * and a ledger that goes on around a broken invariant is worse than one that stands still.
 */
final class LedgerFailure implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerFailure.class);

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        LOG.error("the ledger stops", failure);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
}
