package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.InterestTerms;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Invariant InterestDeterminism: f(t0, t2) = f(t0, t1) then f(t1, t2), to the cent. */
class InterestTest {
    private static final LocalDate START = LocalDate.of(2020, 1, 1);
    private static final List<DayCount> DAY_COUNTS = List.of(DayCount.values());

    @ParameterizedTest(name = "{0} at {1}/10000 over {2} days is {3}")
    @CsvSource({
        // principal, rate in 1/10000, days, hand-computed principal x rate x days / 365
        "365.00, 150, 365, 5.48", // 5.475 -> half-even 5.48
        "365.00, 150, 1, 0.02", // 0.015 -> half-even 0.02
        "365.00, 150, 3, 0.04", // 0.045 -> half-even 0.04
        "1000.00, 500, 365, 50.00",
        "1000.00, 500, 366, 50.14", // a leap year has a day more under ACT/365F: 50.1369...
        "150000.00, 1400, 30, 1726.03", // 1,726.027...
    })
    void postsActualDaysOver365(String principal, long rate, int days, String interest) {
        Debt debt = disbursed(principal);
        assertThat(debt.interestToPost(actual365(Fraction.of(rate, 10_000)), START.plusDays(days)))
                .isEqualTo(Money.of(interest, USD));
    }

    @ParameterizedTest(name = "1,000 at 5 % from {1} to {2} by {0}: {3}")
    @CsvSource({
        "ACT_365F, 2021-01-01, 2022-01-01, 50.00",
        "ACT_360, 2021-01-01, 2022-01-01, 50.69", // 50 x 365/360 = 50.6944...
        "ACT_ACT_ISDA, 2021-01-01, 2022-01-01, 50.00",
        "THIRTY_360, 2021-01-01, 2022-01-01, 50.00",
        "THIRTY_E_360, 2021-01-01, 2022-01-01, 50.00",
        // a leap year
        "ACT_365F, 2020-01-01, 2021-01-01, 50.14", // 50 x 366/365 = 50.1369...
        "ACT_360, 2020-01-01, 2021-01-01, 50.83", // 50 x 366/360 = 50.8333...
        "ACT_ACT_ISDA, 2020-01-01, 2021-01-01, 50.00",
        "THIRTY_360, 2020-01-01, 2021-01-01, 50.00",
        // half in a leap year: 50 x (184/365 + 182/366) = 50.0688...
        "ACT_ACT_ISDA, 2019-07-01, 2020-07-01, 50.07",
        // 31 January bears a day by 30/360 from the 15th and none from the 30th: 50 x 16/360, 50 x 0/360
        "THIRTY_360, 2021-01-15, 2021-01-31, 2.22",
        "THIRTY_360, 2021-01-30, 2021-01-31, 0.00",
        "THIRTY_E_360, 2021-01-15, 2021-01-31, 2.08", // 50 x 15/360
        "THIRTY_360, 2020-02-29, 2020-03-31, 4.44", // 50 x 32/360
        "THIRTY_E_360, 2020-02-29, 2020-03-31, 4.31", // 50 x 31/360
    })
    void postsByTheDayCountOfItsTermsAtOnceAndDayByDay(
            DayCount dayCount, LocalDate start, LocalDate end, String interest) {
        RateClock clock = clock(Fraction.percent(5), dayCount);
        Debt debt = Debt.none(USD).withPrincipalChanged(Money.of("1000.00", USD), clock, start);
        assertThat(debt.interestToPost(clock, end)).isEqualTo(Money.of(interest, USD));
        Debt daily = debt;
        for (LocalDate day = start; !day.isAfter(end); day = day.plusDays(1)) {
            daily = daily.withInterestPosted(daily.interestToPost(clock, day), clock, day);
        }
        assertThat(daily.interestPosted()).isEqualTo(Money.of(interest, USD));
    }

    @Test
    void postsTheSameCentsDayByDayAndAtOnce() {
        RateClock rate = actual365(Fraction.of(15, 1000));
        Debt daily = disbursed("365.00");
        for (int day = 1; day <= 365; day++) {
            daily = daily.withInterestPosted(
                    daily.interestToPost(rate, START.plusDays(day)), rate, START.plusDays(day));
        }
        assertThat(daily.interestPosted()).isEqualTo(Money.of("5.48", USD));
    }

    @Test
    void postsTheSameCentsForAnySplitOfAPeriodAndAnyOrderOfValueDates() {
        long seed = Long.getLong("ledger.seed", 20_261_122L);
        Random random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            DayCount dayCount = DAY_COUNTS.get(random.nextInt(DAY_COUNTS.size()));
            RateClock rate = clock(Fraction.of(random.nextInt(5000), 10_000), dayCount);
            LocalDate start = LocalDate.of(2019 + random.nextInt(3), 1, 1).plusDays(random.nextInt(365));
            Money principal = new Money(BigDecimal.valueOf(100_000 + random.nextInt(100_000_000), 2), USD);
            int days = 2 + random.nextInt(800);
            int paidOn = 1 + random.nextInt(days - 1);
            Money paid =
                    Money.roundedDown(principal.amount().multiply(BigDecimal.valueOf(random.nextInt(100), 2)), USD);
            LocalDate end = start.plusDays(days);
            Debt inTime = Debt.none(USD)
                    .withPrincipalChanged(principal, rate, start)
                    .withPrincipalChanged(paid.negated(), rate, start.plusDays(paidOn));
            Debt late = Debt.none(USD).withPrincipalChanged(principal, rate, start);
            for (int day = random.nextInt(9) + 1; day < days; day += 1 + random.nextInt(60)) {
                late = late.withInterestPosted(
                        late.interestToPost(rate, start.plusDays(day)), rate, start.plusDays(day));
            }
            late = late.withPrincipalChanged(paid.negated(), rate, start.plusDays(paidOn));
            Money atOnce = inTime.interestToPost(rate, end);
            Money split = late.interestPosted().plus(late.interestToPost(rate, end));
            assertThat(split).as("seed %d run %d", seed, run).isEqualTo(atOnce);
        }
    }

    private static RateClock actual365(Fraction annualRate) {
        return clock(annualRate, DayCount.ACT_365F);
    }

    private static RateClock clock(Fraction annualRate, DayCount dayCount) {
        return RateClock.of(new InterestTerms(annualRate, dayCount), Rates.NONE);
    }

    private static Debt disbursed(String principal) {
        return Debt.none(USD).withPrincipalChanged(Money.of(principal, USD), actual365(Fraction.ZERO), START);
    }
}
