package io.loanledger.core.terms;

/** Whether interest bears interest, and how often it is added for that. */
public enum Compounding {
    /** On principal alone. */
    SIMPLE(0),

    /** Added every day. */
    DAILY(1),

    /** Added every second. */
    PER_SECOND(86_400);

    private final int periodsInDay;

    Compounding(int periodsInDay) {
        this.periodsInDay = periodsInDay;
    }

    /** 0 for simple interest. */
    public int periodsInDay() {
        return periodsInDay;
    }
}
