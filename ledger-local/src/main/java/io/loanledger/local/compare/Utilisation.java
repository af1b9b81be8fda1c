package io.loanledger.local.compare;

import io.loanledger.core.terms.RateSeries;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * How much of a Morpho market is lent out, week by week: 84 to 93 %, to and fro, so that the kink at 90 % is crossed. A round
 * number a week and no fact.
 */
final class Utilisation {
    private static final int DAYS_IN_WEEK = 7;
    private static final String[] WEEKS = {"0.88", "0.9", "0.93", "0.89", "0.84", "0.91", "0.87"};
    private static final BigDecimal KINK = new BigDecimal("0.9");
    private static final BigDecimal AT_KINK = new BigDecimal("0.06");
    private static final BigDecimal AT_NONE = new BigDecimal("0.015");
    private static final BigDecimal AT_ALL = new BigDecimal("0.24");

    /** The same as fixings, from before the oldest loan on. */
    static final RateSeries SERIES = fixings(LocalDate.of(2019, 1, 3), LocalDate.of(2026, 1, 1));

    private Utilisation() {}

    private static RateSeries fixings(LocalDate from, LocalDate until) {
        RateSeries series = RateSeries.EMPTY;
        for (LocalDate week = weekOf(from); week.isBefore(until); week = week.plusDays(DAYS_IN_WEEK)) {
            series = series.with(week, on(week));
        }
        return series;
    }

    /** The first day of the week of a day. */
    private static LocalDate weekOf(LocalDate day) {
        return LocalDate.ofEpochDay(day.toEpochDay() - Math.floorMod(day.toEpochDay(), DAYS_IN_WEEK));
    }

    private static BigDecimal on(LocalDate day) {
        long week = Math.floorDiv(day.toEpochDay(), DAYS_IN_WEEK);
        return new BigDecimal(WEEKS[Math.floorMod(week, WEEKS.length)]);
    }

    /** The market's rate for a year, by the line on which the utilisation of a day lies: 1.5 % at none, 6 % at 90 %, 24 % at all. */
    static BigDecimal rateOn(LocalDate day) {
        BigDecimal used = on(day);
        boolean under = used.compareTo(KINK) <= 0;
        BigDecimal from = under ? AT_NONE : AT_KINK;
        BigDecimal to = under ? AT_KINK : AT_ALL;
        BigDecimal gone = under ? used : used.subtract(KINK);
        BigDecimal whole = under ? KINK : BigDecimal.ONE.subtract(KINK);
        return from.add(to.subtract(from).multiply(gone).divide(whole, 18, RoundingMode.HALF_EVEN));
    }
}
