package io.loanledger.local.checker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The index records of a loan's markets between two of its decisions, in the order in which the task took them. A loan of several markets is
 * judged at each record of one of them by the newest of the others, when all are open. One thread.
 */
final class Stretch {
    private final List<MarketSeries> series = new ArrayList<>();
    private final List<String> markets;
    private final int[] next;
    private final int[] last;
    private final AddOns addOns;
    private final @Nullable DebtPrice debt;

    /**
     * @param next by market the first record that was not judged yet
     * @param last by market the last of the stretch
     */
    Stretch(
            PartitionInputs inputs,
            Map<String, Integer> next,
            Map<String, Integer> last,
            AddOns addOns,
            @Nullable DebtPrice debt) {
        this.debt = debt;
        markets = List.copyOf(next.keySet());
        this.next = new int[markets.size()];
        this.last = new int[markets.size()];
        this.addOns = addOns;
        for (int i = 0; i < markets.size(); i++) {
            series.add(inputs.market(markets.get(i)));
            this.next[i] = next.getOrDefault(markets.get(i), 0);
            this.last[i] = last.getOrDefault(markets.get(i), -1);
        }
    }

    boolean isEmpty() {
        for (int i = 0; i < next.length; i++) {
            if (next[i] <= last[i]) {
                return false;
            }
        }
        return true;
    }

    /** Every coin at its lowest, and what is owed at its highest; null when a market was never open. */
    @Nullable
    Priced lowest() {
        return extremes(true);
    }

    /** The other way round. */
    @Nullable
    Priced highest() {
        return extremes(false);
    }

    /** With others beside it, the record that stands when the stretch begins counts too. */
    private int first(int each) {
        return markets.size() == 1 ? next[each] : Math.max(0, next[each] - 1);
    }

    private @Nullable Priced extremes(boolean falling) {
        Map<String, IndexRecord> records = new LinkedHashMap<>();
        for (int i = 0; i < markets.size(); i++) {
            boolean isDebt = debt != null && debt.market().equals(markets.get(i));
            IndexRecord extreme = null;
            if (first(i) <= last[i]) {
                extreme = falling == isDebt
                        ? series.get(i).highestOpen(first(i), last[i])
                        : series.get(i).lowestOpen(first(i), last[i]);
            }
            if (extreme == null) {
                return null;
            }
            records.put(markets.get(i), extreme);
        }
        return new Priced(records.values().iterator().next(), records, addOns, debt);
    }

    /** The first of its records that it starts with, and the last that it ends with. */
    <T> T ends(BiFunction<IndexRecord, IndexRecord, T> of) {
        List<IndexRecord> all = new ArrayList<>();
        for (int i = 0; i < markets.size(); i++) {
            if (next[i] <= last[i]) {
                all.add(series.get(i).get(next[i]));
                all.add(series.get(i).get(last[i]));
            }
        }
        all.sort(java.util.Comparator.comparingLong(IndexRecord::offset));
        return of.apply(all.getFirst(), all.getLast());
    }

    /** The first moment that fulfils; null for none. Every record is shown, also those at which a market is closed. */
    @Nullable
    IndexRecord first(Predicate<Moment> must) {
        int[] at = next.clone();
        for (int i = earliest(at); i >= 0; i = earliest(at)) {
            IndexRecord visited = series.get(i).get(at[i]++);
            Map<String, IndexRecord> records = new LinkedHashMap<>(2);
            boolean complete = true;
            for (int j = 0; j < at.length; j++) {
                if (at[j] == 0) {
                    complete = false;
                } else {
                    records.put(markets.get(j), series.get(j).get(at[j] - 1));
                }
            }
            Priced priced = new Priced(visited, records, addOns, debt);
            if (must.test(new Moment(visited, complete && priced.open() ? priced : null))) {
                return visited;
            }
        }
        return null;
    }

    /** A record, and the prices by which a loan is judged at it; null where one market is closed. */
    record Moment(IndexRecord visited, @Nullable Priced at) {}

    private int earliest(int[] at) {
        int earliest = -1;
        for (int i = 0; i < at.length; i++) {
            if (at[i] <= last[i]
                    && (earliest < 0
                            || series.get(i).get(at[i]).offset()
                                    < series.get(earliest).get(at[earliest]).offset())) {
                earliest = i;
            }
        }
        return earliest;
    }
}
