package io.loanledger.core.terms;

/** What a debt consists of, in the order in which money pays it unless the terms say otherwise. */
public enum Component {
    /** What the lender laid out and charges on, such as the cost of a lawyer. */
    COSTS,
    /** What the agreement makes the borrower pay for breaking it. */
    PENALTIES,
    /** Fees, late fees among them. */
    FEES,
    /** Interest posted and unpaid. */
    INTEREST,
    PRINCIPAL
}
