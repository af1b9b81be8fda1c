package io.loanledger.core.loan;

/** How much of the collateral a case sells. */
public enum SaleMode {
    /** The smallest lot multiple that brings the loan to its target. */
    PARTIAL,
    /** All of it. */
    FULL,
    /** One step of several: it never grows, and the next price decides about the next. */
    INCREMENT
}
