package io.loanledger.core.terms;

import io.loanledger.core.money.Decimals;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fixings of one rate, by the day from which each counts. Immutable. The {@linkplain RateCurve curves} of the terms that read it are made
 * once, when they are first asked for. Any thread.
 */
public final class RateSeries {
    /** Fixings are stated with at most this many places. */
    public static final int MOST_PLACES = 12;

    /** 1,000 %. */
    public static final BigDecimal LARGEST = BigDecimal.TEN;

    /** Some thousand years are enough, and every day of them has six digits. */
    public static final LocalDate LAST_DAY = LocalDate.ofEpochDay(999_999);

    public static final RateSeries EMPTY = new RateSeries(Collections.emptyNavigableMap());

    private final NavigableMap<LocalDate, BigDecimal> fixings;
    private final Map<InterestTerms, RateCurve> curves = Collections.synchronizedMap(new HashMap<>());

    private RateSeries(NavigableMap<LocalDate, BigDecimal> fixings) {
        this.fixings = fixings;
    }

    /**
     * With one more fixing, or another value of its day.
     *
     * @throws IllegalArgumentException if the day or the value is none that a rate can have
     */
    public RateSeries with(LocalDate effectiveFrom, BigDecimal value) {
        check(effectiveFrom, value);
        NavigableMap<LocalDate, BigDecimal> next = new TreeMap<>(fixings);
        next.put(effectiveFrom, Decimals.plain(value));
        return new RateSeries(Collections.unmodifiableNavigableMap(next));
    }

    /**
     * Whether a fixing can be one at all.
     *
     * @throws IllegalArgumentException if the day or the value is none that a rate can have
     */
    public static void check(LocalDate effectiveFrom, BigDecimal value) {
        BigDecimal plain = Decimals.plain(value);
        if (plain.scale() > MOST_PLACES || plain.abs().compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("a fixing has at most %d places and lies between -%s and %s, not %s"
                    .formatted(MOST_PLACES, LARGEST, LARGEST, value.toPlainString()));
        }
        if (effectiveFrom.isBefore(LocalDate.EPOCH) || effectiveFrom.isAfter(LAST_DAY)) {
            throw new IllegalArgumentException("a fixing from " + effectiveFrom);
        }
    }

    public boolean isEmpty() {
        return fixings.isEmpty();
    }

    /** The value that was fixed for this very day, or null. */
    public @Nullable BigDecimal fixedFor(LocalDate day) {
        return fixings.get(day);
    }

    /** By the day from which each counts. */
    public NavigableMap<LocalDate, BigDecimal> fixings() {
        return fixings;
    }

    /** The rate of each day under terms that read this series; a bug while it is empty. */
    public RateCurve curve(InterestTerms terms) {
        return curves.computeIfAbsent(terms, t -> RateCurve.of(t, fixings));
    }
}
