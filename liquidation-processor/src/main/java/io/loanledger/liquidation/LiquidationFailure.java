package io.loanledger.liquidation;

import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What leaves a task ends the instance before it commits. Never "replace the thread": the same record would break the next one. */
final class LiquidationFailure implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LiquidationFailure.class);

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        LOG.error("the liquidation processor stops", failure);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
}
