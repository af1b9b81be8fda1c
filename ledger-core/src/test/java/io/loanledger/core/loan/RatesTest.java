package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.START;
import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.Compounding;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.core.terms.RateSeries;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rates that change: by days that the terms name, and by fixings. Hand-computed. */
class RatesTest {
    private static final LocalDate DAY = LocalDate.of(2021, 1, 1);
    private static final String REFERENCE = "REF";

    private static final InterestTerms STEPPED = simple(
            new Rate.Stepped(
                    List.of(new Rate.Step(0, new BigDecimal("0.08")), new Rate.Step(180, new BigDecimal("0.10")))),
            DayCount.ACT_365F);

    /** Reference + 3 %, never under 0. */
    private static final InterestTerms FLOATING =
            simple(new Rate.Floating(REFERENCE, new BigDecimal("0.03"), BigDecimal.ZERO, null), DayCount.ACT_360);

    /** 0 %, 4 % at a utilisation of 92 %, 44 % at 100 %. */
    private static final Rate.Kinked KINKED = new Rate.Kinked(
            REFERENCE, BigDecimal.ZERO, new BigDecimal("0.04"), new BigDecimal("0.92"), new BigDecimal("0.40"));

    private RateSeries series = RateSeries.EMPTY;

    // --- the rate of a day -------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "at a utilisation of {0} the year costs {1}")
    @CsvSource({
        "-0.2, 0", // counts as 0
        "0, 0",
        "0.46, 0.02",
        "0.92, 0.04", // at the kink still the first slope
        "0.96, 0.24", // 0.04 + 0.40 x 0.04/0.08
        "1, 0.44",
        "1.5, 0.44", // counts as 1
    })
    void readsTheKinkedCurve(BigDecimal utilisation, BigDecimal rate) {
        assertThat(KINKED.at(utilisation)).isEqualByComparingTo(rate);
    }

    @ParameterizedTest(name = "reference {0}: {1}")
    @CsvSource({"0.043, 0.073", "-0.03, 0", "-0.035, 0", "0.09, 0.10", "0.07, 0.10"})
    void holdsAFloatingRateBetweenFloorAndCap(BigDecimal reference, BigDecimal rate) {
        Rate.Floating capped =
                new Rate.Floating(REFERENCE, new BigDecimal("0.03"), BigDecimal.ZERO, new BigDecimal("0.10"));
        assertThat(capped.at(reference)).isEqualByComparingTo(rate);
    }

    // --- sums --------------------------------------------------------------------------------------------------------

    /** 10,000 x (180 x 8 % + 185 x 10 %) / 365 = 10,000 x 32.9 / 365 = 901.369... */
    @Test
    void postsAStepAtOnceAndDayByDay() {
        assertThat(atOnce(STEPPED, "10000.00", 365)).isEqualTo("901.37");
        assertThat(dayByDay(STEPPED, "10000.00", 365)).isEqualTo("901.37");
        assertThat(atOnce(STEPPED, "10000.00", 180)).isEqualTo("394.52"); // 10,000 x 14.4 / 365 = 394.520...
        assertThat(atOnce(STEPPED, "10000.00", 181)).isEqualTo("397.26"); // and 10,000 x 0.10 / 365 = 2.739...
    }

    /** 1,000,000 x (10 x 7.3 % + 20 x 7.05 %) / 360 = 10,000 x 214 / 360 = 5,944.444... */
    @Test
    void postsAFloatingRateAtOnceAndDayByDay() {
        fixed(0, "0.043").fixed(10, "0.0405");
        assertThat(atOnce(FLOATING, "1000000.00", 30)).isEqualTo("5944.44");
        assertThat(dayByDay(FLOATING, "1000000.00", 30)).isEqualTo("5944.44");
        assertThat(atOnce(FLOATING, "1000000.00", 10))
                .isEqualTo("2027.78"); // the tenth day's rate is for the days after it
    }

    @Test
    void bearsNothingUnderTheFloorAndTakesTheFirstFixingForTheDaysBeforeIt() {
        fixed(5, "-0.035");
        assertThat(atOnce(FLOATING, "1000000.00", 30)).isEqualTo("0.00");
        fixed(20, "0.0060"); // 10 days of 3.6 %: 1,000.00
        assertThat(atOnce(FLOATING, "1000000.00", 30)).isEqualTo("1000.00");
    }

    /** 100,000 x 24 % / 365 = 65.753... */
    @Test
    void postsAKinkedRate() {
        fixed(0, "0.46").fixed(1, "0.96");
        InterestTerms terms = simple(KINKED, DayCount.ACT_365F);
        assertThat(atOnce(terms, "100000.00", 1)).isEqualTo("5.48"); // 100,000 x 2 % / 365 = 5.479...
        assertThat(atOnce(terms, "100000.00", 2)).isEqualTo("71.23"); // 5.479... + 65.753... = 71.232...
    }

    @Test
    void countsStepsByThirtyDaysAMonthFromTheStartOfTheLoan() {
        InterestTerms terms = simple(STEPPED.rate(), DayCount.THIRTY_360);
        // 1 January + 180 days = 30 June: 179 units at 8 %, to 1 January 181 units at 10 %: 10,000 x 32.42 / 360 =
        // 900.555...
        assertThat(atOnce(terms, "10000.00", 365)).isEqualTo("900.56");
        assertThat(dayByDay(terms, "10000.00", 365)).isEqualTo("900.56");
    }

    // --- what may stand together -------------------------------------------------------------------------------------

    @Test
    void takesNoTermsThatContradictThemselves() {
        assertThatThrownBy(() -> simple(FLOATING.rate(), DayCount.THIRTY_360))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new InterestTerms(FLOATING.rate(), DayCount.ACT_ACT_ISDA, Compounding.DAILY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> product(FLOATING, ExposureBasis.TOTAL_OBLIGATION))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate.Stepped(List.of(new Rate.Step(1, BigDecimal.ONE))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RateSeries.EMPTY.with(DAY, new BigDecimal("10.01")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RateSeries.EMPTY.with(DAY, new BigDecimal("0.0000000000001")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // --- a loan ------------------------------------------------------------------------------------------------------

    private static final LocalDate PAID_OUT = LocalDate.of(2020, 3, 1);

    @Test
    void waitsForTheFirstFixingBeforeItIsIssued() {
        LoanStory story = LoanStory.secured(product(FLOATING, ExposureBasis.OUTSTANDING), "50000.00");
        assertThat(story.loan().status()).isEqualTo(LoanStatus.REQUESTED);
        assertThat(LoanTriggers.of(story.loan(), story, START, 0).risingKey()).isEqualTo(LoanTriggers.NEVER_RISING);
        story.price(START.plusSeconds(1), "10000");
        assertThat(story.loan().status()).isEqualTo(LoanStatus.REQUESTED);
        story.fixed(REFERENCE, PAID_OUT.plusDays(3), "0.043").price(START.plusSeconds(2), "10000");
        assertThat(story.loan().status()).isEqualTo(LoanStatus.ISSUED);
    }

    @Test
    void isNotTouchedByAFixing() {
        LoanStory story = floating();
        Loan before = story.loan();
        story.fixed(REFERENCE, PAID_OUT.plusDays(10), "0.0405").price(START.plus(Duration.ofHours(1)), "10001");
        assertThat(story.loan()).isEqualTo(before);
    }

    /** 50,000 x 7.3 % x 10 / 360 = 101.388..., x 7.05 % x 10 / 360 = 97.916...; the payment is read ten days late. */
    @Test
    void correctsABackDatedPaymentByTheRatesSince() {
        LoanStory story = floating().fixed(REFERENCE, PAID_OUT.plusDays(10), "0.0405");
        story.price(START.plus(Duration.ofDays(20)), "10000");
        story.repaid(START.plus(Duration.ofDays(20)), "1000.00");
        assertThat(story.loan().debt().interestPosted()).isEqualTo(Money.of("199.31", USD)); // 199.305...
        // 199.31 went to interest, 800.69 to principal. 10,000 of it was there ten days ago: 97.916... x 10,000 /
        // 50,000 = 19.58...
        story.repaid(START.plus(Duration.ofDays(10)), "10000.00");
        assertThat(story.loan().debt().interestPosted()).isEqualTo(Money.of("179.72", USD)); // 199.305... - 19.583...
        assertThat(story.loan().debt().interest()).isEqualTo(Money.of("-19.59", USD));
    }

    @Test
    void keepsWhatItAccruedWhenAFixingComesLate() {
        LoanStory story = floating();
        story.price(START.plus(Duration.ofDays(20)), "10000");
        story.repaid(START.plus(Duration.ofDays(20)), "1.00");
        Money posted = story.loan().debt().interestPosted();
        story.fixed(REFERENCE, PAID_OUT.plusDays(10), "0.0405");
        story.price(START.plus(Duration.ofDays(30)), "10000");
        story.repaid(START.plus(Duration.ofDays(30)), "1.00");
        // ten more days of 7.05 %, and the twenty as they were: 202.777... + 97.916... = 300.694...
        assertThat(posted).isEqualTo(Money.of("202.78", USD));
        assertThat(story.loan().debt().interestPosted()).isEqualTo(Money.of("300.69", USD));
    }

    @Test
    void foldsWithoutTheFixings() {
        LoanStory story = floating().fixed(REFERENCE, PAID_OUT.plusDays(10), "0.0405");
        story.price(START.plus(Duration.ofDays(20)), "10000");
        story.repaid(START.plus(Duration.ofDays(20)), "1000.00").repaid(START.plus(Duration.ofDays(10)), "10000.00");
        Loan folded = Loan.unknown("L1");
        for (LoanEvent event : story.events()) {
            folded = LoanEvolution.evolve(folded, event);
        }
        assertThat(folded.debt()).isEqualTo(story.loan().debt());
        assertThat(story.events())
                .filteredOn(LoanEvent.RepaymentApplied.class::isInstance)
                .extracting(e -> ((LoanEvent.RepaymentApplied) e).accrual())
                .usingElementComparator(BigDecimal::compareTo)
                // both through day 20: the first accrued nothing beyond the posting before it, the second goes back ten
                // days of 7.05 %
                .containsExactly(BigDecimal.ZERO, new BigDecimal("-0.705"));
    }

    // --- keys --------------------------------------------------------------------------------------------------------

    /** 100,000 at 12.3 % (7.3 % and 5 points) for 30 days of 360: 101,025; over 70 %: 144,321.42857... */
    @Test
    void drawsTheFallingKeyFivePointsAhead() {
        LoanStory story = LoanStory.secured(product(FLOATING, ExposureBasis.OUTSTANDING), "40000.00")
                .fixed(REFERENCE, PAID_OUT, "0.043")
                .price(START.plusSeconds(1), "10000")
                .paidOut();
        // 40,000 on 10 BTC: 4,041 x 10 / 7
        assertThat(LoanTriggers.of(story.loan(), story, START, 30).fallingKey()).isEqualTo(577_285_714_286L);
        assertThat(LoanTriggers.of(story.loan(), story, START, 0).fallingKey()).isEqualTo(571_428_571_429L);
    }

    @ParameterizedTest(name = "a reference of {0} outruns the keys: {1}")
    @CsvSource({"0.043, false", "0.093, false", "0.0931, true", "-0.2, false"})
    void endsKeysOnlyWhenTheRateRisesByMoreThanFivePoints(BigDecimal next, boolean outrun) {
        fixed(0, "0.043");
        assertThat(LoanTriggers.isOutrun(FLOATING, series, next, DAY.plusDays(40)))
                .isEqualTo(outrun);
    }

    @Test
    void looksForTheLowestRateThatAKeyMayRestOn() {
        fixed(0, "0.01").fixed(10, "0.05");
        BigDecimal next = new BigDecimal("0.0999");
        assertThat(LoanTriggers.isOutrun(FLOATING, series, next, DAY.plusDays(40)))
                .isTrue(); // 31 days ago it was 1 %
        assertThat(LoanTriggers.isOutrun(FLOATING, series, next, DAY.plusDays(41)))
                .isFalse();
    }

    /** However the reference moves within what ends no keys, a key is never under the price that would call on any of its days. */
    @Test
    void neverDrawsAKeyTooLow() {
        long seed = Long.getLong("ledger.seed", 20_261_123L);
        Random random = new Random(seed);
        int fixings = 0;
        for (int run = 0; run < 200; run++) {
            LoanStory story = floating();
            int horizon = List.of(30, 7, 1, 0).get(random.nextInt(4));
            long key = LoanTriggers.of(story.loan(), story, START, horizon).fallingKey();
            for (int day = 1; day <= horizon; day++) {
                BigDecimal next = BigDecimal.valueOf(random.nextInt(-500, 1_500), 4);
                LocalDate from = PAID_OUT.plusDays(day - 1L + random.nextInt(3));
                boolean known = story.series(REFERENCE).fixedFor(from) != null;
                if (!known
                        && !from.isBefore(PAID_OUT.plusDays(day))
                        && !LoanTriggers.isOutrun(FLOATING, story.series(REFERENCE), next, PAID_OUT.plusDays(day))) {
                    story.fixed(REFERENCE, from, next.toPlainString());
                    fixings++;
                }
                Instant noon = START.plus(Duration.ofDays(day)).plus(Duration.ofHours(12));
                long today = LoanTriggers.of(story.loan(), story, noon, 0).fallingKey();
                assertThat(today).as("seed %d run %d day %d", seed, run, day).isLessThanOrEqualTo(key);
            }
        }
        assertThat(fixings).isGreaterThan(200);
    }

    private LoanStory floating() {
        return LoanStory.secured(product(FLOATING, ExposureBasis.OUTSTANDING), "50000.00")
                .fixed(REFERENCE, PAID_OUT, "0.043")
                .price(START.plusSeconds(1), "10000")
                .paidOut();
    }

    private RatesTest fixed(int day, String value) {
        series = series.with(DAY.plusDays(day), new BigDecimal(value));
        return this;
    }

    private RateClock clock(InterestTerms terms) {
        return RateClock.of(terms, new Rates() {
            @Override
            public RateSeries series(String rateId) {
                return series;
            }
        });
    }

    private String atOnce(InterestTerms terms, String principal, int days) {
        RateClock clock = clock(terms);
        return Debt.none(USD)
                .withPrincipalChanged(Money.of(principal, USD), clock, DAY)
                .interestToPost(clock, DAY.plusDays(days))
                .amount()
                .toPlainString();
    }

    private String dayByDay(InterestTerms terms, String principal, int days) {
        RateClock clock = clock(terms);
        Debt debt = Debt.none(USD).withPrincipalChanged(Money.of(principal, USD), clock, DAY);
        for (int day = 1; day <= days; day++) {
            LocalDate through = DAY.plusDays(day);
            debt = debt.withInterestPosted(debt.interestToPost(clock, through), clock, through);
        }
        return debt.interestPosted().amount().toPlainString();
    }

    private static InterestTerms simple(Rate rate, DayCount dayCount) {
        return new InterestTerms(rate, dayCount, Compounding.SIMPLE);
    }

    private static ProductTerms product(InterestTerms interest, ExposureBasis basis) {
        ProductTerms plain = LoanStory.PRODUCT;
        return new ProductTerms(
                "moving",
                1,
                USD,
                plain.collateral(),
                Fraction.percent(50),
                plain.ladder(),
                plain.liquidation(),
                interest,
                basis,
                365);
    }
}
