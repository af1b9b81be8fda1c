package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A case as the loan keeps it: what was asked for, what of it was settled, and what the desk sold beyond. One thread. */
final class Sale {
    static final String PARTIAL = "PARTIAL";
    static final String FULL = "FULL";
    static final String INCREMENT = "INCREMENT";

    String id = "";
    /** What it sells. */
    String asset = "";

    String reason = "";
    int rung;
    String mode = PARTIAL;
    int version = 1;
    BigDecimal reserved = ZERO;
    BigDecimal wanted = ZERO;
    BigDecimal cumQuantity = ZERO;
    BigDecimal cumGross = ZERO;
    BigDecimal cumDeskFees = ZERO;
    BigDecimal fees = ZERO;
    BigDecimal penalties = ZERO;
    boolean rescinded;
    Spread allocated = Spread.NONE;
    BigDecimal overQuantity = ZERO;
    BigDecimal overGross = ZERO;
    BigDecimal overFees = ZERO;
    BigDecimal measuredAt = ZERO;
    /** What a unit of the debt counted for when it was asked for. */
    BigDecimal measure = BigDecimal.ONE;

    /** Known again after it was declined: nobody kept its measure. */
    boolean unmeasured;

    long callDeadline = Long.MIN_VALUE;

    /** Shrunk to what was sold, or its call was cured after that: it does not grow again. */
    boolean isRescinded() {
        return rescinded || (version > 1 && wanted.compareTo(cumQuantity) <= 0);
    }

    /** Money of the desk's as money of the debt. */
    BigDecimal turned(BigDecimal amount, int scale) {
        return measure.compareTo(BigDecimal.ONE) == 0 ? amount : amount.divide(measure, scale, RoundingMode.DOWN);
    }

    boolean is(String which) {
        return mode.equals(which);
    }

    Sale copy() {
        Sale copy = new Sale();
        copy.id = id;
        copy.asset = asset;
        copy.reason = reason;
        copy.rung = rung;
        copy.mode = mode;
        copy.version = version;
        copy.reserved = reserved;
        copy.wanted = wanted;
        copy.cumQuantity = cumQuantity;
        copy.cumGross = cumGross;
        copy.cumDeskFees = cumDeskFees;
        copy.fees = fees;
        copy.penalties = penalties;
        copy.rescinded = rescinded;
        copy.allocated = allocated;
        copy.overQuantity = overQuantity;
        copy.overGross = overGross;
        copy.overFees = overFees;
        copy.measuredAt = measuredAt;
        copy.measure = measure;
        copy.unmeasured = unmeasured;
        copy.callDeadline = callDeadline;
        return copy;
    }

    /** Whether the desk sold beyond what was reserved. */
    boolean isOverfilled() {
        return overQuantity.signum() != 0 || overGross.signum() != 0 || overFees.signum() != 0;
    }
}
