package io.loanledger.core.loan;

/** What the ledger and a counterparty can disagree about. */
public enum DifferenceKind {
    /** Coin in custody for the loan, by the custodian's statement. */
    HELD(Counterparty.CUSTODIAN),
    /** Coin sold longer ago than the settlement period and not delivered to the desk. */
    DELIVERY(Counterparty.DESK),
    /** Money for coin sold longer ago than the settlement period and not received from the desk. */
    PROCEEDS(Counterparty.DESK);

    private final Counterparty counterparty;

    DifferenceKind(Counterparty counterparty) {
        this.counterparty = counterparty;
    }

    public Counterparty counterparty() {
        return counterparty;
    }
}
