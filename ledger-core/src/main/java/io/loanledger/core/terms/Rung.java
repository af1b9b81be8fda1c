package io.loanledger.core.terms;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Threshold;
import java.time.Duration;

/**
 * One step of a {@link Ladder}.
 *
 * @param threshold the ratio at which it acts, and the lender's word for meeting it
 * @param action what happens there
 * @param level at or under this ratio what it did is over (a call is cured, a notice or a band is armed again); under the
 *     threshold, so that a loan does not flap
 * @param period of a call: from the price time of the call to its deadline, zero for a call without a clock; zero otherwise
 * @param share of a sale: of the coin that is pledged at that moment; zero otherwise
 */
public record Rung(Threshold threshold, Action action, Fraction level, Duration period, Fraction share) {
    /** What a rung does. */
    public enum Action {
        /** Tells the borrower. */
        NOTICE,
        /** Calls margin, or accelerates the call of a lower rung. */
        CALL,
        /** Sells a share. */
        SELL
    }

    public Rung {
        if (level.compareTo(threshold.ltv()) >= 0) {
            throw new IllegalArgumentException(
                    "a level of " + level + " must lie under the threshold " + threshold.ltv());
        }
        if (level.isZero()) {
            throw new IllegalArgumentException("no collateral comes down to " + level);
        }
        if (period.isNegative() || (action != Action.CALL && !period.isZero())) {
            throw new IllegalArgumentException("a period is not negative, and a call's alone: " + period);
        }
        boolean sells = action == Action.SELL;
        if (sells == share.isZero() || share.compareTo(Fraction.ONE) > 0) {
            throw new IllegalArgumentException("a sale, and it alone, has a share over 0 and up to 1, not " + share);
        }
    }

    public static Rung notice(Threshold threshold, Fraction level) {
        return new Rung(threshold, Action.NOTICE, level, Duration.ZERO, Fraction.ZERO);
    }

    /**
     * A rung that calls.
     *
     * @param period zero for a call without a clock
     */
    public static Rung call(Threshold threshold, Fraction level, Duration period) {
        return new Rung(threshold, Action.CALL, level, period, Fraction.ZERO);
    }

    public static Rung sell(Threshold threshold, Fraction level, Fraction share) {
        return new Rung(threshold, Action.SELL, level, Duration.ZERO, share);
    }
}
