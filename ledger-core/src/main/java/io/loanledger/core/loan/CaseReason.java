package io.loanledger.core.loan;

/** Why a liquidation case was opened. */
public enum CaseReason {
    /** The hard threshold was met. */
    HARD_LTV,
    /** A margin call's cure period ended without a cure. */
    CALL_EXPIRED
}
