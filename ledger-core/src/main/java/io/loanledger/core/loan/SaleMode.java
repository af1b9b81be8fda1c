package io.loanledger.core.loan;

/** How much of the collateral a case sells. */
public enum SaleMode {
    /** The smallest lot multiple that brings the loan to its target. */
    PARTIAL,
    /** All of it. */
    FULL
}
