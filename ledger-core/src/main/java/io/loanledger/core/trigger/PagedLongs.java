package io.loanledger.core.trigger;

import java.util.Arrays;

/**
 * A growing array of longs in pages. Growth adds a page and copies no element, so that the insert that grows a book of ten
 * million loans costs what any other does, no array is large enough to trouble a collector, and at most one page stands unused.
 */
final class PagedLongs {
    private static final int PAGE_BITS = 12;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;
    private static final int PAGE_MASK = PAGE_SIZE - 1;

    private long[][] pages = new long[1][];
    private int pageCount;

    long get(int index) {
        return pages[index >>> PAGE_BITS][index & PAGE_MASK];
    }

    void set(int index, long value) {
        pages[index >>> PAGE_BITS][index & PAGE_MASK] = value;
    }

    /** Makes every index under {@code length} addressable; new elements are zero. */
    void ensureLength(int length) {
        int needed = (length + PAGE_MASK) >>> PAGE_BITS;
        while (pageCount < needed) {
            if (pageCount == pages.length) {
                pages = Arrays.copyOf(pages, pages.length * 2);
            }
            pages[pageCount++] = new long[PAGE_SIZE];
        }
    }

    long retainedBytes() {
        return (long) pageCount * PAGE_SIZE * Long.BYTES + (long) pages.length * Integer.BYTES;
    }
}
