package io.loanledger.core.trigger;

import java.util.Arrays;

/** A growing array of ints in pages, for the reasons given at {@link PagedLongs}. */
final class PagedInts {
    private static final int PAGE_BITS = 12;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;
    private static final int PAGE_MASK = PAGE_SIZE - 1;

    private int[][] pages = new int[1][];
    private int pageCount;

    int get(int index) {
        return pages[index >>> PAGE_BITS][index & PAGE_MASK];
    }

    void set(int index, int value) {
        pages[index >>> PAGE_BITS][index & PAGE_MASK] = value;
    }

    /** Makes every index under {@code length} addressable; new elements are zero. */
    void ensureLength(int length) {
        int needed = (length + PAGE_MASK) >>> PAGE_BITS;
        while (pageCount < needed) {
            if (pageCount == pages.length) {
                pages = Arrays.copyOf(pages, pages.length * 2);
            }
            pages[pageCount++] = new int[PAGE_SIZE];
        }
    }

    long retainedBytes() {
        return (long) pageCount * PAGE_SIZE * Integer.BYTES + (long) pages.length * Integer.BYTES;
    }
}
