package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.terms.ProductTerms;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a task knows beside the loan at the moment of a decision. It must not change while one decision is taken; the journal
 * record names the positions (index and terms sequences) from which it can be restored.
 */
public interface Circumstances extends Rates, Prices {
    /** Price time of the newest index record, over all markets; {@link Instant#EPOCH} before the first. */
    Instant taskTime();

    /** The newest version of a product's terms, or null while none has arrived. */
    @Nullable
    ProductTerms newestTerms(String productId);

    /** An asset that some terms have named, by its code, or null. */
    @Nullable
    Asset asset(String code);

    /** Whether the newest index record is young enough, by the broker's clock, to issue a loan on it. */
    boolean isFresh(String market);
}
