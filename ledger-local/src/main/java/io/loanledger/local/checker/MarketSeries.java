package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index records of one market that a task took, in their order, with the lowest and highest open price of any stretch in
 * logarithmic time. Filled first, asked afterwards. One thread.
 */
final class MarketSeries {
    private static final int NONE = -1;

    private final List<IndexRecord> records = new ArrayList<>();
    private int[] lowest = new int[0];
    private int[] highest = new int[0];
    private int leaves;

    /** Takes a record that comes after the last; false when it does not. */
    boolean add(IndexRecord record) {
        if (!records.isEmpty()
                && !record.isAfter(records.getLast().epoch(), records.getLast().sequence())) {
            return false;
        }
        records.add(record);
        return true;
    }

    int size() {
        return records.size();
    }

    IndexRecord get(int at) {
        return records.get(at);
    }

    /** The record of a position; null when there is none. */
    @Nullable
    IndexRecord find(long epoch, long sequence) {
        int low = 0;
        int high = records.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            IndexRecord record = records.get(middle);
            if (record.epoch() == epoch && record.sequence() == sequence) {
                return record;
            }
            if (record.isAfter(epoch, sequence)) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return null;
    }

    /** Call once after the last record. */
    void index() {
        leaves = Integer.highestOneBit(Math.max(1, records.size() * 2 - 1));
        lowest = new int[2 * leaves];
        highest = new int[2 * leaves];
        for (int i = 0; i < leaves; i++) {
            int at = i < records.size() && records.get(i).open() ? i : NONE;
            lowest[leaves + i] = at;
            highest[leaves + i] = at;
        }
        for (int node = leaves - 1; node > 0; node--) {
            lowest[node] = lower(lowest[2 * node], lowest[2 * node + 1]);
            highest[node] = higher(highest[2 * node], highest[2 * node + 1]);
        }
    }

    /** The lowest open price of the records from {@code first} to {@code last}, both included; null when none is open. */
    @Nullable
    IndexRecord lowestOpen(int first, int last) {
        int best = NONE;
        int low = first + leaves;
        int high = last + leaves + 1;
        while (low < high) {
            if ((low & 1) == 1) {
                best = lower(best, lowest[low++]);
            }
            if ((high & 1) == 1) {
                best = lower(best, lowest[--high]);
            }
            low >>= 1;
            high >>= 1;
        }
        return best == NONE ? null : records.get(best);
    }

    /** The highest likewise. */
    @Nullable
    IndexRecord highestOpen(int first, int last) {
        int best = NONE;
        int low = first + leaves;
        int high = last + leaves + 1;
        while (low < high) {
            if ((low & 1) == 1) {
                best = higher(best, highest[low++]);
            }
            if ((high & 1) == 1) {
                best = higher(best, highest[--high]);
            }
            low >>= 1;
            high >>= 1;
        }
        return best == NONE ? null : records.get(best);
    }

    private BigDecimal price(int at) {
        return records.get(at).priced();
    }

    private int lower(int one, int other) {
        if (one == NONE || other == NONE) {
            return Math.max(one, other);
        }
        return price(other).compareTo(price(one)) < 0 ? other : one;
    }

    private int higher(int one, int other) {
        if (one == NONE || other == NONE) {
            return Math.max(one, other);
        }
        return price(other).compareTo(price(one)) > 0 ? other : one;
    }
}
