package io.loanledger.local.checker;

import io.loanledger.events.ProductTerms;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A ledger of its own under other terms, from an open market at 10,000 on.
 *
 * @param happens types of event that the scene is for: without one it proves nothing
 * @param forgeries each of which has to be found in its history
 */
record Scene(
        String name,
        Supplier<ProductTerms> terms,
        Consumer<RecordedLedger> play,
        List<String> happens,
        List<Forgery> forgeries) {
    @Override
    public String toString() {
        return name;
    }
}
