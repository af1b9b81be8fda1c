package io.loanledger.local.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a task knew beside its loans when it decided: its clock, the newest record of each market, the terms, pauses. */
final class Circumstances {
    /** An index record is fresh for this long, by the broker's clock. */
    private static final long FRESH_MILLIS = 5_000;

    long taskTime;
    long appendedAtMillis;
    final Map<String, IndexRecord> indexes = new HashMap<>();
    final Map<String, Product> newestTerms = new HashMap<>();
    final Map<String, Integer> assets = new HashMap<>();
    final Fixings fixings = new Fixings();
    final Set<String> paused = new HashSet<>();

    /** The newest record of a market that has a price; closed while the market is paused. */
    @Nullable
    IndexRecord price(String market) {
        IndexRecord index = indexes.get(market);
        if (index == null || index.price() == null) {
            return null;
        }
        return paused.contains(market) ? index.paused() : index;
    }

    @Nullable
    IndexRecord openPrice(String market) {
        IndexRecord index = price(market);
        return index == null || !index.open() ? null : index;
    }

    @Nullable
    IndexRecord freshPrice(String market) {
        IndexRecord index = openPrice(market);
        return index == null || appendedAtMillis - index.appendedAtMillis() > FRESH_MILLIS ? null : index;
    }

    boolean isNewest(IndexRecord index) {
        IndexRecord newest = indexes.get(index.market());
        return newest != null && newest.epoch() == index.epoch() && newest.sequence() == index.sequence();
    }
}
