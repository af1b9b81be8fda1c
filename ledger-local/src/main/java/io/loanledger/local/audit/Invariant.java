package io.loanledger.local.audit;

/** What holds always, by the names that tests, meters and alerts use. Here: those that the topics alone can prove or refute. */
public enum Invariant {
    COLLATERAL_CONSERVATION("CollateralConservation"),
    DEBT_CONSERVATION("DebtConservation"),
    CASH_CONSERVATION("CashConservation"),
    POSTINGS_BALANCE("PostingsBalance"),
    BOOK_EQUALS_SUM("BookEqualsSum"),
    INTEREST_DETERMINISM("InterestDeterminism"),
    ONE_OUTPOINT_ONE_LOAN("OneOutpointOneLoan"),
    NO_DOUBLE_CREDIT("NoDoubleCredit"),
    MONOTONE_STATES("MonotoneStates"),
    NO_ACTIVITY_AFTER_CLOSE("NoActivityAfterClose"),
    ONE_OPEN_CASE("OneOpenCase"),
    NO_RELEASE_WHILE_LIQUIDATING("NoReleaseWhileLiquidating"),
    BREACH_IMPLIES_ACTION("BreachImpliesAction"),
    NO_SELL_WITHOUT_REASON("NoSellWithoutReason"),
    NO_LIQUIDATION_ON_BAD_PRICE("NoLiquidationOnBadPrice"),
    NO_ORDER_ON_OLD_EVIDENCE("NoOrderOnOldEvidence"),
    SELL_BOUND("SellBound"),
    ORDER_ARITHMETIC("OrderArithmetic"),
    VERSION_FENCE("VersionFence"),
    CAUSALITY("Causality"),
    TRANSACTION_ATOMICITY("TransactionAtomicity"),
    HASH_CHAIN("HashChain"),
    REPLAY_EQUALITY("ReplayEquality"),
    THREE_WAY_RECONCILIATION("ThreeWayReconciliation");

    private final String title;

    Invariant(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
