package io.loanledger.core.price;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One venue's part in an index price: what it quoted, what became of it.
 *
 * @param venue the venue's name
 * @param price its own mid or last price in the market's quote currency; null when it never quoted or cannot be
 *     converted
 * @param status used or why not
 * @param observedAt the venue's time of that quote; null when it never quoted
 */
public record IndexSource(
        String venue,
        @Nullable BigDecimal price,
        Status status,
        @Nullable Instant observedAt) {
    /** What the calculation did with the quote. */
    public enum Status {
        /** In the mean as quoted. */
        USED,
        /** In the mean at the clamp's edge. */
        CLAMPED,
        /** Out: older than the age limit. */
        AGED,
        /** Out: bid and ask too far apart. */
        WIDE_SPREAD,
        /** Out: not positive, crossed, or against the market's own limits. */
        INSANE,
        /** Out: too far from the median, until it is near again. */
        OUTLIER,
        /** Out: it quotes in another currency whose own price is not known or not fresh. */
        UNCONVERTED
    }

    /** Decimal places of a share. It is for people: the index itself is never computed from it. */
    private static final int SHARE_SCALE = 6;

    /** Whether it is in the mean. */
    public boolean counts() {
        return switch (status) {
            case USED, CLAMPED -> true;
            case AGED, WIDE_SPREAD, INSANE, OUTLIER, UNCONVERTED -> false;
        };
    }

    /** The equal share that each of those has that count, of three 0.333333; 0 when none does. */
    public static BigDecimal shareRoundedHalfEven(List<IndexSource> sources) {
        long counted = sources.stream().filter(IndexSource::counts).count();
        return counted == 0
                ? BigDecimal.ZERO
                : BigDecimal.ONE.divide(BigDecimal.valueOf(counted), SHARE_SCALE, RoundingMode.HALF_EVEN);
    }
}
