package io.loanledger.core.liquidation;

/** FIX ExecType (150), as far as the contract with desks knows it: why the report was sent. */
public enum ExecType {
    /** The order was taken. */
    NEW,
    /** A fill. */
    TRADE,
    /** The order was cancelled. */
    CANCELED,
    /** The order was refused. */
    REJECTED,
    /** The order ran out. */
    EXPIRED,
    /** A bust: the fill named by ExecRefID never was. */
    TRADE_CANCEL,
    /** A correction: this quantity and price stand in place of the fill named by ExecRefID. */
    TRADE_CORRECT,
    /** An answer about the order's state; never a fill. */
    ORDER_STATUS,
    /** The request to cancel was received. */
    PENDING_CANCEL,
    /** No more fills today; the order lives on. */
    DONE_FOR_DAY;

    boolean isReversal() {
        return switch (this) {
            case TRADE_CANCEL, TRADE_CORRECT -> true;
            case NEW, TRADE, CANCELED, REJECTED, EXPIRED, ORDER_STATUS, PENDING_CANCEL, DONE_FOR_DAY -> false;
        };
    }

    boolean isFill() {
        return switch (this) {
            case TRADE, TRADE_CORRECT -> true;
            case NEW, CANCELED, REJECTED, EXPIRED, TRADE_CANCEL, ORDER_STATUS, PENDING_CANCEL, DONE_FOR_DAY -> false;
        };
    }
}
