package io.loanledger.benchmarks.measure;

import java.util.HashMap;
import java.util.Map;

/**
 * When each partition decided again after a kill: the first decision on a payment that was sent after it. What the dead one had decided does not
 * count, whenever it is seen. For two threads.
 */
final class Recovery {

    private final int partitions;
    private final long lastBefore;
    private final long killedAt;
    private final Map<Integer, Long> decidedAt = new HashMap<>();

    /**
     * Begins at a kill.
     *
     * @param lastBefore the number of the last payment that was sent before it
     * @param killedAt on the clock of {@link System#nanoTime}
     */
    Recovery(int partitions, long lastBefore, long killedAt) {
        this.partitions = partitions;
        this.lastBefore = lastBefore;
        this.killedAt = killedAt;
    }

    /** A decision on a payment was seen. */
    synchronized void decided(int partition, long payment, long nanos) {
        if (payment > lastBefore) {
            decidedAt.putIfAbsent(partition, nanos);
        }
    }

    /** Whether every partition decides again. */
    synchronized boolean isOver() {
        return decidedAt.size() == partitions;
    }

    /** From the kill until the last of the partitions decided again. */
    synchronized long nanos() {
        if (!isOver()) {
            throw new IllegalStateException(this + " is not over");
        }
        return decidedAt.values().stream().mapToLong(Long::longValue).max().orElseThrow() - killedAt;
    }

    @Override
    public synchronized String toString() {
        return decidedAt.size() + " of " + partitions + " partitions";
    }
}
