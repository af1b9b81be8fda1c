package io.loanledger.core.liquidation;

/** FIX OrdStatus (39): the order's state as the desk sees it. */
public enum OrdStatus {
    /** Taken, nothing filled. */
    NEW,
    /** Something filled, more may come. */
    PARTIALLY_FILLED,
    /** All filled. Not by itself an end: a bust can follow, so the end is read from LeavesQty. */
    FILLED,
    /** Over for today, alive tomorrow. */
    DONE_FOR_DAY,
    /** Over: cancelled. */
    CANCELED,
    /** A cancel is being tried; fills still come. */
    PENDING_CANCEL,
    /** Over: never taken. */
    REJECTED,
    /** Over: ran out. */
    EXPIRED;

    boolean isEnd() {
        return switch (this) {
            case CANCELED, REJECTED, EXPIRED -> true;
            case NEW, PARTIALLY_FILLED, FILLED, DONE_FOR_DAY, PENDING_CANCEL -> false;
        };
    }
}
