package io.loanledger.benchmarks.measure;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A load that does not wait for answers: number n is due n / rate seconds after the start, whatever became of those before. One that is sent
 * late keeps the time at which it was due, so that what waits behind a slow one counts as slow too (no coordinated omission).
 */
final class OpenLoop {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;

    OpenLoop(double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("a rate is above zero: " + perSecond);
        }
        this.perSecond = perSecond;
    }

    /** When number {@code n} is due, in nanoseconds after the start. */
    long dueNanos(int n) {
        return Math.round(n * NANOS_PER_SECOND / perSecond);
    }

    /**
     * Sends so many, in this thread, and returns after the last.
     *
     * @return the start on the clock of {@link System#nanoTime}; what was due when follows from {@link #dueNanos}
     */
    long run(int count, IntConsumer send) {
        long start = System.nanoTime();
        for (int n = 0; n < count; n++) {
            awaitNanos(start + dueNanos(n));
            send.accept(n);
        }
        return start;
    }

    private static void awaitNanos(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
