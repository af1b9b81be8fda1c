package io.loanledger.core.terms;

import io.loanledger.core.money.Decimals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * A rate that changes on some days, with its sums: weights and growths between two days are differences and quotients of sums from its first
 * day on, found by bisection, whatever lies between. Before the first day the first rate holds. Immutable.
 */
public final class RateCurve {
    /** Every operation of compound growth is rounded half-even to as many digits. */
    private static final MathContext GROWING = new MathContext(60, RoundingMode.HALF_EVEN);

    /** To this place growth is the same for whoever works it out. */
    private static final int GROWTH_SCALE = 40;

    private final InterestTerms terms;
    private final LocalDate countedFrom;
    private final LocalDate[] from;
    private final BigDecimal[] rates;
    private final BigDecimal[] weights;
    private final BigDecimal[] dailyGrowths;
    private final BigDecimal[] growths;

    private RateCurve(InterestTerms terms, LocalDate countedFrom, LocalDate[] from, BigDecimal[] rates) {
        this.terms = terms;
        this.countedFrom = countedFrom;
        this.from = from;
        this.rates = rates;
        boolean compounds = terms.compounding() != Compounding.SIMPLE;
        weights = new BigDecimal[compounds ? 0 : from.length];
        dailyGrowths = new BigDecimal[compounds ? from.length : 0];
        growths = new BigDecimal[compounds ? from.length : 0];
        for (int i = 0; i < from.length; i++) {
            if (compounds) {
                dailyGrowths[i] = dailyGrowth(rates[i]);
                growths[i] = i == 0 ? BigDecimal.ONE : growthThrough(i - 1, from[i]);
            } else {
                weights[i] = i == 0 ? BigDecimal.ZERO : weightThrough(i - 1, from[i]);
            }
        }
    }

    /** Of terms that state their rate, for a loan that started on a day. */
    public static RateCurve stated(InterestTerms terms, LocalDate startedOn) {
        return switch (terms.rate()) {
            case Rate.Annual annual ->
                new RateCurve(terms, startedOn, new LocalDate[] {startedOn}, new BigDecimal[] {decimal(annual)});
            case Rate.Stepped stepped ->
                new RateCurve(
                        terms,
                        startedOn,
                        stepped.steps().stream()
                                .map(step -> startedOn.plusDays(step.fromDay()))
                                .toArray(LocalDate[]::new),
                        stepped.steps().stream().map(Rate.Step::annual).toArray(BigDecimal[]::new));
            case Rate.Referenced referenced ->
                throw new IllegalStateException("only the fixings of " + referenced.rateId() + " know its rates");
        };
    }

    /** Of terms that read these fixings. */
    static RateCurve of(InterestTerms terms, NavigableMap<LocalDate, BigDecimal> fixings) {
        if (!(terms.rate() instanceof Rate.Referenced referenced) || fixings.isEmpty()) {
            throw new IllegalStateException("no fixings say the rate of " + terms);
        }
        LocalDate[] from = fixings.keySet().toArray(LocalDate[]::new);
        BigDecimal[] rates = fixings.values().stream().map(referenced::at).toArray(BigDecimal[]::new);
        return new RateCurve(terms, LocalDate.EPOCH, from, rates);
    }

    /** The annual rate in force on a day. */
    public BigDecimal on(LocalDate day) {
        return rates[at(day)];
    }

    /** The lowest annual rate in force on a day or a later one. */
    public BigDecimal lowestFrom(LocalDate day) {
        BigDecimal lowest = on(day);
        for (int i = at(day) + 1; i < rates.length; i++) {
            lowest = lowest.min(rates[i]);
        }
        return lowest;
    }

    /** Sum over the days from one to the eve of another of rate x units; negative when the other lies before the one. */
    public BigDecimal weight(LocalDate start, LocalDate end) {
        return Decimals.plain(weightThrough(at(end), end).subtract(weightThrough(at(start), start)));
    }

    /** As {@link #weight}, of a rate that is higher by a margin, yet at most the highest that it can be. */
    public BigDecimal weightAbove(LocalDate start, LocalDate end, BigDecimal margin, @Nullable BigDecimal highest) {
        BigDecimal sum = BigDecimal.ZERO;
        LocalDate day = start;
        for (int i = at(start); day.isBefore(end); i++) {
            LocalDate next = i + 1 < from.length && from[i + 1].isBefore(end) ? from[i + 1] : end;
            sum = sum.add(above(i, margin, highest).multiply(units(day, next)));
            day = next;
        }
        return sum;
    }

    /** What a unit grows to from a day to a later one, half-even at the 40th place. */
    public BigDecimal growth(LocalDate start, LocalDate end) {
        return growthThrough(at(end), end)
                .divide(growthThrough(at(start), start), GROWING)
                .setScale(GROWTH_SCALE, RoundingMode.HALF_EVEN);
    }

    /** As {@link #growth}, of a rate that is higher by a margin, yet at most the highest that it can be. */
    public BigDecimal growthAbove(LocalDate start, LocalDate end, BigDecimal margin, @Nullable BigDecimal highest) {
        BigDecimal product = BigDecimal.ONE;
        LocalDate day = start;
        for (int i = at(start); day.isBefore(end); i++) {
            LocalDate next = i + 1 < from.length && from[i + 1].isBefore(end) ? from[i + 1] : end;
            product = product.multiply(grown(dailyGrowth(above(i, margin, highest)), day, next), GROWING);
            day = next;
        }
        return product;
    }

    private BigDecimal above(int i, BigDecimal margin, @Nullable BigDecimal highest) {
        BigDecimal raised = rates[i].add(margin);
        return highest == null ? raised : raised.min(highest);
    }

    private BigDecimal weightThrough(int i, LocalDate day) {
        return weights[i].add(rates[i].multiply(units(from[i], day)));
    }

    /** Differences of one count: 30/360 counts otherwise from one day to another than from the start of a loan. */
    private BigDecimal units(LocalDate start, LocalDate end) {
        return BigDecimal.valueOf(terms.dayCount().unitsBetween(countedFrom, end)
                - terms.dayCount().unitsBetween(countedFrom, start));
    }

    private BigDecimal growthThrough(int i, LocalDate day) {
        return growths[i].multiply(grown(dailyGrowths[i], from[i], day), GROWING);
    }

    private static BigDecimal grown(BigDecimal daily, LocalDate start, LocalDate end) {
        long days = end.toEpochDay() - start.toEpochDay();
        BigDecimal power = daily.pow(Math.toIntExact(Math.abs(days)), GROWING);
        return days < 0 ? BigDecimal.ONE.divide(power, GROWING) : power;
    }

    private BigDecimal dailyGrowth(BigDecimal rate) {
        int periods = terms.compounding().periodsInDay();
        BigDecimal inYear = BigDecimal.valueOf((long) terms.dayCount().unitsInYear() * periods);
        return BigDecimal.ONE.add(rate.divide(inYear, GROWING), GROWING).pow(periods, GROWING);
    }

    private static BigDecimal decimal(Rate.Annual annual) {
        return new BigDecimal(annual.annual().numerator())
                .divide(new BigDecimal(annual.annual().denominator()), GROWING);
    }

    private int at(LocalDate day) {
        int found = Arrays.binarySearch(from, day);
        return Math.max(0, found >= 0 ? found : -found - 2);
    }
}
