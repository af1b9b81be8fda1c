package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;

/** An instalment that fell due, with what of it is unpaid. One thread. */
final class Bucket {
    /** Of what fell due by a default, behind all others. */
    static final int ACCELERATED = 9_999;

    final int number;
    final int dueOn;
    BigDecimal fees = ZERO;
    BigDecimal interest;
    BigDecimal principal;
    boolean lateFeeCharged;

    Bucket(int number, int dueOn, BigDecimal interest, BigDecimal principal) {
        this.number = number;
        this.dueOn = dueOn;
        this.interest = interest;
        this.principal = principal;
    }

    /** Takes a part of a payment off; gives it back where it is negative. */
    void take(Spread.Part part) {
        fees = fees.subtract(part.fees());
        interest = interest.subtract(part.interest());
        principal = principal.subtract(part.principal());
    }

    boolean isUnpaid() {
        return fees.signum() > 0 || isOverdue();
    }

    /** Whether interest or principal of it is unpaid. */
    boolean isOverdue() {
        return interest.signum() > 0 || principal.signum() > 0;
    }

    Spread.Part unpaid() {
        return new Spread.Part(number, fees, interest, principal);
    }

    Bucket copy() {
        Bucket copy = new Bucket(number, dueOn, interest, principal);
        copy.fees = fees;
        copy.lateFeeCharged = lateFeeCharged;
        return copy;
    }
}
