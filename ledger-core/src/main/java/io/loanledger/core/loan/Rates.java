package io.loanledger.core.loan;

import io.loanledger.core.terms.RateSeries;

/** Where the rates stand that terms name and do not state. */
public interface Rates {
    /** For loans whose rate their terms state. */
    Rates NONE = new Rates() {};

    /** The fixings read so far; empty before the first. */
    default RateSeries series(String rateId) {
        return RateSeries.EMPTY;
    }
}
