package io.loanledger.core.terms;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * How a period becomes a fraction of a year, after section 4.16 of the 2006 ISDA Definitions. The fraction is exact: a whole number of units
 * over the units of a year, no division is made here. A period includes its first day and excludes its last.
 *
 * <p>Only the cumulative fraction from one fixed start is used, and sub-periods are its differences: 30/360 is not additive (a period that
 * ends on a 31st counts differently from two periods that meet there), the differences are. Never decreasing in {@code end}.
 */
public enum DayCount {
    /** Actual/365 (Fixed), 4.16(d): actual days over 365, in leap years too. */
    ACT_365F(365),

    /** Actual/360, 4.16(e): actual days over 360. */
    ACT_360(360),

    /**
     * Actual/Actual (ISDA), 4.16(b): days in leap years over 366 plus days in other years over 365. A unit is 1/(365 x 366) of a year: a
     * day of a leap year is 365 of them, any other 366.
     */
    ACT_ACT_ISDA(365 * 366),

    /**
     * 30/360, the Bond Basis, 4.16(f): 360 a year, 30 a month; a start on the 31st is the 30th, an end on the 31st is the 30th when the start
     * is the 30th or 31st. The end of February is no month's end here (the rule of some US markets that makes it one is not in 4.16).
     */
    THIRTY_360(360),

    /** 30E/360, the Eurobond Basis, 4.16(g): 360 a year, 30 a month; any 31st is the 30th. */
    THIRTY_E_360(360);

    private final int unitsInYear;

    DayCount(int unitsInYear) {
        this.unitsInYear = unitsInYear;
    }

    /** The denominator of every fraction. */
    public int unitsInYear() {
        return unitsInYear;
    }

    /** The numerator: units from a start to an end that is not before it. */
    public long unitsBetween(LocalDate start, LocalDate end) {
        return switch (this) {
            case ACT_365F, ACT_360 -> ChronoUnit.DAYS.between(start, end);
            case ACT_ACT_ISDA -> {
                long inLeapYears = daysInLeapYearsBefore(end) - daysInLeapYearsBefore(start);
                yield ChronoUnit.DAYS.between(start, end) * 366 - inLeapYears;
            }
            case THIRTY_360 -> {
                int from = Math.min(start.getDayOfMonth(), 30);
                int to = end.getDayOfMonth();
                yield thirties(start, end) + (from == 30 ? Math.min(to, 30) : to) - from;
            }
            case THIRTY_E_360 ->
                thirties(start, end) + Math.min(end.getDayOfMonth(), 30) - Math.min(start.getDayOfMonth(), 30);
        };
    }

    private static long thirties(LocalDate start, LocalDate end) {
        return 360L * (end.getYear() - start.getYear()) + 30L * (end.getMonthValue() - start.getMonthValue());
    }

    /** Days of leap years before a date, counted from the year 1. */
    private static long daysInLeapYearsBefore(LocalDate date) {
        long years = date.getYear() - 1L;
        long leapYears = Math.floorDiv(years, 4L) - Math.floorDiv(years, 100L) + Math.floorDiv(years, 400L);
        return 366 * leapYears + (date.isLeapYear() ? date.getDayOfYear() - 1 : 0);
    }
}
