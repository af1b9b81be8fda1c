package io.loanledger.core.trigger;

/**
 * The next deadline of each loan of a task, as microseconds since 1970-01-01T00:00:00Z, the earliest first; equal deadlines in
 * the given {@link SlotOrder}. A loan with several deadlines enters its earliest.
 *
 * <p>Due means strictly before: a deadline of exactly t is not due at t, because at the same instant the cure wins over the
 * expiry. Same structure and cost as {@link TriggerIndex}; derived data, rebuilt when a task starts. One thread.
 */
public final class DeadlineQueue {
    /** What {@link #best} answers when there is none. */
    public static final int NONE = SlotHeap.NONE;

    private final SlotHeap heap;

    public DeadlineQueue(SlotOrder order) {
        this.heap = new SlotHeap(order);
    }

    public int size() {
        return heap.size();
    }

    public boolean contains(int slot) {
        return heap.contains(slot);
    }

    /** Sets the loan's deadline, or moves it. */
    public void put(int slot, long deadlineMicros) {
        heap.put(slot, deadlineMicros);
    }

    /** Whether the slot was present. Removing what is absent changes nothing. */
    public boolean remove(int slot) {
        return heap.remove(slot);
    }

    /** The deadline of a slot that is present; throws {@link IllegalStateException} for another. */
    public long deadlineMicrosOf(int slot) {
        return heap.keyOf(slot);
    }

    /** The loan with the earliest deadline, or {@link #NONE}. */
    public int best() {
        return heap.best();
    }

    /** The earliest deadline; throws {@link IllegalStateException} when empty. */
    public long bestDeadlineMicros() {
        return heap.bestKey();
    }

    /** Whether a deadline lies strictly before this instant. O(1). */
    public boolean isDueBefore(long nowMicros) {
        return heap.size() > 0 && heap.bestKey() < nowMicros;
    }

    /**
     * Takes the loans whose deadline lies strictly before this instant out of the queue, the earliest first, at most as many as the
     * array holds. The caller puts back a loan that has another deadline.
     *
     * @return how many were written from index 0 on
     */
    public int takeDueBefore(long nowMicros, int[] into) {
        int taken = 0;
        while (taken < into.length && isDueBefore(nowMicros)) {
            int slot = heap.best();
            heap.remove(slot);
            into[taken++] = slot;
        }
        return taken;
    }

    /** Bytes of the arrays held. */
    public long retainedBytes() {
        return heap.retainedBytes();
    }
}
