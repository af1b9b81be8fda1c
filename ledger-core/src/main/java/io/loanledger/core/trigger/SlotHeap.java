package io.loanledger.core.trigger;

/**
 * An ordered multiset of (key, slot), the smallest key first, equal keys in the {@link SlotOrder} of their slots. A slot stands in
 * it at most once.
 *
 * <p>A heap with four children per node that knows the position of each slot: {@link #best} is O(1), insert, move and removal by
 * slot are O(log n), and taking the k first is O(k log n), which is all that ticks and deadlines ask for. A sorted tree would add
 * the walk in order, which nobody needs, for 40 bytes more per loan. Keys lie in heap order, so that the four children that a
 * sift compares share a cache line.
 *
 * <p>16 bytes per element (key 8, slot 4, position 4), no objects. One thread.
 */
final class SlotHeap {
    static final int NONE = -1;

    private static final int ARITY_BITS = 2;
    private static final int ARITY = 1 << ARITY_BITS;

    private final SlotOrder order;
    /** By heap position. */
    private final PagedLongs keys = new PagedLongs();
    /** By heap position. */
    private final PagedInts slots = new PagedInts();
    /** By slot: heap position plus one; zero when absent. */
    private final PagedInts positions = new PagedInts();

    private int slotLimit;
    private int size;

    SlotHeap(SlotOrder order) {
        this.order = order;
    }

    int size() {
        return size;
    }

    boolean contains(int slot) {
        return positionOf(slot) != NONE;
    }

    /** The slot with the smallest key, or {@link #NONE}. */
    int best() {
        return size == 0 ? NONE : slots.get(0);
    }

    /** The smallest key; only when not empty. */
    long bestKey() {
        if (size == 0) {
            throw new IllegalStateException("an empty set has no best key");
        }
        return keys.get(0);
    }

    /** The key of a slot that is present. */
    long keyOf(int slot) {
        int position = positionOf(slot);
        if (position == NONE) {
            throw new IllegalStateException("slot " + slot + " is not here");
        }
        return keys.get(position);
    }

    /** Inserts the slot, or moves it when it is present. */
    void put(int slot, long key) {
        if (slot < 0) {
            throw new IllegalArgumentException("a slot is not negative: " + slot);
        }
        int position = positionOf(slot);
        if (position == NONE) {
            if (slot >= slotLimit) {
                positions.ensureLength(slot + 1);
                slotLimit = slot + 1;
            }
            keys.ensureLength(size + 1);
            slots.ensureLength(size + 1);
            siftUp(size++, key, slot);
        } else {
            moveFrom(position, key, slot);
        }
    }

    /** Whether the slot was present. */
    boolean remove(int slot) {
        int position = positionOf(slot);
        if (position == NONE) {
            return false;
        }
        positions.set(slot, 0);
        size--;
        if (position < size) {
            moveFrom(position, keys.get(size), slots.get(size));
        }
        return true;
    }

    /** Bytes of the arrays held, for the capacity page and its test. */
    long retainedBytes() {
        return keys.retainedBytes() + slots.retainedBytes() + positions.retainedBytes();
    }

    private int positionOf(int slot) {
        return slot < 0 || slot >= slotLimit ? NONE : positions.get(slot) - 1;
    }

    /** Puts (key, slot) where it belongs, starting from a hole at {@code position}. */
    private void moveFrom(int position, long key, int slot) {
        int parent = (position - 1) >> ARITY_BITS;
        if (position > 0 && precedes(key, slot, keys.get(parent), slots.get(parent))) {
            siftUp(position, key, slot);
        } else {
            siftDown(position, key, slot);
        }
    }

    private void siftUp(int hole, long key, int slot) {
        int position = hole;
        while (position > 0) {
            int parent = (position - 1) >> ARITY_BITS;
            long parentKey = keys.get(parent);
            int parentSlot = slots.get(parent);
            if (!precedes(key, slot, parentKey, parentSlot)) {
                break;
            }
            place(position, parentKey, parentSlot);
            position = parent;
        }
        place(position, key, slot);
    }

    private void siftDown(int hole, long key, int slot) {
        int position = hole;
        while (true) {
            // In long arithmetic: four children of position 2^29 and more do not fit an int.
            long firstChild = ((long) position << ARITY_BITS) + 1;
            if (firstChild >= size) {
                break;
            }
            int child = (int) firstChild;
            int end = (int) Math.min(firstChild + ARITY, size);
            int least = child;
            long leastKey = keys.get(child);
            int leastSlot = slots.get(child);
            for (child++; child < end; child++) {
                long childKey = keys.get(child);
                if (childKey <= leastKey) {
                    int childSlot = slots.get(child);
                    if (precedes(childKey, childSlot, leastKey, leastSlot)) {
                        least = child;
                        leastKey = childKey;
                        leastSlot = childSlot;
                    }
                }
            }
            if (!precedes(leastKey, leastSlot, key, slot)) {
                break;
            }
            place(position, leastKey, leastSlot);
            position = least;
        }
        place(position, key, slot);
    }

    private boolean precedes(long key, int slot, long otherKey, int otherSlot) {
        return key < otherKey || (key == otherKey && slot != otherSlot && order.compare(slot, otherSlot) < 0);
    }

    private void place(int position, long key, int slot) {
        keys.set(position, key);
        slots.set(position, slot);
        positions.set(slot, position + 1);
    }
}
