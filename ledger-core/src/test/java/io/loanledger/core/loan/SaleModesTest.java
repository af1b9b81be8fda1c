package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.BTC;
import static io.loanledger.core.loan.LoanStory.MARKET;
import static io.loanledger.core.loan.LoanStory.START;
import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.terms.Charge;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.SalePlan;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sale is to reach and what it costs, on 10 BTC in lots of 0.0001; each row in figures that a banker can follow. */
class SaleModesTest {
    private static final Instant T1 = START.plusSeconds(1);
    private static final Instant T2 = START.plusSeconds(2);
    private static final Instant T3 = START.plusSeconds(3);

    /** Over 86 % the debt is cleared for a penalty of 4.38 % of what is repaid. */
    private static final LiquidationTerms CLEARS_DEBT =
            sale(exceeds(86, 100), SalePlan.TO_TARGET, Fraction.ZERO, Fraction.ONE, Charge.NONE, onDebt(438, 10_000));

    /** Over 100/175, for 13 % of what is repaid. */
    private static final LiquidationTerms CLEARS_DEBT_FOR_13 =
            sale(exceeds(100, 175), SalePlan.TO_TARGET, Fraction.ZERO, Fraction.ONE, Charge.NONE, onDebt(13, 100));

    /** From 1/1.20 down to 1/1.30, a tenth of the debt at a time. */
    private static final LiquidationTerms STEPS = sale(
            Threshold.reaches(Fraction.of(100, 120)),
            SalePlan.TO_TARGET,
            Fraction.of(100, 130),
            Fraction.percent(10),
            Charge.NONE,
            Charge.NONE);

    private static final LiquidationTerms ALL_OF_IT =
            sale(exceeds(80, 100), SalePlan.EVERYTHING, Fraction.percent(50), Fraction.ONE, Charge.NONE, Charge.NONE);

    private static LiquidationTerms sale(
            Threshold hard, SalePlan plan, Fraction target, Fraction closeFactor, Charge fee, Charge penalty) {
        return new LiquidationTerms(
                hard, plan, target, closeFactor, Money.zero(USD), fee, penalty, Fraction.percent(2), null);
    }

    private static Threshold exceeds(long numerator, long denominator) {
        return new Threshold(Fraction.of(numerator, denominator), Threshold.Comparator.EXCEEDS);
    }

    private static Charge onDebt(long numerator, long denominator) {
        return Charge.ofDebtRepaid(Fraction.of(numerator, denominator));
    }

    private static ProductTerms product(LiquidationTerms sale, String openPercent, Fraction rate) {
        Fraction hard = sale.threshold().ltv();
        // A call just under the hard limit, which no row asks about.
        Fraction call = new Fraction(
                hard.numerator().multiply(BigInteger.valueOf(999)),
                hard.denominator().multiply(BigInteger.valueOf(1000)));
        return new ProductTerms(
                "modes",
                1,
                USD,
                List.of(new CollateralTerms(BTC, MARKET, Fraction.ZERO, Quantity.of("0.00010000", BTC))),
                Fraction.percent(Long.parseLong(openPercent)),
                Ladder.of(
                        Threshold.reaches(call),
                        Fraction.percent(50),
                        Duration.ofHours(24),
                        Duration.ofHours(1),
                        Ladder.ClockStopper.DETECTED),
                sale,
                new InterestTerms(rate, DayCount.ACT_365F),
                ExposureBasis.OUTSTANDING,
                365);
    }

    @ParameterizedTest(name = "{0} owed, nothing at {2}, at {3} {4}: penalty {6}, surplus {7}, {8} back")
    @CsvSource({
        // 68,800 / (8,000 x 10) is exactly 86 %; 68,800 x 1.0438 / 7,999.99 = 8.97660...; 4.38 % of 68,800 is 3,013.44
        "68800.00, 75, 8000.00, 7999.99, 8.9767, 71813.51, 3013.44, 0.07, 1.0233",
    })
    void clearsTheDebtAndGivesTheRestOfTheCoinBack(
            String principal,
            String open,
            String notYet,
            String hard,
            String quantity,
            String gross,
            String penalty,
            String surplus,
            String back) {
        LoanStory story = LoanStory.secured(product(CLEARS_DEBT, open, Fraction.ZERO), principal)
                .paidOut()
                .price(T1, notYet);
        assertThat(story.names()).doesNotContain("LiquidationRequested");
        assertCleared(story.price(T2, hard), quantity, gross, penalty, surplus, back);
        assertThat(story.the(LoanEvent.SaleSettled.class).allocation().principal())
                .isEqualTo(Money.of(principal, USD));
    }

    @Test
    void takesAPenaltyOfNoMoreThanTheDebtThatThereIs() {
        // 100,000 of 175,000 is exactly 100/175. 113,000.93 x 13/113 = 13,000.107, but 13 % of 100,000 is 13,000
        LoanStory story = LoanStory.securedAt("20000", product(CLEARS_DEBT_FOR_13, "50", Fraction.ZERO), "100000.00")
                .paidOut()
                .price(T1, "17500.00");
        assertThat(story.names()).doesNotContain("LiquidationRequested");
        assertCleared(story.price(T2, "17499.99"), "6.4572", "113000.93", "13000.00", "0.93", "3.5428");
    }

    private static void assertCleared(
            LoanStory story, String quantity, String gross, String penalty, String surplus, String back) {
        LoanEvent.LiquidationRequested request = story.the(LoanEvent.LiquidationRequested.class);
        assertThat(request.mode()).isEqualTo(SaleMode.PARTIAL);
        assertThat(request.reserved().amount()).isEqualByComparingTo(quantity);
        story.settled(1, quantity, gross, "0", true);
        LoanEvent.SaleSettled settled = story.the(LoanEvent.SaleSettled.class);
        assertThat(settled.penalty()).isEqualTo(Money.of(penalty, USD));
        assertThat(settled.liquidationFee()).isEqualTo(Money.zero(USD));
        assertThat(settled.allocation().surplus()).isEqualTo(Money.of(surplus, USD));
        assertThat(story.loan().status()).isEqualTo(LoanStatus.REPAID);
        assertThat(story.the(LoanEvent.CollateralReleaseInstructed.class)
                        .quantity()
                        .amount())
                .isEqualByComparingTo(back);
    }

    @ParameterizedTest(name = "of {0} sold to repay {1}, at {2} of the sale and {3} of the debt: {4} and {5}")
    @CsvSource({
        "112999.18, 100000.00, 0, 0.13, 0.00, 12999.91", // x 13/113 = 12,999.905: 99,999.27 is repaid
        "113000.93, 100000.00, 0, 0.13, 0.00, 13000.00", // 13,000.107 is over 13 % of 100,000
        "1000.00, 5000.00, 0.0099, 0, 9.90, 0.00",
        // 990.10 are left of the sale; 990.10 x 5/105 = 47.147
        "1000.00, 5000.00, 0.0099, 0.05, 9.90, 47.15",
        "1000.00, 0.00, 0.0099, 0.05, 9.90, 0.00", // nothing is owed: nothing is taken on it
    })
    void takesEachChargeOnItsOwnBase(
            String gross, String repayable, String ofSale, String ofDebt, String fee, String penalty) {
        LiquidationTerms terms = sale(
                exceeds(86, 100),
                SalePlan.TO_TARGET,
                Fraction.ZERO,
                Fraction.ONE,
                Charge.ofSoldValue(Fraction.ofDecimal(new BigDecimal(ofSale))),
                Charge.ofDebtRepaid(Fraction.ofDecimal(new BigDecimal(ofDebt))));
        assertThat(terms.charges(Money.of(gross, USD), Money.of(repayable, USD)))
                .isEqualTo(new LiquidationTerms.Charged(Money.of(fee, USD), Money.of(penalty, USD)));
    }

    @Test
    void chargesNoPartOfASaleTwice() {
        // In three parts and after a bust: the charges are those of what is sold in all
        LoanStory story = LoanStory.secured(product(CLEARS_DEBT, "75", Fraction.ZERO), "68800.00")
                .paidOut()
                .price(T2, "7999.99")
                .settled(1, "3.0000", "23999.97", "0", false)
                .settled(1, "8.0000", "63999.92", "0", false)
                .settled(1, "5.0000", "39999.95", "0", false)
                .settled(1, "8.9767", "71813.51", "0", true);
        Money zero = Money.zero(USD);
        List<LoanEvent.SaleSettled> settled = story.all(LoanEvent.SaleSettled.class);
        assertThat(settled.stream().map(LoanEvent.SaleSettled::penalty).reduce(zero, Money::plus))
                .isEqualTo(Money.of("3013.44", USD));
        // 23,999.97 x 438/10,438 = 1,007.088; to 63,999.92 = 2,685.572; to 39,999.95 = 1,678.481
        assertThat(settled.stream().map(e -> e.penalty().amount().toPlainString()))
                .containsExactly("1007.09", "1678.48", "-1007.09", "1334.96");
        assertThat(settled.stream().map(e -> e.allocation().total()).reduce(zero, Money::plus))
                .isEqualTo(Money.of("68800.07", USD));
        assertThat(story.loan().status()).isEqualTo(LoanStatus.REPAID);
    }

    @Test
    void clearsADebtWhoseInterestIsNoWholeNumberOfCents() {
        // 10,000 at 12 % for a day: exactly 3.2876..., posted as 3.29; rounded down it leaves a part of a cent that is
        // never owed
        for (String rate : List.of("0.12", "0.1199", "0.0333")) {
            Loan loan = LoanStory.secured(
                            product(CLEARS_DEBT, "75", Fraction.ofDecimal(new BigDecimal(rate))), "68800.00")
                    .paidOut()
                    .loan();
            Sizing sizing = Sizing.of(loan, LoanStory.quote(loan, "7999.99"), LocalDate.of(2020, 3, 2));
            assertThat(sizing.mode()).as(rate).isEqualTo(SaleMode.PARTIAL);
            assertThat(sizing.quantity().amount()).as(rate).isBetween(new BigDecimal("8.97"), new BigDecimal("8.99"));
        }
    }

    @Test
    void sellsATenthOfTheDebtAtATime() {
        LoanStory story = LoanStory.secured(product(STEPS, "50", Fraction.ZERO), "50000.00")
                .paidOut();
        assertThat(story.price(T1, "6000.01").names()).doesNotContain("LiquidationRequested");
        // 0.8333 repay 4,999.80 of the 5,000 that a step may, 0.8334 would repay 5,000.40
        assertStep(story.price(T2, "6000.00"), 1, "0.8333");
        story.settled(1, "0.8333", "4999.80", "0", true);
        assertThat(story.loan().debt().principal()).isEqualTo(Money.of("45000.20", USD));
        // 45,000.20 x 1.2 = 54,000.24 on 9.1667: at 5,890.92 they are worth 54,000.30
        assertThat(story.price(T3, "5890.92").all(LoanEvent.LiquidationRequested.class))
                .hasSize(1);
        // 0.7638 repay 4,499.47 of 4,500.02; 0.7639 would repay 4,500.06
        assertStep(story.price(T3, "5890.91"), 2, "0.7638");
    }

    private static void assertStep(LoanStory story, int number, String quantity) {
        LoanEvent.LiquidationRequested request =
                story.all(LoanEvent.LiquidationRequested.class).get(number - 1);
        assertThat(request.mode()).isEqualTo(SaleMode.INCREMENT);
        assertThat(request.reserved().amount()).isEqualByComparingTo(quantity);
    }

    @Test
    void neverEnlargesAStepAndLetsAFactShrinkIt() {
        LoanStory story = LoanStory.secured(product(STEPS, "50", Fraction.ZERO), "50000.00")
                .paidOut()
                .price(T2, "6000.00")
                .price(T3, "3000.00");
        assertThat(story.names()).doesNotContain("LiquidationAmended");
        // 49,000 owed: a step repays 4,900, at 3,000 that is 1.6333, more than the 0.8333 that are wanted
        story.repaid(T3, "1000.00");
        assertThat(story.names()).doesNotContain("LiquidationAmended");
        // 4,900 of 5,000 owed are repaid: on 30,000 the loan stands under its target
        story.repaid(T3, "44000.00");
        LoanEvent.LiquidationAmended amended = story.the(LoanEvent.LiquidationAmended.class);
        assertThat(amended.mode()).isEqualTo(SaleMode.INCREMENT);
        assertThat(amended.reserved().isZero()).isTrue();
    }

    @Test
    void letsAnExpiredCallStandBehindAStep() {
        LoanStory story = LoanStory.secured(product(STEPS, "50", Fraction.ZERO), "50000.00")
                .paidOut()
                .price(T1, "6001.00");
        story.the(LoanEvent.MarginCallIssued.class);
        Instant late = T1.plus(Duration.ofHours(26));
        story.price(late, "6001.00");
        assertThat(story.the(LoanEvent.LiquidationRequested.class).reason()).isEqualTo(CaseReason.CALL_EXPIRED);
        assertStep(story, 1, "0.8331"); // 4,999.43 of 5,000
        story.settled(1, "0.8331", "4999.43", "0", true);
        assertThat(story.names()).doesNotContain("MarginCallCancelled");
        assertThat(story.loan().marginCall()).isNotNull();
        // 45,000.57 on 9.1669 at 6,001 is 81.8 %, over the 50 % that heal: the next step, and no new call
        story.price(late.plusSeconds(1), "6001.00");
        assertThat(story.all(LoanEvent.LiquidationRequested.class)).hasSize(2);
        assertThat(story.all(LoanEvent.MarginCallIssued.class)).hasSize(1);
        story.settled(1, "0.7498", "4499.54", "0", true).price(late.plusSeconds(2), "12000.00");
        assertThat(story.the(LoanEvent.MarginCallCancelled.class).reason()).isEqualTo("HEALED_AFTER_EXPIRY");
    }

    @Test
    void sellsEverythingWhenThatIsThePlanUntilAPaymentHealsTheLoan() {
        LoanStory story = LoanStory.secured(product(ALL_OF_IT, "50", Fraction.ZERO), "48000.00")
                .paidOut()
                .price(T1, "6000.00");
        assertThat(story.names()).doesNotContain("LiquidationRequested");
        LoanEvent.LiquidationRequested request = story.price(T2, "5999.99").the(LoanEvent.LiquidationRequested.class);
        assertThat(request.mode()).isEqualTo(SaleMode.FULL);
        assertThat(request.reserved().amount()).isEqualByComparingTo("10");
        story.repaid(T2, "18000.04"); // 29,999.96 of 59,999.90 is over 50 %
        assertThat(story.names()).doesNotContain("LiquidationAmended");
        story.repaid(T2, "0.01");
        assertThat(story.the(LoanEvent.LiquidationAmended.class).reserved().isZero())
                .isTrue();
    }

    @Test
    void neverEnlargesACaseWhoseCallProvesToHaveBeenCuredInTime() {
        // 5,000 on 1 BTC, called at 70 % and sold to 60 % a day and an hour later: all of the first version is sold
        Instant called = START.plusSeconds(60);
        Instant expired = called.plus(Duration.ofHours(26));
        LoanStory story = LoanStory.disbursed().price(called, "7100").price(expired, "7100");
        LoanEvent.LiquidationRequested request = story.the(LoanEvent.LiquidationRequested.class);
        assertThat(request.reason()).isEqualTo(CaseReason.CALL_EXPIRED);
        BigDecimal sold = request.reserved().amount();
        String gross = sold.multiply(new BigDecimal("7100"))
                .setScale(2, RoundingMode.DOWN)
                .toPlainString();
        story.settled(1, sold.toPlainString(), gross, "0", false);
        // A payment of the first hour, read now: it heals the call, and people settle what is sold.
        story.repaid(called.plus(Duration.ofHours(1)), "1.00");
        assertThat(story.names())
                .contains("MarginCallCured", "RescissionOpened")
                .doesNotContain("LiquidationAmended");
        story.price(expired.plusSeconds(1), "4000");
        assertThat(story.names()).doesNotContain("LiquidationAmended");
        assertThat(LoanTriggers.of(story.loan(), expired, 0).fallingKey()).isEqualTo(LoanTriggers.NEVER_FALLING);
    }

    @Test
    void refusesTermsThatCannotBeKept() {
        assertThatThrownBy(() -> Charge.ofSoldValue(Fraction.ONE)).isInstanceOf(IllegalArgumentException.class);
        Charge half = Charge.ofSoldValue(Fraction.percent(50));
        assertThatThrownBy(() -> sale(exceeds(86, 100), SalePlan.TO_TARGET, Fraction.ZERO, Fraction.ONE, half, half))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sale(
                        exceeds(86, 100),
                        SalePlan.EVERYTHING,
                        Fraction.ZERO,
                        Fraction.percent(10),
                        Charge.NONE,
                        Charge.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sale(
                        exceeds(86, 100), SalePlan.TO_TARGET, Fraction.ZERO, Fraction.ZERO, Charge.NONE, Charge.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
