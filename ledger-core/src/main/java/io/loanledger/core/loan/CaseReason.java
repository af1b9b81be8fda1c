package io.loanledger.core.loan;

/** Why a liquidation case was opened. */
public enum CaseReason {
    /** The hard threshold was met. */
    HARD_LTV,
    /** A margin call's cure period ended without a cure. */
    CALL_EXPIRED,
    /** An instalment was not paid. */
    PAYMENT_DEFAULT,
    /** The term ended with debt open. */
    MATURITY,
    /** Another loan of the borrower is in default. */
    CROSS_DEFAULT,
    /** The lender declared a default. */
    MANUAL;

    /** Whether the sale rests on a default, whose goal is that nothing is owed. */
    public boolean isDefault() {
        return switch (this) {
            case HARD_LTV, CALL_EXPIRED -> false;
            case PAYMENT_DEFAULT, MATURITY, CROSS_DEFAULT, MANUAL -> true;
        };
    }
}
