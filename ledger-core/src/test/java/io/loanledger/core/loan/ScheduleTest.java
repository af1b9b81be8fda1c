package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.START;
import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.Component;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.ScheduleTerms;
import io.loanledger.core.terms.ScheduleTerms.Kind;
import io.loanledger.core.terms.WaterfallTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What falls due and when, and what lateness costs. The payout's value date is 1 March 2020. */
class ScheduleTest {
    private static final InterestTerms TWELVE = new InterestTerms(Fraction.percent(12), DayCount.THIRTY_360);

    private static Money usd(String amount) {
        return Money.of(amount, USD);
    }

    private static ScheduleTerms every(Kind kind, int days, int months) {
        return new ScheduleTerms(kind, days, months, List.of(), 10, Duration.ofHours(1), usd("0"), Fraction.ZERO);
    }

    private static ScheduleTerms late(ScheduleTerms s, String fixed, Fraction rate) {
        return new ScheduleTerms(
                s.kind(), s.everyDays(), s.everyMonths(), s.custom(), s.graceDays(), s.factLag(), usd(fixed), rate);
    }

    private static ProductTerms product(InterestTerms interest, ScheduleTerms schedule) {
        return product(interest, ExposureBasis.OUTSTANDING, schedule);
    }

    private static ProductTerms product(InterestTerms interest, ExposureBasis basis, ScheduleTerms schedule) {
        WaterfallTerms waterfall = new WaterfallTerms(List.of(Component.values()), true, true);
        return LoanStory.product(
                interest,
                basis,
                365,
                AgreementTerms.PLAIN.withWaterfall(waterfall).withSchedule(schedule));
    }

    private static LoanStory loan(InterestTerms interest, ScheduleTerms schedule, String principal) {
        return LoanStory.secured(product(interest, schedule), principal)
                .paidOut()
                .forgetEvents();
    }

    private static Instant at(String time) {
        return Instant.parse(time);
    }

    private static Instant at(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(1);
    }

    @Test
    void interestFallsDueEachThirtyDaysToTheCent() {
        // 15,000.00 at 14 %, ACT/365F: 172.6027 a period, in all 172.60, 345.21, 517.81.
        LoanStory story = loan(
                new InterestTerms(Fraction.percent(14), DayCount.ACT_365F), every(Kind.INTEREST_ONLY, 30, 0), "15000");
        story.price(at("2020-06-01T00:00:00Z"), "10000");
        assertThat(story.all(LoanEvent.InstalmentDue.class))
                .containsExactly(
                        due(1, "2020-03-31", "172.60", "0"),
                        due(2, "2020-04-30", "172.61", "0"),
                        due(3, "2020-05-30", "172.60", "0"));
        assertThat(story.all(LoanEvent.InterestPosted.class)).hasSize(3);
        assertThat(story.loan().servicing().daysPastDue(LocalDate.of(2020, 6, 1)))
                .isEqualTo(62);
    }

    private static LoanEvent.InstalmentDue due(int number, String dueOn, String interest, String principal) {
        return new LoanEvent.InstalmentDue(number, LocalDate.parse(dueOn), usd(interest), usd(principal));
    }

    @Test
    void actsStrictlyAfterTheDueDateBegins() {
        LoanStory story = loan(TWELVE, every(Kind.INTEREST_ONLY, 0, 1), "12000");
        story.price(at("2020-04-01T00:00:00Z"), "10000");
        assertThat(story.names()).isEmpty();
        story.price(at("2020-04-01T00:00:00.000001Z"), "10000");
        assertThat(story.names()).containsExactly("InterestPosted", "InstalmentDue");
    }

    @Test
    void equalPrincipalIsPaidDownToNothing() {
        LoanStory story = loan(TWELVE, every(Kind.EQUAL_PRINCIPAL, 0, 1), "12000");
        Money interest = usd("0");
        for (int k = 1; k <= 12; k++) {
            story.forgetEvents();
            Instant day = at(LocalDate.of(2020, 3, 1).plusMonths(k));
            story.price(day, "10000");
            LoanEvent.InstalmentDue due = story.the(LoanEvent.InstalmentDue.class);
            // 120.00, 110.00, ... 10.00 of interest beside 1,000.00.
            assertThat(due.interest()).isEqualTo(usd((130 - 10 * k) + ".00"));
            assertThat(due.principal()).isEqualTo(usd("1000.00"));
            interest = interest.plus(due.interest());
            Money both = due.interest().plus(due.principal());
            story.repaid(day, both.amount().toPlainString());
            assertThat(story.loan().servicing().daysPastDue(LocalDate.MAX)).isZero();
        }
        assertThat(interest).isEqualTo(usd("780.00"));
        assertThat(story.names()).contains("LoanRepaid");
    }

    private static Agreement agreement(ProductTerms terms) {
        return new Agreement(
                terms, usd("12000.00"), terms.collateral().getFirst().asset());
    }

    @Test
    void aLevelIsTheLeastThatTheLastInstalmentDoesNotPass() {
        InstalmentPlan plan =
                InstalmentPlan.of(agreement(product(TWELVE, every(Kind.ANNUITY, 0, 1))), LocalDate.of(2020, 3, 1));
        assertThat(plan.principal().subList(0, 3)).containsExactly(usd("946.19"), usd("955.65"), usd("965.21"));
        // The last: 1,055.58 and interest of 10.55.
        assertThat(plan.principal()).hasSize(12).endsWith(usd("1055.58"));
        assertThat(plan.principal().stream().reduce(usd("0"), Money::plus)).isEqualTo(usd("12000.00"));
    }

    @Test
    void everyInstalmentOfAnAnnuityIsTheLevel() {
        LoanStory story = loan(TWELVE, every(Kind.ANNUITY, 0, 1), "12000");
        Money interest = usd("0");
        for (int k = 1; k <= 12; k++) {
            story.forgetEvents();
            Instant day = at(LocalDate.of(2020, 3, 1).plusMonths(k));
            story.price(day, "10000");
            LoanEvent.InstalmentDue due = story.the(LoanEvent.InstalmentDue.class);
            Money both = due.interest().plus(due.principal());
            assertThat(both).as("instalment %d", k).isEqualTo(usd(k < 12 ? "1066.19" : "1066.13"));
            interest = interest.plus(due.interest());
            story.repaid(day, both.amount().toPlainString());
        }
        assertThat(interest).isEqualTo(usd("794.22"));
        assertThat(story.names()).contains("LoanRepaid");
    }

    @ParameterizedTest
    @CsvSource({"1, 2021-02-28", "2, 2021-03-31", "3, 2021-04-30", "11, 2021-12-31", "12, 2022-01-31", "13, 2022-01-31"
    })
    void monthsCountFromThePayoutItself(int number, LocalDate dueOn) {
        assertThat(InstalmentPlan.dueOn(
                        agreement(product(TWELVE, every(Kind.INTEREST_ONLY, 0, 1))), LocalDate.of(2021, 1, 31), number))
                .isEqualTo(dueOn);
    }

    @Test
    void aCustomPlanFallsDueAsItIsListed() {
        ScheduleTerms custom = new ScheduleTerms(
                Kind.CUSTOM,
                0,
                0,
                List.of(
                        new ScheduleTerms.Planned(31, Fraction.of(1, 3)),
                        new ScheduleTerms.Planned(100, Fraction.of(1, 6))),
                0,
                Duration.ZERO,
                usd("0"),
                Fraction.ZERO);
        LoanStory story = loan(new InterestTerms(Fraction.ZERO, DayCount.ACT_365F), custom, "10000");
        story.price(at("2021-03-02T00:00:00Z"), "10000");
        assertThat(story.all(LoanEvent.InstalmentDue.class))
                .containsExactly(
                        due(1, "2020-04-01", "0", "3333.33"),
                        due(2, "2020-06-09", "0", "1666.66"),
                        due(3, "2021-03-01", "0", "5000.01"));
    }

    @Test
    void aBulletFallsDueOnceWithItsInterest() {
        LoanStory story = loan(TWELVE, every(Kind.BULLET, 0, 0), "10000");
        story.price(at("2021-03-01T00:00:01Z"), "10000");
        assertThat(story.all(LoanEvent.InstalmentDue.class))
                .containsExactly(due(1, "2021-03-01", "1200.00", "10000.00"));
        assertThat(LoanTriggers.of(story.loan(), story.taskTime(), 0).decideAt())
                .as("the own posting day goes on")
                .isNotNull();
        story.price(at("2021-06-01T00:00:01Z"), "10000");
        assertThat(story.all(LoanEvent.InstalmentDue.class)).hasSize(1);
    }

    @Test
    void aPrepaymentShortensThePlanFromItsEnd() {
        LoanStory story = loan(TWELVE, every(Kind.EQUAL_PRINCIPAL, 0, 1), "12000");
        story.repaid(START, "10500.00");
        story.price(at("2020-06-01T00:00:01Z"), "10000");
        // 15.00 a month on the 1,500.00 left; nothing is left to fall due of principal in the third.
        assertThat(story.all(LoanEvent.InstalmentDue.class))
                .containsExactly(
                        due(1, "2020-04-01", "15.00", "1000.00"),
                        due(2, "2020-05-01", "15.00", "500.00"),
                        due(3, "2020-06-01", "15.00", "0"));
    }

    @Test
    void lateCostsOnceAfterGraceAndLag() {
        ScheduleTerms terms = late(every(Kind.INTEREST_ONLY, 0, 1), "25.00", Fraction.percent(5));
        LoanStory story = loan(TWELVE, terms, "12000").price(at("2020-04-01T00:00:01Z"), "10000");
        story.forgetEvents();
        // Due 1 April, 10 days of grace: late from the 12th, 00:00Z, and read an hour later.
        story.price(at("2020-04-12T01:00:00Z"), "10000");
        assertThat(story.names()).isEmpty();
        story.price(at("2020-04-12T01:00:00.000001Z"), "10000");
        // 25.00 + 5 % of 120.00.
        assertThat(story.the(LoanEvent.ChargePosted.class))
                .isEqualTo(new LoanEvent.ChargePosted(ChargeKind.LATE, usd("31.00"), 1, ""));
        story.price(at("2020-04-30T00:00:00Z"), "10000");
        assertThat(story.all(LoanEvent.ChargePosted.class)).hasSize(1);
        story.repaid(story.taskTime(), "32.00");
        assertThat(story.the(LoanEvent.RepaymentApplied.class).allocation().parts())
                .containsExactly(new Part(1, usd("31.00"), usd("1.00"), usd("0.00")));
    }

    @Test
    void takesDueDatesAndEndsOfGraceInTheOrderOfTheirMoments() {
        ScheduleTerms terms = late(every(Kind.INTEREST_ONLY, 0, 1), "25.00", Fraction.ZERO);
        LoanStory story = loan(TWELVE, terms, "12000").price(at("2020-05-12T01:00:01Z"), "10000");
        assertThat(story.names())
                .containsExactly(
                        "InterestPosted",
                        "InstalmentDue",
                        "ChargePosted",
                        "InterestPosted",
                        "InstalmentDue",
                        "ChargePosted");
    }

    @Test
    void atOneMomentFallsDueFirst() {
        // 29 days of grace after 1 April: late from 1 May, 00:00Z, when the second instalment falls due.
        ScheduleTerms terms =
                new ScheduleTerms(Kind.INTEREST_ONLY, 0, 1, List.of(), 29, Duration.ZERO, usd("25.00"), Fraction.ZERO);
        LoanStory story = loan(TWELVE, terms, "12000").price(at("2020-05-01T00:00:00.000001Z"), "10000");
        assertThat(story.names())
                .containsExactly("InterestPosted", "InstalmentDue", "InterestPosted", "InstalmentDue", "ChargePosted");
    }

    @Test
    void aCallExpiresBeforeAnythingFallsDue() {
        LoanStory story = loan(TWELVE, every(Kind.INTEREST_ONLY, 0, 1), "12000")
                .price(at("2020-03-31T12:00:00Z"), "1650")
                .price(at("2020-04-01T13:00:01Z"), "1650");
        assertThat(story.names())
                .containsExactly(
                        "MarginCallIssued",
                        "MarginCallExpired",
                        "LiquidationRequested",
                        "InterestPosted",
                        "InstalmentDue");
    }

    @Test
    void aPaymentInTheGraceThatIsReadInTheLagCostsNothing() {
        ScheduleTerms terms = late(every(Kind.INTEREST_ONLY, 0, 1), "25.00", Fraction.ZERO);
        LoanStory story = loan(TWELVE, terms, "12000").price(at("2020-04-12T00:30:00Z"), "10000");
        story.repaid(at("2020-04-11T12:00:00Z"), "120.00").price(at("2020-04-29T00:00:00Z"), "10000");
        assertThat(story.all(LoanEvent.ChargePosted.class)).isEmpty();
        LoanStory other = loan(TWELVE, terms, "12000").price(at("2020-04-12T02:00:00Z"), "10000");
        other.repaid(at("2020-04-11T12:00:00Z"), "120.00");
        assertThat(other.the(LoanEvent.ChargePosted.class).amount()).isEqualTo(usd("25.00"));
        assertThat(other.charged(ChargeKind.FEE, "-25.00").loan().debt().fees()).isEqualTo(usd("0.00"));
    }

    @Test
    void aBouncedPaymentMakesItsInstalmentLateAgain() {
        ScheduleTerms terms = late(every(Kind.INTEREST_ONLY, 0, 1), "25.00", Fraction.ZERO);
        LoanStory story = loan(TWELVE, terms, "12000").price(at("2020-04-02T00:00:00Z"), "10000");
        story.repaid(at("2020-04-02T00:00:00Z"), "A", "120.00").price(at("2020-04-20T00:00:00Z"), "10000");
        assertThat(story.all(LoanEvent.ChargePosted.class)).isEmpty();
        story.bounced("A", "120.00").price(at("2020-04-20T00:00:01Z"), "10000");
        assertThat(story.the(LoanEvent.ChargePosted.class).bucket()).isEqualTo(1);
        assertThat(story.loan().servicing().dues())
                .containsExactly(new Due(1, LocalDate.of(2020, 4, 1), usd("25.00"), usd("120.00"), usd("0.00"), true));
    }

    @Test
    void lessInterestThanWasBilledIsLessDue() {
        LoanStory story = loan(TWELVE, every(Kind.INTEREST_ONLY, 0, 1), "12000")
                .price(at("2020-04-01T00:00:01Z"), "10000")
                // 6,000.00 had come on 16 March: of 120.00 only 90.00 are owed (15 of 30 days on half).
                .repaid(at("2020-03-16T12:00:00Z"), "6120.00");
        assertThat(story.loan().debt().interest()).isEqualTo(usd("-30.00"));
        assertThat(story.loan().servicing().dues().getFirst().interest()).isEqualTo(usd("0.00"));
        LoanStory early = loan(TWELVE, every(Kind.INTEREST_ONLY, 0, 1), "12000");
        early.price(at("2020-04-01T00:00:01Z"), "10000").payoutReturned(at("2020-03-16T12:00:00Z"), "6000.00");
        assertThat(early.loan().debt().interest()).isEqualTo(usd("90.00"));
        assertThat(early.loan().servicing().dues().getFirst().interest()).isEqualTo(usd("90.00"));
    }

    @Test
    void countsTheInterestOfItsPlanInATotalObligation() {
        LoanStory story = LoanStory.secured(
                product(TWELVE, ExposureBasis.TOTAL_OBLIGATION, every(Kind.EQUAL_PRINCIPAL, 0, 1)), "12000");
        // 12,780.00 are half of 25,560.00: 10 BTC at 2,556.
        assertThat(LoanToValue.ofPrincipal(story.loan(), LoanStory.quote(story.loan(), "2556"))
                        .isAtOrUnder(Fraction.percent(50)))
                .isTrue();
        assertThat(LoanToValue.ofPrincipal(story.loan(), LoanStory.quote(story.loan(), "2555.999"))
                        .isAtOrUnder(Fraction.percent(50)))
                .isFalse();
        story.paidOut();
        // Unpaid on 2 April: 120.00 and 4.00 have accrued, 116.00 come until 1 May on all of it, then as planned 100 +
        // 90 + ... + 10.
        LoanToValue ltv = LoanToValue.of(story.loan(), LoanStory.quote(story.loan(), "1000"), LocalDate.of(2020, 4, 2));
        assertThat(ltv.numerator())
                .isEqualByComparingTo(usd("12790.00").amount().multiply(new BigDecimal(ltv.factor())));
        assertThat(Exposure.holdsThrough(story.loan(), LocalDate.of(2020, 4, 2)))
                .isEqualTo(LocalDate.of(2020, 4, 30));
        assertThat(Exposure.holdsThrough(story.loan(), LocalDate.of(2022, 1, 1)))
                .as("after the maturity every day adds interest")
                .isEqualTo(LocalDate.of(2022, 1, 1));
    }

    @Test
    void refusesTermsThatNoScheduleHas() {
        assertThatThrownBy(() -> every(Kind.BULLET, 30, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> every(Kind.ANNUITY, 30, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> every(Kind.ANNUITY, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> every(Kind.CUSTOM, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LoanStory.product(
                        TWELVE,
                        ExposureBasis.OUTSTANDING,
                        0,
                        AgreementTerms.PLAIN.withSchedule(every(Kind.BULLET, 0, 0))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
