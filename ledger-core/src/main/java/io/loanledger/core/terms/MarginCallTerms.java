package io.loanledger.core.terms;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Threshold;
import java.time.Duration;

/**
 * When the lender calls margin and how the borrower heals it.
 *
 * @param threshold loan-to-value at which the call is made
 * @param cureLtv the call is cured at or under this ratio; under the threshold, so that a loan does not flap
 * @param curePeriod from the price time of the call to its deadline
 * @param factLag how long after the deadline the ledger still waits for facts whose value time lies inside it
 * @param clockStopper which step of a top-up has to be inside the deadline
 */
public record MarginCallTerms(
        Threshold threshold, Fraction cureLtv, Duration curePeriod, Duration factLag, ClockStopper clockStopper) {
    /** The moment of a top-up that counts as its value time. */
    public enum ClockStopper {
        /** Seen by custody, unconfirmed. */
        DETECTED,
        /** Locked; it still must be claimed before it counts as collateral. */
        LOCKED_AND_CLAIMED
    }

    public MarginCallTerms {
        if (cureLtv.compareTo(threshold.ltv()) >= 0) {
            throw new IllegalArgumentException("cure at " + cureLtv + " must lie under the call at " + threshold.ltv());
        }
        if (cureLtv.isZero()) {
            throw new IllegalArgumentException("no collateral cures at " + cureLtv);
        }
        if (curePeriod.isNegative() || curePeriod.isZero() || factLag.isNegative()) {
            throw new IllegalArgumentException("a cure period is positive and a fact lag not negative");
        }
    }
}
