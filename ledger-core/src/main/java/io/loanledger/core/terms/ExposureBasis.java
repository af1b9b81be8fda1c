package io.loanledger.core.terms;

/** Which debt stands over the collateral's value in a loan-to-value ratio. */
public enum ExposureBasis {
    /** The principal alone. */
    PRINCIPAL,

    /** Principal, interest posted and accrued, fees: what settles the loan today. */
    OUTSTANDING,

    /** As outstanding, with all interest through the maturity date at today's principal; past that date it is what is outstanding. */
    TOTAL_OBLIGATION
}
