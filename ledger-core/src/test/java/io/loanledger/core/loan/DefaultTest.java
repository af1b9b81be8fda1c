package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.Component;
import io.loanledger.core.terms.Compounding;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.DefaultTerms;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * When a loan is in default, what its days cost, and how it ends. 10,000.00 on 10 BTC, paid out on 1 March 2020; instalments of interest each 30
 * days, a grace of 10, a default after 30, a fact lag of one hour.
 */
class DefaultTest {
    private static final InterestTerms TWELVE = new InterestTerms(Fraction.percent(12), DayCount.ACT_365F);
    private static final InterestTerms NONE = new InterestTerms(Fraction.ZERO, DayCount.ACT_365F);
    private static final LocalDate DAY = LocalDate.of(2020, 4, 1);

    private static Money usd(String amount) {
        return Money.of(amount, USD);
    }

    private static DefaultTerms terms(String margin, boolean accelerates, boolean cross) {
        return new DefaultTerms(30, new BigDecimal(margin), accelerates, false, cross);
    }

    private static final DefaultTerms ACCELERATES = terms("0", true, false);

    private static ScheduleTerms schedule() {
        return new ScheduleTerms(
                Kind.INTEREST_ONLY, 30, 0, List.of(), 10, Duration.ofHours(1), usd("0"), Fraction.ZERO);
    }

    private static ProductTerms product(InterestTerms interest, DefaultTerms onDefault, Component... first) {
        List<Component> order = new java.util.ArrayList<>(List.of(first));
        for (Component component : Component.values()) {
            if (!order.contains(component)) {
                order.add(component);
            }
        }
        return LoanStory.product(
                interest,
                ExposureBasis.OUTSTANDING,
                365,
                AgreementTerms.PLAIN
                        .withWaterfall(new WaterfallTerms(order, false, false))
                        .withSchedule(schedule())
                        .withDefault(onDefault));
    }

    private static LoanStory loan(ProductTerms product) {
        return LoanStory.secured(product, "10000").paidOut().forgetEvents();
    }

    private static Instant at(String time) {
        return Instant.parse(time);
    }

    private static Instant at(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(1);
    }

    private static LoanStory declared(LoanStory story) {
        return story.tell(new LoanInput.DefaultDeclared(story.head(story.taskTime()), "insolvent"));
    }

    private static LoanStory waived(LoanStory story) {
        return story.tell(new LoanInput.DefaultWaived(story.head(story.taskTime()), "agreed"));
    }

    // --- when --------------------------------------------------------------------------------------------------------

    @Test
    void comesStrictlyAfterTheDaysAndTheFactLag() {
        LoanStory story = loan(product(TWELVE, terms("0", false, false)));
        story.price(at("2020-05-01T01:00:00Z"), "10000");
        assertThat(story.all(LoanEvent.LoanDefaulted.class)).isEmpty();
        story.price(at("2020-05-01T01:00:00.000001Z"), "10000");
        assertThat(story.the(LoanEvent.LoanDefaulted.class))
                .isEqualTo(new LoanEvent.LoanDefaulted(
                        DefaultReason.PAYMENT_DEFAULT, LocalDate.of(2020, 5, 1), "", usd("0"), usd("0")));
        assertThat(story.loan().servicing().isAccelerated()).isFalse();
        assertThat(story.loan().status()).isEqualTo(LoanStatus.ACTIVE);
    }

    @Test
    void doesNotComeToWhoPaysInTheLag() {
        LoanStory story = loan(product(TWELVE, terms("0", false, false)));
        story.price(at("2020-05-01T00:30:00Z"), "10000");
        story.repaid(at("2020-04-30T23:00:00Z"), "98.63");
        story.price(at("2020-05-02T00:00:00Z"), "10000");
        assertThat(story.all(LoanEvent.LoanDefaulted.class)).isEmpty();
    }

    @Test
    void atTheMaturityIsOfItsOwnReason() {
        LoanStory story = loan(product(NONE, terms("0", false, false)));
        // Due on 1 March 2021, without anything before as there is no interest.
        story.price(at("2021-04-01T01:00:00Z"), "10000");
        assertThat(story.all(LoanEvent.LoanDefaulted.class)).isEmpty();
        story.price(at("2021-04-01T01:00:01Z"), "10000");
        assertThat(story.the(LoanEvent.LoanDefaulted.class).reason()).isEqualTo(DefaultReason.MATURITY);
    }

    @Test
    void aPaymentThatBouncedBringsItBack() {
        LoanStory story = loan(product(TWELVE, terms("0", false, false)));
        story.price(at("2020-04-02T00:00:00Z"), "10000").repaid(at("2020-04-01T00:00:00Z"), "p", "98.63");
        story.price(at("2020-05-10T00:00:00Z"), "10000");
        assertThat(story.all(LoanEvent.LoanDefaulted.class)).isEmpty();
        story.bounced("p", "98.63").price(at("2020-05-10T00:00:01Z"), "10000");
        // Interest had been posted through 30 April by then, and the instant of the default is of 1 May.
        assertThat(story.the(LoanEvent.LoanDefaulted.class).since()).isEqualTo(LocalDate.of(2020, 5, 1));
    }

    /** 4,000.00 paid before they were due, 6,000.00 on the maturity; then the first payment bounces: what is back lies in no instalment. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void principalThatIsBackAfterTheLastInstalmentIsUnpaidOfThat(boolean accelerates) {
        LoanStory story = loan(product(NONE, terms("0", accelerates, false), Component.PRINCIPAL));
        story.price(at(DAY), "10000").repaid(at(DAY), "p", "4000.00");
        story.price(at("2021-03-01T12:00:00Z"), "10000").charged(ChargeKind.FEE, "5.00");
        story.repaid(at("2021-03-01T00:00:00Z"), "6000.00").price(at("2021-05-01T00:00:00Z"), "10000");
        assertThat(story.all(LoanEvent.LoanDefaulted.class)).isEmpty();
        story.bounced("p", "4000.00").price(at("2021-05-01T00:00:01Z"), "10000");
        assertThat(story.the(LoanEvent.LoanDefaulted.class))
                .isEqualTo(new LoanEvent.LoanDefaulted(
                        DefaultReason.MATURITY,
                        LocalDate.of(2021, 4, 1),
                        "",
                        usd("0"),
                        usd(accelerates ? "4000.00" : "0")));
        story.repaid(story.taskTime(), "3999.99");
        assertThat(story.all(LoanEvent.DefaultEnded.class))
                .as("a cent is unpaid")
                .isEmpty();
        story.repaid(story.taskTime(), "0.01");
        assertThat(story.the(LoanEvent.DefaultEnded.class).waived()).isFalse();
        assertThat(story.loan().debt().fees()).isEqualTo(usd("5.00"));
    }

    @Test
    void principalThatIsBackWhileAllIsDueIsDueToo() {
        LoanStory story = loan(product(TWELVE, ACCELERATES, Component.PRINCIPAL));
        story.price(at("2020-03-02T00:00:00Z"), "10000").repaid(at("2020-03-02T00:00:00Z"), "p", "4000.00");
        story.price(at("2020-05-02T00:00:00Z"), "10000");
        assertThat(story.the(LoanEvent.LoanDefaulted.class).principal()).isEqualTo(usd("6000.00"));
        Money due = story.loan().servicing().sum(USD, Due::overdue);
        story.bounced("p", "4000.00").repaid(story.taskTime(), due.amount().toPlainString());
        assertThat(story.loan().servicing().sum(USD, Due::overdue).isZero()).isTrue();
        assertThat(story.all(LoanEvent.DefaultEnded.class)).isEmpty();
        story.repaid(story.taskTime(), "4000.00");
        assertThat(story.the(LoanEvent.DefaultEnded.class).reason()).isEqualTo(DefaultReason.PAYMENT_DEFAULT);
    }

    // --- acceleration ------------------------------------------------------------------------------------------------

    @Test
    void makesAllFallDueAsOneBucket() {
        LoanStory story = loan(product(TWELVE, ACCELERATES));
        story.price(at("2020-05-02T00:00:00Z"), "10000");
        // 98.63 on 31 March, 98.63 on 30 April; 61 days are 200.55, so that 3.29 of interest are not due by themselves.
        assertThat(story.the(LoanEvent.LoanDefaulted.class))
                .isEqualTo(new LoanEvent.LoanDefaulted(
                        DefaultReason.PAYMENT_DEFAULT, LocalDate.of(2020, 5, 1), "", usd("3.29"), usd("10000.00")));
        story.price(at("2020-07-01T00:00:00Z"), "10000");
        assertThat(story.all(LoanEvent.InstalmentDue.class))
                .as("nothing falls due beside it")
                .hasSize(2);
        assertThat(story.loan().servicing().daysPastDue(LocalDate.of(2020, 6, 1)))
                .isEqualTo(62);
        assertThat(story.all(LoanEvent.InterestPosted.class))
                .as("the loan's own posting day posts what no due date does")
                .hasSizeGreaterThan(3);
    }

    @Test
    void isOverWhenAllOfItIsPaid() {
        LoanStory story = loan(product(TWELVE, ACCELERATES)).price(at("2020-05-02T00:00:00Z"), "10000");
        // Interest through 2 May: 203.84, of which 200.55 is due.
        story.repaid(at("2020-05-02T00:00:00Z"), "10200.54");
        assertThat(story.all(LoanEvent.DefaultEnded.class))
                .as("a cent of principal is due")
                .isEmpty();
        story.repaid(at("2020-05-02T00:00:00Z"), "0.01");
        assertThat(story.the(LoanEvent.DefaultEnded.class))
                .isEqualTo(
                        new LoanEvent.DefaultEnded(DefaultReason.PAYMENT_DEFAULT, false, LocalDate.of(2020, 5, 2), ""));
        assertThat(story.loan().debt().interest()).as("not due").isEqualTo(usd("3.29"));
        assertThat(story.loan().servicing().dues()).extracting(Due::number).containsExactly(1, 2);
    }

    @Test
    void theArrearsAloneDoNotEndItOnItsFirstDay() {
        LoanStory story = loan(product(TWELVE, ACCELERATES)).price(at("2020-05-01T02:00:00Z"), "10000");
        story.repaid(at("2020-05-01T02:00:00Z"), "197.26");
        assertThat(story.loan().servicing().isInDefault()).isTrue();
    }

    @Test
    void withoutAccelerationTheArrearsEndIt() {
        LoanStory story = loan(product(TWELVE, terms("0", false, false))).price(at("2020-05-02T00:00:00Z"), "10000");
        story.repaid(at("2020-05-02T00:00:00Z"), "197.25");
        assertThat(story.all(LoanEvent.DefaultEnded.class)).isEmpty();
        story.repaid(at("2020-05-02T00:00:00Z"), "0.01");
        assertThat(story.the(LoanEvent.DefaultEnded.class).waived()).isFalse();
        assertThat(story.loan().servicing().isInDefault()).isFalse();
    }

    @Test
    void anAcceleratedLoanThatIsWaivedGoesOnWithItsPlan() {
        LoanStory story = loan(product(TWELVE, ACCELERATES)).price(at("2020-06-05T00:00:00Z"), "10000");
        waived(story);
        assertThat(story.the(LoanEvent.DefaultEnded.class))
                .isEqualTo(new LoanEvent.DefaultEnded(
                        DefaultReason.PAYMENT_DEFAULT, true, LocalDate.of(2020, 6, 5), "agreed"));
        story.forgetEvents().price(at("2020-06-05T00:00:01Z"), "10000");
        // 90 days are 295.89: what the default had made due, and what came since, falls due as the third instalment.
        assertThat(story.the(LoanEvent.InstalmentDue.class).dueOn()).isEqualTo(LocalDate.of(2020, 5, 30));
        assertThat(story.all(LoanEvent.LoanDefaulted.class))
                .as("what was due before the waiver is let go")
                .isEmpty();
        story.price(at("2020-07-30T01:00:00Z"), "10000");
        // The fourth, of 29 June, is 30 days late after 29 July.
        assertThat(story.all(LoanEvent.LoanDefaulted.class)).isEmpty();
        story.price(at("2020-07-30T01:00:00.000001Z"), "10000");
        assertThat(story.all(LoanEvent.LoanDefaulted.class)).hasSize(1);
    }

    // --- default interest --------------------------------------------------------------------------------------------

    private static Money penalties(LoanStory story) {
        return story.all(LoanEvent.InterestPosted.class).stream()
                .map(LoanEvent.InterestPosted::penalty)
                .reduce(usd("0"), Money::plus);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 10})
    void tenDaysOfDefaultCostTheSameHoweverTheyAreCut(int cut) {
        LoanStory story = loan(product(TWELVE, terms("0.05", false, false), Component.FEES));
        declared(story.price(at(DAY), "10000"));
        for (int day = cut; day <= 10; day += cut) {
            story.price(at(DAY.plusDays(day)), "10000").repaid(at(DAY.plusDays(day)), "0.01");
        }
        // 10,000 x 10 x 0.05 / 365 = 13.698..; the cents go to penalties.
        assertThat(penalties(story)).isEqualTo(usd("13.70"));
        assertThat(story.loan().debt().charges().penaltiesPosted()).isEqualTo(usd("13.70"));
        // 41 days at 12 %: 134.79, as without default.
        assertThat(story.loan().debt().interestPosted()).isEqualTo(usd("134.79"));
    }

    @Test
    void aPaymentValuedInTheDefaultTakesBackWhatItShouldNotHaveBorne() {
        LoanStory story = loan(product(NONE, terms("0.05", false, false), Component.PRINCIPAL));
        declared(story.price(at(DAY), "10000"));
        story.price(at(DAY.plusDays(10)), "10000").repaid(at(DAY.plusDays(10)), "0.01");
        assertThat(penalties(story)).isEqualTo(usd("13.70"));
        story.repaid(at(DAY.plusDays(5)), "4000");
        // (10,000 x 5 + 6,000 x 5) x 0.05 / 365 = 10.958..
        assertThat(penalties(story)).isEqualTo(usd("10.96"));
        assertThat(story.loan().debt().charges().penalties()).isEqualTo(usd("10.96"));
        // Before the default it bears nothing of it.
        story.repaid(at(DAY.minusDays(3)), "1000");
        assertThat(penalties(story)).as("(90,000 - 20,000) x 0.05 / 365").isEqualTo(usd("9.59"));
    }

    @Test
    void daysAfterItsEndCostNothing() {
        LoanStory story = loan(product(NONE, terms("0.05", false, false)));
        declared(story.price(at(DAY), "10000"));
        waived(story.price(at(DAY.plusDays(10)), "10000"));
        story.price(at(DAY.plusDays(30)), "10000").repaid(at(DAY.plusDays(30)), "100");
        assertThat(penalties(story)).isEqualTo(usd("13.70"));
        declared(story.price(at(DAY.plusDays(40)), "10000"));
        story.price(at(DAY.plusDays(41)), "10000").repaid(at(DAY.plusDays(41)), "10");
        // 9,913.70 for another day: 1.358..; in all (100,000 + 9,913.70) x 0.05 / 365 = 15.056..
        assertThat(penalties(story)).isEqualTo(usd("15.06"));
    }

    @Test
    void defaultInterestThatProvedTooMuchIsTheBorrowers() {
        LoanStory story = loan(product(NONE, terms("0.05", false, false), Component.PRINCIPAL));
        declared(story.price(at(DAY), "10000"));
        story.price(at(DAY.plusDays(10)), "10000").repaid(at(DAY.plusDays(10)), "1000");
        story.repaid(at(DAY.plusDays(10)), "9013.69");
        assertThat(story.loan().debt().charges().penalties()).isEqualTo(usd("0.01"));
        LoanStory late = loan(product(NONE, terms("0.05", false, false)));
        declared(late.price(at(DAY), "10000"));
        late.price(at(DAY.plusDays(10)), "10000").repaid(at(DAY.plusDays(10)), "13.70");
        late.repaid(at(DAY.plusDays(5)), "10000");
        // All of principal was there five days earlier: 6.85 would have been enough.
        assertThat(late.the(LoanEvent.InterestRefunded.class))
                .isEqualTo(new LoanEvent.InterestRefunded(usd("0"), null, usd("6.85")));
        assertThat(late.names()).containsSubsequence("InterestRefunded", "DefaultEnded", "LoanRepaid");
    }

    @Test
    void exposureCountsItThroughTheDayAndNoneOfTheDaysToCome() {
        for (ExposureBasis basis : ExposureBasis.values()) {
            ProductTerms agreed = product(NONE, terms("0.05", false, false));
            LoanStory story =
                    loan(LoanStory.product(NONE, basis, 365, agreed.agreed())).price(at(DAY), "10000");
            declared(story);
            LoanToValue ltv = LoanToValue.of(story.loan(), LoanStory.quote(story.loan(), "1000"), DAY.plusDays(73));
            // 73 days are a fifth of a year: 1 % of 10,000.
            Money exposure = basis == ExposureBasis.PRINCIPAL ? usd("10000") : usd("10100");
            assertThat(ltv.numerator())
                    .as(basis.name())
                    .isEqualByComparingTo(exposure.amount().multiply(new BigDecimal(ltv.factor())));
            assertThat(Exposure.holdsThrough(story.loan(), DAY))
                    .isEqualTo(basis == ExposureBasis.PRINCIPAL ? null : DAY);
        }
    }

    // --- by declaration, and through other loans
    // ----------------------------------------------------------------------

    @Test
    void aDeclarationEndsByAWaiverOrPaymentInFull() {
        LoanStory story = loan(product(TWELVE, ACCELERATES)).price(at(DAY), "10000");
        declared(story);
        assertThat(story.the(LoanEvent.LoanDefaulted.class).detail()).isEqualTo("insolvent");
        declared(story).refusedWith(Refusal.IN_DEFAULT);
        story.releaseAsked("0.1").refusedWith(Refusal.IN_DEFAULT);
        // 98.63 of March, 3.29 of the first of April.
        story.repaid(at(DAY), "10101.91");
        assertThat(story.all(LoanEvent.DefaultEnded.class)).isEmpty();
        story.repaid(at(DAY), "0.01");
        assertThat(story.names()).containsSubsequence("DefaultEnded", "LoanRepaid");
        waived(story).refusedWith(Refusal.NOT_IN_DEFAULT);
        declared(story).refusedWith(Refusal.WRONG_STATUS);
    }

    @Test
    void anotherLoansDefaultIsHeardOnce() {
        LoanStory story = loan(product(TWELVE, terms("0", true, true))).price(at(DAY), "10000");
        story.tell(new LoanInput.CrossDefaulted("alice", "L2")).tell(new LoanInput.CrossDefaulted("alice", "L2"));
        assertThat(story.the(LoanEvent.LoanDefaulted.class).reason()).isEqualTo(DefaultReason.CROSS_DEFAULT);
        assertThat(story.the(LoanEvent.LoanDefaulted.class).detail()).isEqualTo("L2");
        waived(story);
        assertThat(story.loan().servicing().isInDefault()).isFalse();
        LoanStory apart =
                loan(product(TWELVE, ACCELERATES)).price(at(DAY), "10000").forgetEvents();
        apart.tell(new LoanInput.CrossDefaulted("alice", "L2"));
        assertThat(apart.events()).isEmpty();
    }

    /** A cent of principal is left, and 69.04 of interest were posted too much. */
    @Test
    void nothingIsSoldOfALoanThatOwesNothing() {
        LoanStory story = loan(product(TWELVE, new DefaultTerms(30, BigDecimal.ZERO, true, true, false)));
        story.price(at(DAY), "10000").repaid(at(DAY), "101.92").repaid(at("2020-03-11T00:00:00Z"), "9999.99");
        assertThat(story.loan().debt().principal()).isEqualTo(usd("0.01"));
        assertThat(story.loan().debt().interest()).isEqualTo(usd("-69.04"));
        declared(story.forgetEvents());
        assertThat(story.names()).containsExactly("LoanDefaulted");
        story.price(at(DAY.plusDays(1)), "9000");
        assertThat(story.all(LoanEvent.LiquidationRequested.class)).isEmpty();
    }

    @Test
    void nobodyDeclaresWhatIsNotAgreed() {
        declared(LoanStory.disbursed()).refusedWith(Refusal.NOT_AGREED);
    }

    // --- terms -------------------------------------------------------------------------------------------------------

    @Test
    void refusesTermsThatContradictThemselves() {
        assertThatThrownBy(() -> new DefaultTerms(30, BigDecimal.ZERO, false, true, false))
                .hasMessageContaining("has to be due");
        assertThatThrownBy(() -> new DefaultTerms(-1, BigDecimal.ZERO, false, false, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> product(TWELVE, new DefaultTerms(9, BigDecimal.ZERO, true, true, false)))
                .hasMessageContaining("after the grace");
        InterestTerms daily =
                new InterestTerms(new Rate.Annual(Fraction.percent(12)), DayCount.ACT_365F, Compounding.DAILY);
        assertThatThrownBy(() -> product(daily, terms("0.05", false, false))).hasMessageContaining("does not compound");
        assertThatThrownBy(() -> LoanStory.product(
                        TWELVE, ExposureBasis.OUTSTANDING, 365, AgreementTerms.PLAIN.withDefault(ACCELERATES)))
                .hasMessageContaining("after the grace");
        assertThat(product(daily, ACCELERATES).agreed().onDefault()).isEqualTo(ACCELERATES);
        assertThat(Threshold.reaches(Fraction.ZERO).isMetBy(Fraction.ZERO)).isTrue();
    }
}
