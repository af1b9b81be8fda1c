package io.loanledger.events.streams;

import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an instance when something leaves one of its threads: it ends, before it commits. The same record would break the next
 * thread too, and a ledger that goes on around a broken invariant is worse than one that stands still.
 *
 * <p>One thing is no fault of a record: a thread that stood still for longer than its transaction may last (a long pause of the machine) finds
 * that the broker has ended it. Nothing of that transaction counts, and another thread starts from what is committed. Kafka Streams 4.3.1 does so by
 * itself where that is told as a fence; where the end of the transaction is answered with this exception it was seen to hand it over here.
 */
public final class ThreadEnd implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadEnd.class);

    private final String instanceId;

    public ThreadEnd(String instanceId) {
        this.instanceId = instanceId;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        if (isOfAnEndedTransaction(failure)) {
            LOG.warn(
                    "{}: a thread stood still, and its transaction was ended; another one takes over",
                    instanceId,
                    failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        LOG.error("{} stops", instanceId, failure);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private static boolean isOfAnEndedTransaction(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidTxnStateException) {
                return true;
            }
        }
        return false;
    }
}
