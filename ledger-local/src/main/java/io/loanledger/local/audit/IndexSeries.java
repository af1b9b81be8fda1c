package io.loanledger.local.audit;

import io.loanledger.events.IndexPrice;
import io.loanledger.events.IndexState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The index prices of one market in the order of their places, for questions about spans of them. A place is (epoch, sequence).
 *
 * <p>The lowest open price of a span is found in constant time from a table of the minima of all spans of 1, 2, 4, 8, ... prices.
 */
final class IndexSeries {

    private static final Comparator<IndexPrice> BY_PLACE =
            Comparator.comparingLong(IndexPrice::getEpoch).thenComparingLong(IndexPrice::getSequence);

    private final List<IndexPrice> prices;
    private final List<@Nullable BigDecimal[]> minima = new ArrayList<>();

    IndexSeries(List<IndexPrice> inAnyOrder) {
        this.prices = inAnyOrder.stream().sorted(BY_PLACE).toList();
        int size = prices.size();
        @Nullable BigDecimal[] former = new BigDecimal[size];
        for (int i = 0; i < size; i++) {
            former[i] = isOpen(prices.get(i)) ? new BigDecimal(prices.get(i).getPrice()) : null;
        }
        minima.add(former);
        for (int width = 2; width <= size; width *= 2) {
            @Nullable BigDecimal[] next = new BigDecimal[size - width + 1];
            for (int i = 0; i < next.length; i++) {
                next[i] = lower(former[i], former[i + width / 2]);
            }
            minima.add(next);
            former = next;
        }
    }

    static boolean isOpen(IndexPrice price) {
        return price.getPrice() != null
                && (price.getState() == IndexState.LIVE || price.getState() == IndexState.DEGRADED);
    }

    /** The price at a place. */
    Optional<IndexPrice> at(long epoch, long sequence) {
        int index = indexOf(epoch, sequence);
        if (index < prices.size()
                && prices.get(index).getEpoch() == epoch
                && prices.get(index).getSequence() == sequence) {
            return Optional.of(prices.get(index));
        }
        return Optional.empty();
    }

    /** How many prices stand before the place. */
    int indexOf(long epoch, long sequence) {
        int low = 0;
        int high = prices.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            IndexPrice price = prices.get(middle);
            boolean before = price.getEpoch() < epoch || (price.getEpoch() == epoch && price.getSequence() < sequence);
            if (before) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The first index from {@code from} on whose price is later than a time. */
    int firstLaterThan(Instant time, int from) {
        int index = Math.max(from, 0);
        while (index < prices.size() && !prices.get(index).getPriceTime().isAfter(time)) {
            index++;
        }
        return index;
    }

    /** Whether a price at which the market was open fits. */
    boolean anyOpen(Predicate<String> fits) {
        return prices.stream()
                .filter(IndexSeries::isOpen)
                .map(IndexPrice::getPrice)
                .filter(Objects::nonNull)
                .anyMatch(fits);
    }

    int size() {
        return prices.size();
    }

    /** The lowest open price of those from index {@code from} to before {@code to}. */
    Optional<BigDecimal> lowestOpen(int from, int to) {
        if (from >= to) {
            return Optional.empty();
        }
        int level = 31 - Integer.numberOfLeadingZeros(to - from);
        @Nullable BigDecimal[] table = minima.get(level);
        return Optional.ofNullable(lower(table[from], table[to - (1 << level)]));
    }

    private static @Nullable BigDecimal lower(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.min(other);
    }
}
