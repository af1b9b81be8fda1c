package io.loanledger.core.loan;

/** With whom the ledger is reconciled. */
public enum Counterparty {
    CUSTODIAN,
    DESK
}
