package io.loanledger.core.trigger;

import java.nio.charset.StandardCharsets;

/**
 * Gives each loan of a task a small int, its slot, and finds the one by the other. Slots count from 0; a released slot is the
 * next to be given out, so that arrays by slot stay as long as the book was at its largest.
 *
 * <p>Ids lie as UTF-8 in one arena behind an open-addressing table of ints: at most 56 bytes for an id of 36
 * characters. Look-ups are O(1); growing the table re-reads all ids, so a rebuild passes the number it expects.
 *
 * <p>Ids are the lender's own, not an attacker's: the hash is fixed, for nothing here may depend on a random seed. One thread.
 */
public final class LoanSlots {
    /** What look-ups answer when there is no such loan. */
    public static final int NONE = -1;

    /** The longest id, in bytes of UTF-8. */
    public static final int MAX_ID_BYTES = IdArena.MAX_BYTES;

    private static final int SMALLEST_TABLE = 64;
    private static final int LARGEST_TABLE = 1 << 30;

    private final IdArena arena = new IdArena();
    /** By slot: the id's cell in the arena; for a free slot the complement of the next free one's number plus one. */
    private final PagedInts cells = new PagedInts();
    /** Slot plus one, zero where empty; length a power of two, at most two thirds full. */
    private int[] table;

    private int size;
    private int slotLimit;
    private int firstFree = NONE;

    public LoanSlots() {
        this(0);
    }

    /** Sized so that this many loans need no growth of the table. */
    public LoanSlots(int expectedLoans) {
        long wanted = Math.max(SMALLEST_TABLE, expectedLoans * 3L / 2 + 1);
        this.table = new int[(int) Math.min(LARGEST_TABLE, Long.highestOneBit(wanted - 1) << 1)];
    }

    public int size() {
        return size;
    }

    /** One more than the highest slot ever given out. */
    public int slotLimit() {
        return slotLimit;
    }

    /** The loan's slot, or {@link #NONE}. */
    public int slotOf(String loanId) {
        byte[] id = loanId.getBytes(StandardCharsets.UTF_8);
        if (id.length > MAX_ID_BYTES || !isWellFormed(loanId)) {
            return NONE;
        }
        return table[indexOf(id)] - 1;
    }

    /**
     * The loan's slot, given out now if it has none. An id longer than {@link #MAX_ID_BYTES} or with half a surrogate pair
     * throws {@link IllegalArgumentException}: such a request is refused long before it is a loan.
     */
    public int assign(String loanId) {
        byte[] id = loanId.getBytes(StandardCharsets.UTF_8);
        if (id.length > MAX_ID_BYTES || !isWellFormed(loanId)) {
            throw new IllegalArgumentException("no id of a loan: " + id.length + " bytes");
        }
        int index = indexOf(id);
        if (table[index] != 0) {
            return table[index] - 1;
        }
        if ((size + 1L) * 3 > table.length * 2L) {
            grow();
            index = indexOf(id);
        }
        int slot = takeSlot();
        cells.set(slot, arena.add(id));
        table[index] = slot + 1;
        size++;
        return slot;
    }

    /** Forgets the loan; its slot, which the caller has taken out of every index, may go to another. Answers it or {@link #NONE}. */
    public int release(String loanId) {
        byte[] id = loanId.getBytes(StandardCharsets.UTF_8);
        if (id.length > MAX_ID_BYTES || !isWellFormed(loanId)) {
            return NONE;
        }
        int index = indexOf(id);
        if (table[index] == 0) {
            return NONE;
        }
        int slot = table[index] - 1;
        closeGap(index);
        arena.free(cells.get(slot));
        cells.set(slot, ~(firstFree + 1));
        firstFree = slot;
        size--;
        return slot;
    }

    /** The id of the loan in a slot that is in use; throws {@link IllegalStateException} for another. */
    public String idOf(int slot) {
        return new String(arena.bytesOf(cellOf(slot)), StandardCharsets.UTF_8);
    }

    /** The order of loan ids by code point, the same after every rebuild. */
    public SlotOrder byId() {
        return (first, second) -> arena.compare(cells.get(first), cells.get(second));
    }

    /** Bytes of the arrays held. */
    public long retainedBytes() {
        return arena.retainedBytes() + cells.retainedBytes() + (long) table.length * Integer.BYTES;
    }

    private int cellOf(int slot) {
        if (slot < 0 || slot >= slotLimit || cells.get(slot) < 0) {
            throw new IllegalStateException("slot " + slot + " holds no loan");
        }
        return cells.get(slot);
    }

    private int takeSlot() {
        if (firstFree != NONE) {
            int slot = firstFree;
            firstFree = ~cells.get(slot) - 1;
            return slot;
        }
        cells.ensureLength(slotLimit + 1);
        return slotLimit++;
    }

    /** Where the id stands in the table, or the empty place where it would. */
    private int indexOf(byte[] id) {
        int mask = table.length - 1;
        int index = hash(id) & mask;
        while (table[index] != 0 && !arena.holds(cells.get(table[index] - 1), id)) {
            index = (index + 1) & mask;
        }
        return index;
    }

    /** Empties a place and pulls the entries behind it forward, so that no probe ends at a gap before its entry. */
    private void closeGap(int emptied) {
        int mask = table.length - 1;
        int gap = emptied;
        int index = (gap + 1) & mask;
        while (table[index] != 0) {
            int home = homeOf(table[index] - 1, mask);
            // The entry may move to the gap unless its home lies behind the gap, in the circle of the table.
            if (((index - home) & mask) >= ((index - gap) & mask)) {
                table[gap] = table[index];
                gap = index;
            }
            index = (index + 1) & mask;
        }
        table[gap] = 0;
    }

    private void grow() {
        if (table.length == LARGEST_TABLE) {
            throw new IllegalStateException("a task holds at most " + LARGEST_TABLE / 3 * 2 + " loans");
        }
        int[] former = table;
        table = new int[former.length * 2];
        int mask = table.length - 1;
        for (int entry : former) {
            if (entry != 0) {
                int index = homeOf(entry - 1, mask);
                while (table[index] != 0) {
                    index = (index + 1) & mask;
                }
                table[index] = entry;
            }
        }
    }

    private int homeOf(int slot, int mask) {
        byte[] id = arena.bytesOf(cells.get(slot));
        return hash(id) & mask;
    }

    /** FNV-1a, then mixed (as MurmurHash3 does at its end), because neighbouring ids differ in their last digit only. */
    private static int hash(byte[] bytes) {
        int hash = 0x811C9DC5;
        for (byte next : bytes) {
            hash = (hash ^ next) * 0x01000193;
        }
        hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
        return hash ^ (hash >>> 16);
    }

    /** UTF-8 writes half a surrogate pair as a question mark: two ids would become one. */
    private static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
