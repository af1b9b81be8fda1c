package io.loanledger.core.loan;

/** How many of each were opened: the next one's id is the loan's id and the next number. */
public record Counters(int calls, int cases, int releases, int payouts) {
    static final Counters ZERO = new Counters(0, 0, 0, 0);

    Counters nextCall() {
        return new Counters(calls + 1, cases, releases, payouts);
    }

    Counters nextCase() {
        return new Counters(calls, cases + 1, releases, payouts);
    }

    Counters nextRelease() {
        return new Counters(calls, cases, releases + 1, payouts);
    }

    Counters nextPayout() {
        return new Counters(calls, cases, releases, payouts + 1);
    }
}
