package io.loanledger.local.soak.fault;

import java.time.Duration;

/**
 * One fault of a schedule.
 *
 * @param number from 1, in the order of the schedule
 * @param target whom it meets, from 1, where it meets one of several; a kind that meets all ignores it
 * @param after how long after the beginning of its step it begins
 * @param lasts until it is lifted; a kill is over at once
 * @param chance what else it needs to draw
 */
public record PlannedFault(int number, FaultKind kind, int target, Duration after, Duration lasts, long chance) {

    @Override
    public String toString() {
        return "#" + number + " " + kind.title() + "(" + target + ")"
                + (lasts.isZero() ? "" : " for " + lasts.toMillis() / 1_000.0 + " s");
    }
}
