package io.loanledger.core.terms;

import static io.loanledger.core.terms.DayCount.ACT_360;
import static io.loanledger.core.terms.DayCount.ACT_365F;
import static io.loanledger.core.terms.DayCount.ACT_ACT_ISDA;
import static io.loanledger.core.terms.DayCount.THIRTY_360;
import static io.loanledger.core.terms.DayCount.THIRTY_E_360;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Section 4.16 of the 2006 ISDA Definitions, on dates where the conventions part. */
class DayCountTest {

    @ParameterizedTest(name = "{0} to {1}: {2} days, {3} of 30/360, {4} of 30E/360")
    @CsvSource({
        // plain months
        "2007-01-15, 2007-01-30, 15, 15, 15",
        "2007-01-15, 2007-02-15, 31, 30, 30",
        "2007-01-15, 2007-07-15, 181, 180, 180",
        // an end on the 31st counts under 30/360 unless the start is the 30th or 31st
        "2007-01-15, 2007-01-31, 16, 16, 15",
        "2007-09-30, 2008-03-31, 183, 180, 180",
        "2007-09-30, 2007-10-31, 31, 30, 30",
        "2007-08-31, 2007-10-31, 61, 60, 60",
        "2007-09-30, 2008-09-30, 366, 360, 360",
        // a start on the 31st
        "2007-10-31, 2007-11-28, 28, 28, 28",
        "2006-08-31, 2007-02-28, 181, 178, 178",
        "2007-08-31, 2008-02-29, 182, 179, 179",
        // the end of February is no month's end
        "2007-02-14, 2007-02-28, 14, 14, 14",
        "2007-02-28, 2007-03-05, 5, 7, 7",
        "2007-02-28, 2007-03-31, 31, 33, 32",
        "2007-02-28, 2007-08-31, 184, 183, 182",
        "2008-02-29, 2008-03-31, 31, 32, 31",
        "2008-02-29, 2008-08-31, 184, 182, 181",
        "2008-02-29, 2009-02-28, 365, 359, 359",
        "2007-02-26, 2008-02-29, 368, 363, 363",
    })
    void countsDaysAndThirties(LocalDate start, LocalDate end, long days, long bond, long euro) {
        assertThat(ACT_365F.unitsBetween(start, end)).isEqualTo(days);
        assertThat(ACT_360.unitsBetween(start, end)).isEqualTo(days);
        assertThat(THIRTY_360.unitsBetween(start, end)).isEqualTo(bond);
        assertThat(THIRTY_E_360.unitsBetween(start, end)).isEqualTo(euro);
    }

    @ParameterizedTest(name = "{0} to {1}: {2}/366 + {3}/365")
    @CsvSource({
        // ISDA's own comparison of 1999: 10,000 at 10 % bear 497.72 = 1,000 x (61/365 + 121/366)
        "2003-11-01, 2004-05-01, 121, 61",
        "1999-02-01, 1999-07-01, 0, 150",
        "1999-07-01, 2000-07-01, 182, 184",
        "2002-08-15, 2003-07-15, 0, 334",
        // 1900 is no leap year, 2000 is one
        "1899-12-31, 1901-01-01, 0, 366",
        "1999-12-31, 2001-01-01, 366, 1",
        "2020-02-28, 2020-03-01, 2, 0",
        "2019-12-31, 2020-01-01, 0, 1",
        "2020-12-31, 2021-01-01, 1, 0",
    })
    void weighsEachDayByTheLengthOfItsYear(LocalDate start, LocalDate end, long inLeapYears, long inOthers) {
        assertThat(ACT_ACT_ISDA.unitsInYear()).isEqualTo(365 * 366);
        assertThat(ACT_ACT_ISDA.unitsBetween(start, end)).isEqualTo(inLeapYears * 365 + inOthers * 366);
    }

    @ParameterizedTest
    @EnumSource(DayCount.class)
    void neverFallsFromOneDayToTheNextAndIsNothingOnTheFirst(DayCount dayCount) {
        long seed = Long.getLong("ledger.seed", 20_261_122L);
        Random random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            LocalDate start = LocalDate.of(1995, 1, 1).plusDays(random.nextInt(20_000));
            long former = 0;
            assertThat(dayCount.unitsBetween(start, start)).as("%s", start).isZero();
            for (int day = 1; day <= 800; day++) {
                long units = dayCount.unitsBetween(start, start.plusDays(day));
                assertThat(units)
                        .as("seed %d, from %s, day %d", seed, start, day)
                        .isGreaterThanOrEqualTo(former);
                former = units;
            }
        }
    }

    /** Why a debt counts from its start only: 15 January to 31 January is 16, on to 1 February 1, and both together are 16. */
    @Test
    void isNotAdditiveOverThirtyFirsts() {
        LocalDate fifteenth = LocalDate.of(2021, 1, 15);
        LocalDate last = LocalDate.of(2021, 1, 31);
        LocalDate next = LocalDate.of(2021, 2, 1);
        assertThat(THIRTY_360.unitsBetween(fifteenth, last)).isEqualTo(16);
        assertThat(THIRTY_360.unitsBetween(last, next)).isEqualTo(1);
        assertThat(THIRTY_360.unitsBetween(fifteenth, next)).isEqualTo(16);
    }
}
