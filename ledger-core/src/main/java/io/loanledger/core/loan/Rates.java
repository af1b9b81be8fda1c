package io.loanledger.core.loan;

/** Where the rates stand that terms name and do not state. */
public interface Rates {
    /** For loans whose rate their terms state. */
    Rates NONE = new Rates() {};
}
