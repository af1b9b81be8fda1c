package io.loanledger.events.streams;

import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Asks for a commit when a breach fired or an order leaves, so that it does not wait for the next regular one: at most once in {@link #WINDOW_MILLIS}
 * for a whole stream thread, and never while the thread catches up.
 *
 * <p>One for each thread, not for each task: a commit takes in all tasks of its thread. And the window begins when the thread is back
 * from the commit, not when it asked: a window that a commit outlasts limits nothing, the thread commits without a pause and never recovers.
 * Streams gives all records of one round the same time, so the first record with another time is the first after the commit.
 */
public final class CommitPacer {
    static final long WINDOW_MILLIS = 20;

    /** A record that the broker took longer ago than this is part of a backlog: throughput first. */
    static final long BACKLOG_MILLIS = 1_000;

    /** No commit is thought to last longer: what comes later than this after a request was an idle thread. */
    static final long LONGEST_COMMIT_MILLIS = 200;

    private static final ThreadLocal<CommitPacer> OF_THREAD = ThreadLocal.withInitial(CommitPacer::new);

    private long windowBegan = Long.MIN_VALUE / 2;
    private long askedAt;
    private boolean commitUnderWay;

    CommitPacer() {}

    /** The pacer of the calling stream thread. */
    public static CommitPacer ofThread() {
        return OF_THREAD.get();
    }

    /** To be called for each record that the thread takes up. */
    public void see(ProcessorContext<?, ?> context) {
        long now = context.currentSystemTimeMs();
        if (commitUnderWay && now != askedAt) {
            commitUnderWay = false;
            windowBegan = Math.min(now, askedAt + LONGEST_COMMIT_MILLIS);
        }
    }

    /** Asks, or leaves it to the regular commit. Whether it asked. */
    public boolean ask(ProcessorContext<?, ?> context, long appendedAtMillis) {
        long now = context.currentSystemTimeMs();
        if (commitUnderWay || now - appendedAtMillis > BACKLOG_MILLIS || now - windowBegan < WINDOW_MILLIS) {
            return false;
        }
        askedAt = now;
        commitUnderWay = true;
        context.commit();
        return true;
    }
}
