package io.loanledger.benchmarks.process;

import java.lang.management.ManagementFactory;

/** What is alive on the heap of this process. */
public final class LiveHeap {

    private static final int COLLECTIONS = 3;

    private LiveHeap() {}

    /** Bytes in use after a full collection; the least of a few, because threads of the JVM go on meanwhile. */
    public static long bytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        long used = Long.MAX_VALUE;
        for (int collection = 0; collection < COLLECTIONS; collection++) {
            System.gc();
            used = Math.min(used, memory.getHeapMemoryUsage().getUsed());
        }
        return used;
    }
}
