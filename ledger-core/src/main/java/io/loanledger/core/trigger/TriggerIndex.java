package io.loanledger.core.trigger;

/**
 * The loans of one market in one task, ordered by the price at which each must be looked at again. One index for each
 * {@link Side}.
 *
 * <p>Keys and ticks are scaled prices made by {@link TriggerKeys}, which rounds so that a loan is looked at early, never late;
 * whether anything happens to it is decided by the exact evaluation of the loan.
 *
 * <p>A quiet tick ({@link #fires} answers false) reads one element, whatever the number of loans. Insert, move and removal are
 * O(log n). 16 bytes of heap per loan and side. Derived data: it is rebuilt from the loans when a task starts, and slots may be
 * numbered differently then; the order of visits is the same, because equal keys go by the given {@link SlotOrder}.
 *
 * <p>One thread.
 */
public final class TriggerIndex {
    /** What {@link #best} answers when there is none. */
    public static final int NONE = SlotHeap.NONE;

    /** The direction in which the price has to go for a loan to be looked at. */
    public enum Side {
        /** Fires when the price is at or under the key; the highest key is the deepest (margin call, liquidation). */
        FALLING,
        /** Fires when the price is at or over the key; the lowest key is the deepest (cure). */
        RISING
    }

    private final Side side;
    private final SlotHeap heap;

    private TriggerIndex(Side side, SlotOrder order) {
        this.side = side;
        this.heap = new SlotHeap(order);
    }

    public static TriggerIndex falling(SlotOrder order) {
        return new TriggerIndex(Side.FALLING, order);
    }

    public static TriggerIndex rising(SlotOrder order) {
        return new TriggerIndex(Side.RISING, order);
    }

    public Side side() {
        return side;
    }

    public int size() {
        return heap.size();
    }

    public boolean contains(int slot) {
        return heap.contains(slot);
    }

    /** Inserts the slot under this key, or moves it there. */
    public void put(int slot, long key) {
        heap.put(slot, rank(key));
    }

    /** Whether the slot was present. Removing what is absent changes nothing. */
    public boolean remove(int slot) {
        return heap.remove(slot);
    }

    /** The key of a slot that is present; throws {@link IllegalStateException} for another. */
    public long keyOf(int slot) {
        return rank(heap.keyOf(slot));
    }

    /** The slot that fires first as the price moves to this side, or {@link #NONE}. */
    public int best() {
        return heap.best();
    }

    /** The key of {@link #best}; throws {@link IllegalStateException} when empty. */
    public long bestKey() {
        return rank(heap.bestKey());
    }

    /** Whether at least one loan is to be looked at when the price stands at this tick. O(1). */
    public boolean fires(long tickKey) {
        return heap.size() > 0 && heap.bestKey() <= rank(tickKey);
    }

    /**
     * Takes the loans that fire at this tick out of the index, the deepest first, equal keys in slot order, at most as many as the
     * array holds. What does not fit stays in the index for the next chunk.
     *
     * <p>A loan that is looked at and goes on needs a new key: the caller puts it back. One that is put back under a key that still
     * fires comes again with the next call, not with this one.
     *
     * @return how many were written from index 0 on
     */
    public int takeFired(long tickKey, int[] into) {
        long limit = rank(tickKey);
        int taken = 0;
        while (taken < into.length && heap.size() > 0 && heap.bestKey() <= limit) {
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

    /**
     * The heap keeps the smallest first. The complement turns the order of all longs around, without the overflow that the negation
     * of the smallest has; it is its own inverse.
     */
    private long rank(long key) {
        return switch (side) {
            case FALLING -> ~key;
            case RISING -> key;
        };
    }
}
