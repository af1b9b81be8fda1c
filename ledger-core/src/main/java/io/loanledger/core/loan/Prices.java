package io.loanledger.core.loan;

import io.loanledger.core.price.IndexPrice;
import org.jspecify.annotations.Nullable;

/** Where the markets stand. */
public interface Prices {
    /** For loans of one market, whose keys do not depend on where it stands. */
    Prices NONE = market -> null;

    /** The newest index record of a market in whatever state (HALTED while the market is paused), or null before the first. */
    @Nullable
    IndexPrice price(String market);
}
