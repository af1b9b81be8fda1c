package io.loanledger.core.loan;

import java.time.LocalDate;

/**
 * A repayment as it was applied, kept so that a reversal takes back exactly what it gave.
 *
 * @param paymentReference the payment system's reference
 * @param allocation how it was spread
 * @param valueDate from which day it counted
 * @param reversed whether it was taken back
 */
public record Payment(String paymentReference, Allocation allocation, LocalDate valueDate, boolean reversed) {
    /** Part of it taken back, and perhaps applied anew. */
    Payment changedBy(Allocation more) {
        return new Payment(paymentReference, allocation.plus(more), valueDate, reversed);
    }

    Payment asReversed() {
        return new Payment(paymentReference, allocation, valueDate, true);
    }
}
