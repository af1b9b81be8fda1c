package io.loanledger.core.loan;

import io.loanledger.core.money.Money;
import java.time.LocalDate;

/**
 * A repayment as it was applied, kept so that a reversal takes back exactly what it gave.
 *
 * @param paymentReference the payment system's reference
 * @param allocation how it was spread, but for its fee
 * @param valueDate from which day it counted
 * @param reversed whether it was taken back
 * @param fee what of it was the fee on principal repaid before it was due
 */
public record Payment(
        String paymentReference, Allocation allocation, LocalDate valueDate, boolean reversed, Money fee) {
    /** Without a fee. */
    public Payment(String paymentReference, Allocation allocation, LocalDate valueDate, boolean reversed) {
        this(
                paymentReference,
                allocation,
                valueDate,
                reversed,
                Money.zero(allocation.surplus().currency()));
    }

    /** All that came. */
    Money total() {
        return allocation.total().plus(fee);
    }

    /** Part of it taken back, and perhaps applied anew. */
    Payment changedBy(Allocation more, Money moreFee) {
        return new Payment(paymentReference, allocation.plus(more), valueDate, reversed, fee.plus(moreFee));
    }

    Payment asReversed() {
        return new Payment(paymentReference, allocation, valueDate, true, fee);
    }
}
