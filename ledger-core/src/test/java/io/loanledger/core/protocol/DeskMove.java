package io.loanledger.core.protocol;

/** What a desk may do with an order, by FIX and against it. */
enum DeskMove {
    ACKNOWLEDGE,
    FILL_PART,
    FILL_REST,
    EXPIRE,
    REJECT,
    /** As asked. */
    CANCEL,
    /** Without being asked. */
    CANCEL_UNASKED,
    REFUSE_CANCEL,
    PENDING_CANCEL,
    /** The last fill never was. */
    BUST,
    /** The last fill was one dollar cheaper. */
    CORRECT_PRICE,
    /** The last fill was half of that. */
    CORRECT_QUANTITY,
    STATUS,
    DONE_FOR_DAY,
    /** The last report once more. */
    REPEAT,
    /** Half a coin more than was ordered. */
    OVERFILL,
    /** A fill of an order that nobody placed. */
    STRANGE_FILL
}
