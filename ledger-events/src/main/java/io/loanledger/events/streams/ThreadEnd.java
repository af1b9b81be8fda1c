package io.loanledger.events.streams;

import io.loanledger.events.service.LedgerMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
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
 *
 * <p>Each replacement is counted ({@link LedgerMeter#STREAM_THREADS_REPLACED}). More than {@value #MOST_REPLACED} within {@link #WITHIN} are no
 * pause any more but a machine that cannot keep its transactions: then the instance ends too. Any thread.
 */
public final class ThreadEnd implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadEnd.class);

    /** A few pauses that each end the transactions of all threads of an instance. */
    static final int MOST_REPLACED = 10;

    static final Duration WITHIN = Duration.ofMinutes(10);

    private final String instanceId;
    private final Counter counted;
    private final InstantSource clock;
    private final Deque<Instant> replaced = new ArrayDeque<>();

    public ThreadEnd(String instanceId, MeterRegistry registry, InstantSource clock) {
        this.instanceId = instanceId;
        this.counted = LedgerMeter.STREAM_THREADS_REPLACED.counter(registry);
        this.clock = clock;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        if (!isOfAnEndedTransaction(failure)) {
            LOG.error("{} stops", instanceId, failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        if (!mayReplace()) {
            LOG.error(
                    "{} stops: the broker has ended the transactions of {} threads within {} and now of another",
                    instanceId,
                    MOST_REPLACED,
                    WITHIN,
                    failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        counted.increment();
        LOG.warn(
                "{}: a thread stood still, and its transaction was ended; another one takes over", instanceId, failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private synchronized boolean mayReplace() {
        Instant now = clock.instant();
        while (!replaced.isEmpty() && replaced.getFirst().isBefore(now.minus(WITHIN))) {
            replaced.removeFirst();
        }
        if (replaced.size() >= MOST_REPLACED) {
            return false;
        }
        replaced.addLast(now);
        return true;
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
