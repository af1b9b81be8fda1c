package io.loanledger.core.loan;

import io.loanledger.core.money.Money;
import java.time.LocalDate;

/**
 * An instalment that fell due: a bucket of the debt. Its amounts are the unpaid parts of the debt's own totals, never beside them. A paid one
 * stays, so that a reversal finds it.
 *
 * @param number from 1; {@link #ACCELERATED} of what a default made due
 * @param dueOn a payment of that day is in time
 * @param lateFeeCharged whether it has cost its late fee
 */
public record Due(int number, LocalDate dueOn, Money fees, Money interest, Money principal, boolean lateFeeCharged) {
    /** All that fell due by a default is one bucket of this number: there is one at most. */
    static final int ACCELERATED = 9_999;

    boolean isAccelerated() {
        return number == ACCELERATED;
    }

    boolean isPaid() {
        return fees.isZero() && interest.isZero() && principal.isZero();
    }

    /** What lateness counts: the late fee itself does not make an instalment late. */
    Money overdue() {
        return interest.plus(principal);
    }

    Due less(Part part) {
        return new Due(
                number,
                dueOn,
                fees.minus(part.fees()),
                interest.minus(part.interest()),
                principal.minus(part.principal()),
                lateFeeCharged);
    }

    Due charged(Money lateFee) {
        return new Due(number, dueOn, fees.plus(lateFee), interest, principal, true);
    }

    Due with(Money nextFees, Money nextInterest, Money nextPrincipal) {
        return new Due(number, dueOn, nextFees, nextInterest, nextPrincipal, lateFeeCharged);
    }
}
