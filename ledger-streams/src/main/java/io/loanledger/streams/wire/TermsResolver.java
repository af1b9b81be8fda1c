package io.loanledger.streams.wire;

import io.loanledger.core.terms.ProductTerms;

/**
 * Where the terms are that a stored loan names by product and version. A version never changes, so a stored loan does not repeat it.
 */
@FunctionalInterface
public interface TermsResolver {
    /**
     * The terms of this version.
     *
     * @throws IllegalStateException if it is not known: the loan could not have been bound to it
     */
    ProductTerms terms(String productId, int version);
}
