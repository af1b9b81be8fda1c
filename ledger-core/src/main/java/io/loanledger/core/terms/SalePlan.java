package io.loanledger.core.terms;

/** What a liquidation is to reach. */
public enum SalePlan {
    /** As much as brings the loan to its target ratio; with a target of zero, as much as clears the debt. */
    TO_TARGET,

    /** All the coin; what the debt does not take is the borrower's in money. */
    EVERYTHING,

    /** All the coin, and the money is kept as collateral: it repays nothing until the loan is over its limit again. */
    STABILISE
}
