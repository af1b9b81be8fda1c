package io.loanledger.core.loan;

/** What healed a margin call. */
public enum CureKind {
    TOP_UP,
    REPAYMENT,
    PRICE
}
