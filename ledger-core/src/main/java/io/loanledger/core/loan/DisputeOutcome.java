package io.loanledger.core.loan;

/** How a dispute of a margin call ended. */
public enum DisputeOutcome {
    /** The lender agreed with the borrower: the call is withdrawn. */
    UPHELD,
    /** The lender did not: the call goes on, its clock moved by the time that the dispute took. */
    REJECTED,
    /** Nobody answered in time: as rejected at the end of the answer window. */
    LAPSED
}
