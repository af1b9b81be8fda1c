package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.START;
import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.Compounding;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.core.terms.RateSeries;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Interest that bears interest. Hand-computed. */
class CompoundingTest {
    private static final LocalDate DAY = LocalDate.of(2021, 1, 1);

    /** 12 % a year, added daily: a day is 1 + 0.12 / 365. */
    private static final InterestTerms DAILY =
            new InterestTerms(new Rate.Annual(Fraction.percent(12)), DayCount.ACT_365F, Compounding.DAILY);

    private static final InterestTerms PER_SECOND =
            new InterestTerms(new Rate.Annual(Fraction.percent(5)), DayCount.ACT_365F, Compounding.PER_SECOND);

    /** The reference itself. */
    private static final InterestTerms FLOATING = new InterestTerms(
            new Rate.Floating("REF", BigDecimal.ZERO, BigDecimal.ZERO, null), DayCount.ACT_365F, Compounding.DAILY);

    @ParameterizedTest(name = "10,000.00 at 12 % bears {1} in {0} days")
    @CsvSource({
        "1, 3.29", // 3.28767...
        "2, 6.58", // 6.57642...
        "30, 99.10", // 10,000 x (1.000328767...^30 - 1)
        "365, 1274.75", // simple: 1,200.00
    })
    void addsInterestEveryDay(int days, String interest) {
        assertThat(atOnce(DAILY, "10000.00", days)).isEqualTo(interest);
        assertThat(dayByDay(DAILY, "10000.00", days)).isEqualTo(interest);
    }

    /** 1,000 x (e^0.05 - 1) = 51.2710..., less a hair. */
    @Test
    void addsInterestEverySecond() {
        assertThat(atOnce(PER_SECOND, "1000.00", 365)).isEqualTo("51.27");
        assertThat(dayByDay(PER_SECOND, "1000.00", 365)).isEqualTo("51.27");
    }

    /** 10,000 grows to 10,099.10...; less 5,000 that is 5,099.10, which bears 50.53 in 30 days more. */
    @Test
    void countsAPaymentFromItsValueDateWheneverItIsRead() {
        RateClock clock = RateClock.of(DAILY, Rates.NONE);
        Debt debt = Debt.none(USD).withPrincipalChanged(Money.of("10000.00", USD), clock, DAY);
        LocalDate thirty = DAY.plusDays(30);
        LocalDate sixty = DAY.plusDays(60);

        Debt posted = debt.withInterestPosted(debt.interestToPost(clock, thirty), clock, thirty);
        Debt paid = posted.withAllocated(spread(posted), clock, thirty);
        assertThat(paid.interestPosted()).isEqualTo(Money.of("99.10", USD));
        Money inTime = paid.interestPosted().plus(paid.interestToPost(clock, sixty));
        assertThat(inTime).isEqualTo(Money.of("149.63", USD));

        Debt late = debt.withInterestPosted(debt.interestToPost(clock, sixty), clock, sixty);
        Debt corrected = late.withAllocated(spread(late), clock, thirty);
        assertThat(late.interestPosted().plus(corrected.interestToPost(clock, sixty)))
                .isEqualTo(inTime);
        assertThat(corrected.principalDays()).isEqualByComparingTo(paid.principalDays());
    }

    /** 10,199.19 is paid for day 30, at which 10,099.10 was owed: 100.09 too much, 101.08 by day 60, which goes back and bears nothing then. */
    @Test
    void bearsNothingOnARefund() {
        RateClock clock = RateClock.of(DAILY, Rates.NONE);
        LocalDate sixty = DAY.plusDays(60);
        LocalDate ninety = DAY.plusDays(90);
        Debt debt = Debt.none(USD).withPrincipalChanged(Money.of("10000.00", USD), clock, DAY);
        Debt late = debt.withInterestPosted(debt.interestToPost(clock, sixty), clock, sixty);
        assertThat(late.interestPosted()).isEqualTo(Money.of("199.19", USD));
        Allocation all = Waterfall.spread(AgreementTerms.PLAIN.waterfall(), late, List.of(), Money.of("10199.19", USD));
        Debt paid = late.withAllocated(all, clock, DAY.plusDays(30));
        Debt corrected = paid.withInterestPosted(paid.interestToPost(clock, sixty), clock, sixty);
        assertThat(corrected.principal().isZero()).isTrue();
        assertThat(corrected.interest()).isEqualTo(Money.of("-101.08", USD));
        Debt refunded = corrected.withInterestRefunded(corrected.interest().negated(), Money.zero(USD), clock);
        assertThat(refunded.isClear()).isTrue();
        assertThat(refunded.interestToPost(clock, ninety).isZero()).isTrue();
    }

    /** 10 days at 10 %, 10 at 20 %: 10,000 x ((1 + 0.1/365)^10 x (1 + 0.2/365)^10 - 1) = 82.51... */
    @Test
    void growsBySeveralRatesInTurn() {
        InterestTerms stepped = new InterestTerms(
                new Rate.Stepped(
                        List.of(new Rate.Step(0, new BigDecimal("0.10")), new Rate.Step(10, new BigDecimal("0.20")))),
                DayCount.ACT_365F,
                Compounding.DAILY);
        assertThat(atOnce(stepped, "10000.00", 20)).isEqualTo("82.51");
        assertThat(dayByDay(stepped, "10000.00", 20)).isEqualTo("82.51");
        RateSeries series =
                RateSeries.EMPTY.with(DAY, new BigDecimal("0.10")).with(DAY.plusDays(10), new BigDecimal("0.20"));
        RateClock clock = RateClock.of(FLOATING, new Rates() {
            @Override
            public RateSeries series(String rateId) {
                return series;
            }
        });
        assertThat(Debt.none(USD)
                        .withPrincipalChanged(Money.of("10000.00", USD), clock, DAY)
                        .interestToPost(clock, DAY.plusDays(20)))
                .isEqualTo(Money.of("82.51", USD));
    }

    /** A loan is paid off with the cents that are posted, refunds what a late payment proves too much, and folds without the fixings. */
    @Test
    void endsAndFoldsLikeAnyLoan() {
        ProductTerms plain = LoanStory.PRODUCT;
        ProductTerms product = new ProductTerms(
                "compounding",
                1,
                USD,
                plain.collateral(),
                Fraction.percent(50),
                plain.ladder(),
                plain.liquidation(),
                FLOATING,
                ExposureBasis.OUTSTANDING,
                365);
        LoanStory story = LoanStory.secured(product, "10000.00")
                .fixed("REF", LocalDate.of(2020, 3, 1), "0.12")
                .price(START.plusSeconds(1), "10000")
                .paidOut();
        story.price(START.plus(Duration.ofDays(40)), "10000");
        story.repaid(START.plus(Duration.ofDays(40)), "5000.00"); // 10,132.35 by then: 10,000 x 1.000328767^40
        assertThat(story.loan().debt().posted()).isEqualTo(Money.of("5132.35", USD));
        story.repaid(START.plus(Duration.ofDays(30)), "5132.35"); // ten days of 3.29 ... on half of it proved too much
        Loan loan = story.loan();
        assertThat(loan.status()).isEqualTo(LoanStatus.REPAID);
        assertThat(loan.debt().interest().isZero()).isTrue();
        assertThat(story.events())
                .filteredOn(LoanEvent.InterestRefunded.class::isInstance)
                .hasSize(1);
        Loan folded = Loan.unknown("L1");
        for (LoanEvent event : story.events()) {
            folded = LoanEvolution.evolve(folded, event);
        }
        assertThat(folded.debt()).isEqualTo(loan.debt());
    }

    private static Allocation spread(Debt debt) {
        return Waterfall.spread(AgreementTerms.PLAIN.waterfall(), debt, List.of(), Money.of("5000.00", USD));
    }

    private static String atOnce(InterestTerms terms, String principal, int days) {
        RateClock clock = RateClock.of(terms, Rates.NONE);
        return Debt.none(USD)
                .withPrincipalChanged(Money.of(principal, USD), clock, DAY)
                .interestToPost(clock, DAY.plusDays(days))
                .amount()
                .toPlainString();
    }

    private static String dayByDay(InterestTerms terms, String principal, int days) {
        RateClock clock = RateClock.of(terms, Rates.NONE);
        Debt debt = Debt.none(USD).withPrincipalChanged(Money.of(principal, USD), clock, DAY);
        for (int day = 1; day <= days; day++) {
            LocalDate through = DAY.plusDays(day);
            debt = debt.withInterestPosted(debt.interestToPost(clock, through), clock, through);
        }
        return debt.interestPosted().amount().toPlainString();
    }
}
