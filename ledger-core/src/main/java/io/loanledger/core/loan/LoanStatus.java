package io.loanledger.core.loan;

/** Where a loan stands. The order is the order of its life; it never goes back (invariant MonotoneStates). */
public enum LoanStatus {
    /** Facts came, but no request: they wait on the record. */
    UNKNOWN,
    /** Requested; waits for terms, collateral and a fresh price. */
    REQUESTED,
    /** Issued; the disbursement is instructed and not confirmed: exposure is contingent and nothing is ever sold. */
    ISSUED,
    /** Disbursed: the debt is live. */
    ACTIVE,
    /** Everything was sold and debt is left: it is owed without collateral. */
    SHORTFALL,
    /** Nothing is owed; collateral and surplus are on their way back. */
    REPAID,
    /** Ended before any money moved; collateral is on its way back. */
    CANCELLED,
    /** Nothing is held and nothing is owed. Late money becomes suspense. */
    CLOSED
}
