package io.loanledger.core.loan;

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
import io.loanledger.core.terms.ScheduleTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Running agreements that change; docs/loan-rules.md, "Terms that change while a loan runs". */
class AmendmentsTest {
    private static final InterestTerms TEN = new InterestTerms(Fraction.percent(10), DayCount.ACT_365F);
    private static final InterestTerms EIGHT = new InterestTerms(Fraction.percent(8), DayCount.ACT_365F);
    private static final ProductTerms BULLET = product(1, TEN, ExposureBasis.OUTSTANDING, 365, AgreementTerms.PLAIN);
    private static final LocalDate DAY_100 = LocalDate.parse("2020-06-09");
    private static final LocalDate MATURITY = LocalDate.parse("2021-03-01");

    private static ProductTerms product(
            int version, InterestTerms interest, ExposureBasis basis, int termDays, AgreementTerms agreed) {
        ProductTerms like = LoanStory.product(interest, basis, termDays, agreed);
        return new ProductTerms(
                like.productId(),
                version,
                like.debtAsset(),
                like.collateral(),
                like.openLtv(),
                like.ladder(),
                like.liquidation(),
                interest,
                basis,
                termDays,
                null,
                agreed);
    }

    private static ProductTerms next(InterestTerms interest) {
        return product(2, interest, ExposureBasis.OUTSTANDING, 365, AgreementTerms.PLAIN);
    }

    private static LoanStory loan(ProductTerms product) {
        return LoanStory.secured(product, "10000.00").paidOut().forgetEvents();
    }

    private static Instant noon(LocalDate day) {
        return day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    }

    private static Money usd(String amount) {
        return Money.of(amount, LoanStory.USD);
    }

    private static Money posted(LoanStory story) {
        return story.loan().debt().interestPosted();
    }

    private static AgreementTerms schedule(ScheduleTerms.Kind kind, int everyMonths) {
        return AgreementTerms.PLAIN.withSchedule(
                new ScheduleTerms(kind, 0, everyMonths, List.of(), 0, Duration.ofHours(1), usd("0"), Fraction.ZERO));
    }

    @Test
    void aRolloverPostsTheOldRateThroughItsDayAndTheNewOneFromThere() {
        LoanStory story = loan(BULLET)
                .published(next(EIGHT))
                .price(noon(DAY_100), "10000")
                .amended(noon(DAY_100), next(EIGHT), null, "25.00");
        assertThat(posted(story)).isEqualTo(usd("273.97"));
        LoanEvent.LoanAmended amended = story.the(LoanEvent.LoanAmended.class);
        assertThat(amended.on()).isEqualTo(DAY_100);
        assertThat(amended.maturity()).isEqualTo(DAY_100.plusDays(365));
        assertThat(amended.evidence().holds()).isFalse();
        assertThat(story.the(LoanEvent.ChargePosted.class).amount()).isEqualTo(usd("25.00"));
        assertThat(story.loan().terms().terms().version()).isEqualTo(2);
        assertThat(story.loan().maturity()).isEqualTo(DAY_100.plusDays(365));
        LocalDate later = DAY_100.plusDays(30);
        story.price(noon(later), "10000").repaid(noon(later), "25.00");
        assertThat(posted(story))
                .as("273.97 + 65.75, not the 339.73 of the sum")
                .isEqualTo(usd("339.72"));
    }

    @Test
    void aChangeOfTheProductAloneChangesNoRunningLoan() {
        LoanStory story = loan(BULLET).published(next(EIGHT)).price(noon(DAY_100), "10000");
        story.repaid(noon(DAY_100), "1.00");
        assertThat(posted(story)).isEqualTo(usd("273.97"));
        assertThat(story.loan().terms().terms()).isEqualTo(BULLET);
    }

    /** 10,000.00 at 10 % for 100 days: 273.97 unpaid bears interest too where it compounds: 10,273.97 x (1 + 0.08/365)^30. */
    @Test
    void unpaidInterestCompoundsWhereTheNewTermsDo() {
        InterestTerms daily =
                new InterestTerms(new Rate.Annual(Fraction.percent(8)), DayCount.ACT_365F, Compounding.DAILY);
        LoanStory story = loan(BULLET)
                .published(next(daily))
                .price(noon(DAY_100), "10000")
                .amended(noon(DAY_100), next(daily), null, "0");
        assertThat(story.all(LoanEvent.ChargePosted.class)).isEmpty();
        LocalDate later = DAY_100.plusDays(30);
        story.price(noon(later), "10000").repaid(noon(later), "1.00");
        assertThat(posted(story).minus(usd("273.97"))).isEqualTo(usd("67.77"));
    }

    @Test
    void aPaymentOfBeforeTheRolloverIsValuedOnItsDay() {
        LoanStory story = loan(BULLET)
                .published(next(EIGHT))
                .price(noon(DAY_100), "10000")
                .repaid(noon(DAY_100), "A", "1000.00")
                .amended(noon(DAY_100), next(EIGHT), null, "0")
                .forgetEvents()
                .price(noon(DAY_100.plusDays(10)), "10000")
                .bounced("A", "1000.00");
        assertThat(story.the(LoanEvent.RepaymentReversed.class).valueDate()).isEqualTo(DAY_100);
        story.repaid(noon(DAY_100.minusDays(20)), "B", "1.00");
        assertThat(story.the(LoanEvent.RepaymentApplied.class).valueDate()).isEqualTo(DAY_100);
    }

    /** Equal principal of 12,000.00: 1,000.00 fell due and was paid; the 11,000.00 left become 11 of another plan. */
    @Test
    void instalmentsAreCountedOnFromTheNewPlan() {
        ProductTerms plan =
                product(1, TEN, ExposureBasis.OUTSTANDING, 365, schedule(ScheduleTerms.Kind.EQUAL_PRINCIPAL, 1));
        ProductTerms longer =
                product(2, EIGHT, ExposureBasis.OUTSTANDING, 670, schedule(ScheduleTerms.Kind.EQUAL_PRINCIPAL, 1));
        Instant due = Instant.parse("2020-04-01T12:00:00Z");
        LoanStory story =
                LoanStory.secured(plan, "12000.00").paidOut().published(longer).price(due, "10000");
        story.amended(due, longer, null, "0").refusedWith(Refusal.TERMS_MISFIT);
        Money interest = story.loan().debt().interest();
        story.repaid(due, usd("1000.00").plus(interest).amount().toPlainString())
                .amended(due, longer, null, "0");
        story.forgetEvents().price(Instant.parse("2020-05-01T12:00:00Z"), "10000");
        LoanEvent.InstalmentDue next = story.the(LoanEvent.InstalmentDue.class);
        assertThat(next.number()).isEqualTo(2);
        assertThat(next.dueOn()).isEqualTo(LocalDate.parse("2020-05-01"));
        // 670 days from 1 April 2020 end on 31 January 2022: 22 instalments of 11,000.00.
        assertThat(next.principal()).isEqualTo(usd("500.00"));
    }

    @Test
    void anExtensionMovesTheMaturityAndNothingElse() {
        ProductTerms due =
                product(1, TEN, ExposureBasis.OUTSTANDING, 365, schedule(ScheduleTerms.Kind.INTEREST_ONLY, 1));
        LoanStory story = loan(due)
                .price(noon(DAY_100), "10000")
                .forgetEvents()
                .amended(noon(DAY_100), due, MATURITY.plusMonths(2), "0");
        assertThat(story.names()).containsExactly("LoanAmended");
        assertThat(story.loan().maturity()).isEqualTo(MATURITY.plusMonths(2));
        story.forgetEvents().price(noon(MATURITY), "10000");
        assertThat(story.all(LoanEvent.InstalmentDue.class).getLast().principal())
                .as("the former maturity is no due date of principal")
                .isEqualTo(usd("0"));
        story.forgetEvents().price(noon(MATURITY.plusMonths(2)), "10000");
        assertThat(story.all(LoanEvent.InstalmentDue.class).getLast().principal())
                .isEqualTo(usd("10000.00"));
    }

    /** 10,000.00 at 10 % for two years owe 12,000.00 in all: at 1,714.28 for a coin that is 70 % and more. */
    @Test
    void anExtensionThatWouldMeetALimitIsRefused() {
        ProductTerms all = product(1, TEN, ExposureBasis.TOTAL_OBLIGATION, 365, AgreementTerms.PLAIN);
        Instant now = noon(LocalDate.parse("2020-03-02"));
        LocalDate twoYears = LocalDate.parse("2022-03-01");
        LoanStory story = loan(all).price(now, "1714.28");
        story.amended(now, all, twoYears, "0").refusedWith(Refusal.LTV_TOO_HIGH);
        story.price(now.plusSeconds(1), "1714.29").amended(now, all, twoYears, "0");
        assertThat(story.loan().maturity()).isEqualTo(twoYears);
        story.price(now.plusSeconds(2), "1714.28");
        assertThat(story.the(LoanEvent.MarginCallIssued.class).evidence().maturity())
                .isEqualTo(twoYears);
    }

    @ParameterizedTest
    @CsvSource({"2021-03-01, TERMS_MISFIT", "2021-02-28, TERMS_MISFIT", ", TERMS_MISFIT", "2121-03-01, TERMS_MISFIT"})
    void anExtensionGoesForward(LocalDate maturity, Refusal refusal) {
        loan(BULLET)
                .price(noon(DAY_100), "10000")
                .amended(noon(DAY_100), BULLET, maturity, "0")
                .refusedWith(refusal);
    }

    @Test
    void aPlanOfPrincipalIsNotExtended() {
        ProductTerms plan = product(1, TEN, ExposureBasis.OUTSTANDING, 365, schedule(ScheduleTerms.Kind.ANNUITY, 1));
        loan(plan)
                .price(noon(LoanStory.START.atOffset(ZoneOffset.UTC).toLocalDate()), "10000")
                .amended(LoanStory.START, plan, MATURITY.plusYears(1), "0")
                .refusedWith(Refusal.TERMS_MISFIT);
    }

    @Test
    void refusesWhatDoesNotFit() {
        LoanStory story = loan(BULLET).price(noon(DAY_100), "10000");
        Instant now = noon(DAY_100);
        story.amended(now, next(EIGHT), null, "0").refusedWith(Refusal.TERMS_UNKNOWN);
        story.published(product(3, EIGHT, ExposureBasis.OUTSTANDING, 365, AgreementTerms.PLAIN));
        story.amended(now, next(EIGHT), null, "0").refusedWith(Refusal.TERMS_UNKNOWN);
        ProductTerms floating = next(new InterestTerms(
                new Rate.Floating("SOFR", BigDecimal.ZERO, BigDecimal.ZERO, null),
                DayCount.ACT_360,
                Compounding.SIMPLE));
        story.published(floating).amended(now, floating, null, "0").refusedWith(Refusal.TERMS_MISFIT);
        ProductTerms open = product(2, EIGHT, ExposureBasis.OUTSTANDING, 0, AgreementTerms.PLAIN);
        story.published(open).amended(now, open, MATURITY, "0").refusedWith(Refusal.TERMS_MISFIT);
        story.published(next(EIGHT)).amended(now, next(EIGHT), DAY_100, "0").refusedWith(Refusal.TERMS_MISFIT);
        story.amended(now, next(EIGHT), null, "-1").refusedWith(Refusal.NOT_POSITIVE);
        story.amended(now, next(EIGHT), null, "0.001").refusedWith(Refusal.OVER_PRECISE);
        story.frozen(now, true).amended(now, next(EIGHT), null, "0").refusedWith(Refusal.FROZEN);
        story.frozen(now, false)
                .price(now.plusSeconds(1), "1400")
                .amended(now, next(EIGHT), null, "0")
                .refusedWith(Refusal.RELEASE_WHILE_CALLED);
        assertThat(story.loan().terms().terms()).isEqualTo(BULLET);
    }

    @Test
    void theFeeCountsInTheRatio() {
        Instant now = noon(LocalDate.parse("2020-03-01"));
        LoanStory story = loan(BULLET).published(next(EIGHT)).price(now, "1430");
        // 70 % of 14,300.00 are 10,010.00.
        story.amended(now, next(EIGHT), null, "10.00").refusedWith(Refusal.LTV_TOO_HIGH);
        story.amended(now, next(EIGHT), null, "9.99");
        assertThat(story.names()).contains("LoanAmended");
    }
}
