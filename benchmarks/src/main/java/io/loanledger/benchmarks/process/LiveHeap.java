package io.loanledger.benchmarks.process;

import java.lang.management.ManagementFactory;

/** What is alive on the heap of this process. */
public final class LiveHeap {

    private LiveHeap() {}

    /**
     * Bytes in use after a full collection; the least of some, because other threads go on meanwhile.
     *
     * @param collections each stops every thread of the process: one for a process that must not stand still for long
     */
    public static long bytes(int collections) {
        var memory = ManagementFactory.getMemoryMXBean();
        long used = Long.MAX_VALUE;
        for (int done = 0; done < collections; done++) {
            System.gc();
            used = Math.min(used, memory.getHeapMemoryUsage().getUsed());
        }
        return used;
    }
}
