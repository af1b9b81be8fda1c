package io.loanledger.core.terms;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Threshold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens on the way up to the hard limit, and how a call is healed. Rungs are numbered from 1, the lowest threshold first; 0
 * stands for none of them.
 *
 * @param rungs thresholds strictly rising; may be empty
 * @param factLag how long after a deadline the ledger still waits for facts whose value time lies inside it
 * @param clockStopper which step of a top-up has to be inside the deadline
 * @param cureDwell how long a price has to stay at or under a call's level to cure it; zero: the first such price does
 * @param disputeWindow until when after its issue a call can be disputed; zero: it cannot
 * @param answerWindow how long the lender may take to answer a dispute; zero without a dispute window
 */
public record Ladder(
        List<Rung> rungs,
        Duration factLag,
        ClockStopper clockStopper,
        Duration cureDwell,
        Duration disputeWindow,
        Duration answerWindow) {
    /** The moment of a top-up that counts as its value time. */
    public enum ClockStopper {
        /** Seen by custody, unconfirmed. */
        DETECTED,
        /** Locked; it still must be claimed before it counts as collateral. */
        LOCKED_AND_CLAIMED
    }

    /** A hundred years: no moment that follows from a clock leaves the calendar. */
    private static final Duration LONGEST_CLOCK = Duration.ofDays(36_525);

    public Ladder {
        rungs = List.copyOf(rungs);
        for (int number = 2; number <= rungs.size(); number++) {
            if (rungs.get(number - 2)
                            .threshold()
                            .ltv()
                            .compareTo(rungs.get(number - 1).threshold().ltv())
                    >= 0) {
                throw new IllegalArgumentException("the thresholds of a ladder rise, at rung " + number + " too");
            }
        }
        List<Duration> clocks = new ArrayList<>(List.of(factLag, cureDwell, disputeWindow, answerWindow));
        rungs.forEach(rung -> clocks.add(rung.period()));
        for (Duration clock : clocks) {
            if (clock.isNegative() || clock.compareTo(LONGEST_CLOCK) > 0) {
                throw new IllegalArgumentException("a clock runs for 0 to 36525 days, not " + clock);
            }
        }
        if (disputeWindow.isZero() != answerWindow.isZero()) {
            throw new IllegalArgumentException("a dispute needs a window to raise and one to answer it");
        }
        Rung first = lowest(rungs, Rung.Action.CALL);
        for (Rung rung : rungs) {
            if (rung.action() == Rung.Action.CALL && first != null) {
                // or the cure of one call would leave a lower one met, and the next price would call again
                if (rung.level().compareTo(first.threshold().ltv()) >= 0) {
                    throw new IllegalArgumentException("cure at " + rung.level() + " must lie under the call at "
                            + first.threshold().ltv());
                }
                if (!rung.period().isZero() && disputeWindow.compareTo(rung.period()) > 0) {
                    throw new IllegalArgumentException(
                            "a call of " + rung.period() + " is over before it could be disputed for " + disputeWindow);
                }
            }
        }
    }

    /** A single call: no notices, no dwell, no disputes. */
    public static Ladder of(
            Threshold threshold, Fraction cureLtv, Duration curePeriod, Duration factLag, ClockStopper clockStopper) {
        if (curePeriod.isZero()) {
            throw new IllegalArgumentException("a cure period is positive");
        }
        return new Ladder(
                List.of(Rung.call(threshold, cureLtv, curePeriod)),
                factLag,
                clockStopper,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO);
    }

    /** Whether this is what {@link #of} makes. */
    public boolean isSingleCall() {
        return rungs.size() == 1
                && rung(1).action() == Rung.Action.CALL
                && !rung(1).period().isZero()
                && cureDwell.isZero()
                && disputeWindow.isZero();
    }

    /** The rung of this number, which counts from 1. */
    public Rung rung(int number) {
        return rungs.get(number - 1);
    }

    /** The lowest rung of an action, or null without one. */
    public @Nullable Rung lowest(Rung.Action action) {
        return lowest(rungs, action);
    }

    private static @Nullable Rung lowest(List<Rung> rungs, Rung.Action action) {
        return rungs.stream()
                .filter(rung -> rung.action() == action)
                .findFirst()
                .orElse(null);
    }

    /** The number of the next rung of an action above another, or 0 when there is none. */
    public int next(Rung.Action action, int above) {
        for (int number = above + 1; number <= rungs.size(); number++) {
            if (rung(number).action() == action) {
                return number;
            }
        }
        return 0;
    }
}
