package io.loanledger.core.loan;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Requests to sell that were declined one after the other: until {@code retryAt} the loan asks for nothing. Without it a processor
 * that can sell nothing (its clock is wrong, its index stands still) would be asked at every tick.
 *
 * @param declines in a row, from 1
 * @param retryAt task time up to which, itself included, the loan waits
 */
public record BackOff(int declines, Instant retryAt) {
    /** The reason of the one decline that starts no wait: the loan had healed when the processor looked. */
    static final String BREACH_IS_OVER = "BREACH_IS_OVER";

    /** Waits double up to 2^6 = 64 s. */
    private static final int LARGEST_POWER = 6;

    private static final Duration LONGEST = Duration.ofSeconds(1L << LARGEST_POWER);

    /** The wait after decline number {@code declines} in a row: 1, 2, 4, ... 64, 64 s. */
    static Duration waitAfter(int declines) {
        return Duration.ofSeconds(1L << Math.min(declines - 1, LARGEST_POWER));
    }

    /** One more decline, at this task time. */
    static BackOff after(@Nullable BackOff former, Instant declinedAt) {
        int declines = former == null ? 1 : Math.addExact(former.declines, 1);
        return new BackOff(declines, declinedAt.plus(waitAfter(declines)));
    }

    boolean holdsAt(Instant taskTime) {
        return !taskTime.isAfter(retryAt);
    }

    /** A loan that asks again only this long after it could have had healed in between: the row is broken. */
    boolean isBrokenBy(Instant priceTime) {
        return priceTime.isAfter(retryAt.plus(LONGEST));
    }
}
