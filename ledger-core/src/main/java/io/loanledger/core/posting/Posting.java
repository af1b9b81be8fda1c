package io.loanledger.core.posting;

import io.loanledger.core.money.Asset;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The double entry of one event: lines that sum to zero in every asset, which the constructor enforces (invariant
 * PostingsBalance). Lines of zero are left out. An event that moves nothing has the empty posting.
 */
public record Posting(List<Entry> entries) {
    public static final Posting NONE = new Posting(List.of());

    public Posting {
        entries = entries.stream().filter(e -> e.amount().signum() != 0).toList();
        Map<Asset, BigDecimal> sums = new HashMap<>();
        for (Entry entry : entries) {
            sums.merge(entry.asset(), entry.amount(), BigDecimal::add);
        }
        sums.forEach((asset, sum) -> {
            if (sum.signum() != 0) {
                throw new IllegalArgumentException("PostingsBalance: off by " + sum.toPlainString() + " " + asset);
            }
        });
    }

    public static Posting of(Entry... entries) {
        return new Posting(List.of(entries));
    }
}
