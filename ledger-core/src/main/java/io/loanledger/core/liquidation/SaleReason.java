package io.loanledger.core.liquidation;

/** Why the ledger wants collateral sold. */
public enum SaleReason {
    /** The loan-to-value limit is met at this very price. */
    HARD_LTV,
    /** A margin call's cure period ran out. */
    CALL_EXPIRED,
    /** An instalment was not paid. */
    PAYMENT_DEFAULT,
    /** The term ended with debt open. */
    MATURITY,
    /** Another loan of the same borrower defaulted. */
    CROSS_DEFAULT,
    /** The lender's people decided it. */
    MANUAL;

    /**
     * Whether the sale is justified by a price alone, so that it is called off once the price no longer meets the threshold. The
     * other reasons are facts of the contract: a recovered price does not undo them, and their sale wants a fresh price of an open
     * market for its floor, nothing more.
     */
    public boolean restsOnPrice() {
        return switch (this) {
            case HARD_LTV -> true;
            case CALL_EXPIRED, PAYMENT_DEFAULT, MATURITY, CROSS_DEFAULT, MANUAL -> false;
        };
    }
}
