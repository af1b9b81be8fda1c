package io.loanledger.local.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
    /** By market, what stands of the whole book's add-ons. */
    final AddOns addOns = new AddOns();

    /** The newest record of a market that has a price; closed while the market is paused. */
    @Nullable
    IndexRecord price(String market) {
        IndexRecord index = indexes.get(market);
        if (index == null || index.price() == null) {
            return null;
        }
        return paused.contains(market) ? index.paused() : index;
    }

    /** The newest records of all of a loan's markets; null while one has no price. */
    @Nullable
    Priced price(Loan loan) {
        return priced(loan, null);
    }

    /** A visit at a record: of every other market the newest; null if one has no price, or the record's is not the loan's. */
    @Nullable
    Priced visit(Loan loan, IndexRecord index) {
        return loan.markets().contains(index.market()) ? priced(loan, index) : null;
    }

    private @Nullable Priced priced(Loan loan, @Nullable IndexRecord visited) {
        Map<String, IndexRecord> records = new LinkedHashMap<>(2);
        IndexRecord told = visited;
        for (String market : loan.markets()) {
            IndexRecord index = visited != null && market.equals(visited.market()) ? visited : price(market);
            if (index == null) {
                return null;
            }
            records.put(market, index);
            if (visited == null && (told == null || index.priceTime() > told.priceTime())) {
                told = index;
            }
        }
        return told == null
                ? null
                : new Priced(told, records, addOns, loan.terms().agreement().debtPrice());
    }

    @Nullable
    Priced openPrice(Loan loan) {
        Priced at = price(loan);
        return at == null || !at.open() ? null : at;
    }

    @Nullable
    Priced freshPrice(Loan loan) {
        Priced at = openPrice(loan);
        boolean fresh = at != null
                && at.byMarket().values().stream()
                        .allMatch(index -> appendedAtMillis - index.appendedAtMillis() <= FRESH_MILLIS);
        return fresh ? at : null;
    }

    boolean isNewest(IndexRecord index) {
        IndexRecord newest = indexes.get(index.market());
        return newest != null && newest.epoch() == index.epoch() && newest.sequence() == index.sequence();
    }
}
