package io.loanledger.core.model;

import io.loanledger.core.terms.DayCount;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Day counts as the rules state them, in parts of a year; actual/actual year by year, thirties month by month on three figures. */
final class NaiveCalendar {
    private NaiveCalendar() {}

    static int yearOf(DayCount dayCount) {
        return switch (dayCount) {
            case ACT_365F -> 365;
            case ACT_360, THIRTY_360, THIRTY_E_360 -> 360;
            case ACT_ACT_ISDA -> 133_590;
        };
    }

    static long parts(DayCount dayCount, LocalDate from, LocalDate to) {
        return switch (dayCount) {
            case ACT_365F, ACT_360 -> ChronoUnit.DAYS.between(from, to);
            case ACT_ACT_ISDA -> {
                long parts = 0;
                for (int year = from.getYear(); year <= to.getYear(); year++) {
                    LocalDate first = year == from.getYear() ? from : LocalDate.of(year, 1, 1);
                    LocalDate next = year == to.getYear() ? to : LocalDate.of(year + 1, 1, 1);
                    parts += ChronoUnit.DAYS.between(first, next)
                            * (133_590 / LocalDate.ofYearDay(year, 1).lengthOfYear());
                }
                yield parts;
            }
            case THIRTY_360, THIRTY_E_360 -> {
                int day1 = from.getDayOfMonth() == 31 ? 30 : from.getDayOfMonth();
                boolean lastIsThirty = dayCount == DayCount.THIRTY_E_360 || day1 == 30;
                int day2 = to.getDayOfMonth() == 31 && lastIsThirty ? 30 : to.getDayOfMonth();
                yield (to.getYear() - from.getYear()) * 360L
                        + (to.getMonthValue() - from.getMonthValue()) * 30L
                        + (day2 - day1);
            }
        };
    }
}
