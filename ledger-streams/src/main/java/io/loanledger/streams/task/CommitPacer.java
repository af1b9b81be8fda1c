package io.loanledger.streams.task;

import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Asks for a commit as soon as a decision cannot wait for the next regular one, at most once in {@link #WINDOW_MILLIS} for a
 * whole stream thread, and never while the thread catches up.
 *
 * <p>One for each thread, not for each task: a commit takes in all tasks of its thread, so that windows per task would add up to
 * commits without a pause, from which a thread does not recover.
 */
final class CommitPacer {
    static final long WINDOW_MILLIS = 20;

    /** A record that the broker took longer ago than this is part of a backlog: throughput first. */
    static final long BACKLOG_MILLIS = 1_000;

    private static final ThreadLocal<CommitPacer> OF_THREAD = ThreadLocal.withInitial(CommitPacer::new);

    private long lastMillis = Long.MIN_VALUE / 2;

    CommitPacer() {}

    /** The pacer of the calling stream thread. */
    static CommitPacer ofThread() {
        return OF_THREAD.get();
    }

    /** Asks, or leaves it to the regular commit. Whether it asked. */
    boolean ask(ProcessorContext<?, ?> context, long appendedAtMillis) {
        long now = context.currentSystemTimeMs();
        if (now - appendedAtMillis > BACKLOG_MILLIS || now - lastMillis < WINDOW_MILLIS) {
            return false;
        }
        lastMillis = now;
        context.commit();
        return true;
    }
}
