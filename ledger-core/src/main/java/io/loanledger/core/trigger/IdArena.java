package io.loanledger.core.trigger;

import java.util.Arrays;

/**
 * Byte strings of 0 to {@link #MAX_BYTES} bytes behind int handles, without an object for each. A cell is a two-byte length and the
 * bytes, rounded up to {@link #UNIT} bytes; a freed cell goes to the list of its size and is taken again for the next string of that
 * size. Ids of one book have few different lengths, so freed cells do not pile up, and nothing is ever moved.
 *
 * <p>One thread.
 */
final class IdArena {
    static final int MAX_BYTES = 256;

    private static final int UNIT_BITS = 3;
    private static final int UNIT = 1 << UNIT_BITS;
    private static final int LENGTH_BYTES = 2;
    private static final int PAGE_BITS = 16;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;
    private static final int UNITS_PER_PAGE = PAGE_SIZE >> UNIT_BITS;
    private static final int UNITS_MASK = UNITS_PER_PAGE - 1;
    private static final int PAGE_OF_UNIT_BITS = PAGE_BITS - UNIT_BITS;
    private static final int NONE = -1;

    /** Heads of the lists of freed cells, by size in units; a freed cell's first four bytes name the next. */
    private final int[] freed = new int[unitsFor(MAX_BYTES) + 1];

    private byte[][] pages = new byte[1][];
    private int pageCount;
    /** The first unit never given out. */
    private int nextUnit;

    IdArena() {
        Arrays.fill(freed, NONE);
    }

    /** Stores a copy of at most {@link #MAX_BYTES} bytes. */
    int add(byte[] bytes) {
        int length = bytes.length;
        int cell = allocate(unitsFor(length));
        byte[] page = pageOf(cell);
        int at = offsetOf(cell);
        page[at] = (byte) (length >>> Byte.SIZE);
        page[at + 1] = (byte) length;
        System.arraycopy(bytes, 0, page, at + LENGTH_BYTES, length);
        return cell;
    }

    void free(int cell) {
        int units = unitsFor(lengthOf(cell));
        byte[] page = pageOf(cell);
        int at = offsetOf(cell);
        int next = freed[units];
        page[at] = (byte) (next >>> 24);
        page[at + 1] = (byte) (next >>> 16);
        page[at + 2] = (byte) (next >>> 8);
        page[at + 3] = (byte) next;
        freed[units] = cell;
    }

    int lengthOf(int cell) {
        byte[] page = pageOf(cell);
        int at = offsetOf(cell);
        return Byte.toUnsignedInt(page[at]) << Byte.SIZE | Byte.toUnsignedInt(page[at + 1]);
    }

    byte[] bytesOf(int cell) {
        int from = offsetOf(cell) + LENGTH_BYTES;
        return Arrays.copyOfRange(pageOf(cell), from, from + lengthOf(cell));
    }

    boolean holds(int cell, byte[] bytes) {
        int from = offsetOf(cell) + LENGTH_BYTES;
        return Arrays.equals(pageOf(cell), from, from + lengthOf(cell), bytes, 0, bytes.length);
    }

    /** By unsigned bytes, then by length: for UTF-8 the order of code points. */
    int compare(int cell, int other) {
        int from = offsetOf(cell) + LENGTH_BYTES;
        int otherFrom = offsetOf(other) + LENGTH_BYTES;
        return Arrays.compareUnsigned(
                pageOf(cell), from, from + lengthOf(cell), pageOf(other), otherFrom, otherFrom + lengthOf(other));
    }

    long retainedBytes() {
        return (long) pageCount * PAGE_SIZE + (long) pages.length * Integer.BYTES;
    }

    private int allocate(int units) {
        int reused = freed[units];
        if (reused != NONE) {
            byte[] page = pageOf(reused);
            int at = offsetOf(reused);
            freed[units] = page[at] << 24
                    | Byte.toUnsignedInt(page[at + 1]) << 16
                    | Byte.toUnsignedInt(page[at + 2]) << 8
                    | Byte.toUnsignedInt(page[at + 3]);
            return reused;
        }
        int usedOfPage = nextUnit & UNITS_MASK;
        if (usedOfPage + units > UNITS_PER_PAGE) {
            // A cell does not cross pages; what is left of this one, under 0.5 %, stays unused.
            nextUnit += UNITS_PER_PAGE - usedOfPage;
        }
        int cell = nextUnit;
        nextUnit = Math.addExact(nextUnit, units);
        ensurePage(cell >>> PAGE_OF_UNIT_BITS);
        return cell;
    }

    private void ensurePage(int index) {
        while (pageCount <= index) {
            if (pageCount == pages.length) {
                pages = Arrays.copyOf(pages, pages.length * 2);
            }
            pages[pageCount++] = new byte[PAGE_SIZE];
        }
    }

    private byte[] pageOf(int cell) {
        return pages[cell >>> PAGE_OF_UNIT_BITS];
    }

    private static int offsetOf(int cell) {
        return (cell & UNITS_MASK) << UNIT_BITS;
    }

    private static int unitsFor(int length) {
        return (LENGTH_BYTES + length + UNIT - 1) >> UNIT_BITS;
    }
}
