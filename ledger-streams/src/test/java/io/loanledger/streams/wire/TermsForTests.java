package io.loanledger.streams.wire;

import io.loanledger.core.terms.ProductTerms;

/** Terms of every kind, for tests outside of this package. */
public final class TermsForTests {
    private TermsForTests() {}

    /** The same terms for the same seed. */
    public static ProductTerms any(long seed) {
        return new RandomCore(seed).terms();
    }
}
