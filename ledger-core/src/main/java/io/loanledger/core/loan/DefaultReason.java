package io.loanledger.core.loan;

/** Why a loan is in default. */
public enum DefaultReason {
    /** An instalment was not paid. */
    PAYMENT_DEFAULT,
    /** The term ended with debt open. */
    MATURITY,
    /** Another loan of the borrower is in default. */
    CROSS_DEFAULT,
    /** The lender declared it. */
    MANUAL;

    /** Of a sale that rests on it. */
    CaseReason ofCase() {
        return switch (this) {
            case PAYMENT_DEFAULT -> CaseReason.PAYMENT_DEFAULT;
            case MATURITY -> CaseReason.MATURITY;
            case CROSS_DEFAULT -> CaseReason.CROSS_DEFAULT;
            case MANUAL -> CaseReason.MANUAL;
        };
    }

    /** Whether paying what is due ends it; what others did, or declared, is not undone by that. */
    boolean endsWhenDuesArePaid() {
        return switch (this) {
            case PAYMENT_DEFAULT, MATURITY -> true;
            case CROSS_DEFAULT, MANUAL -> false;
        };
    }
}
