package io.loanledger.core.loan;

/** What somebody, or the clock, charges a borrower with. */
public enum ChargeKind {
    COSTS,
    PENALTY,
    FEE,
    /** The clock's: an instalment was not paid in its grace. */
    LATE
}
