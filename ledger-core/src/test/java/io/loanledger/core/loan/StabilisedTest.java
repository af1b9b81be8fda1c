package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.BTC;
import static io.loanledger.core.loan.LoanStory.MARKET;
import static io.loanledger.core.loan.LoanStory.START;
import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A lender that makes the coin money over 100/110 and coin again at 100/120: 50,000 on 10 BTC, call over 75 %. */
class StabilisedTest {
    private static final Instant T1 = START.plusSeconds(1);
    private static final Instant T2 = START.plusSeconds(2);
    private static final Instant T3 = START.plusSeconds(3);

    private static ProductTerms product(Fraction rate) {
        return new ProductTerms(
                "stable",
                1,
                USD,
                List.of(new CollateralTerms(BTC, MARKET, Fraction.ZERO, Quantity.of("0.00010000", BTC))),
                Fraction.percent(70),
                Ladder.of(
                        new Threshold(Fraction.percent(75), Threshold.Comparator.EXCEEDS),
                        Fraction.percent(70),
                        Duration.ofDays(36_000),
                        Duration.ofHours(1),
                        Ladder.ClockStopper.DETECTED),
                new LiquidationTerms(
                        new Threshold(Fraction.of(100, 110), Threshold.Comparator.EXCEEDS),
                        SalePlan.STABILISE,
                        Fraction.percent(70),
                        Fraction.ONE,
                        Money.zero(USD),
                        Charge.NONE,
                        Charge.NONE,
                        Fraction.percent(2),
                        Fraction.of(100, 120)),
                new InterestTerms(rate, DayCount.ACT_365F),
                ExposureBasis.OUTSTANDING,
                365);
    }

    /** Sold at 5,499.99 a coin, the cash from the desk in. */
    private static LoanStory stabilised(Fraction rate) {
        LoanStory story = LoanStory.secured(product(rate), "50000.00").paidOut().price(T2, "5499.99");
        return story.settled(1, "10.0000", "54999.90", "0", true).proceeds("L1/case/1", "54999.90");
    }

    private static LoanStory asked(LoanStory story) {
        return story.tell(new LoanInput.ReconversionRequested(story.head(T3)));
    }

    @Test
    void sellsAllOfItOverTheLimitAndKeepsTheMoneyAsCollateral() {
        LoanStory story = LoanStory.secured(product(Fraction.ZERO), "50000.00").paidOut();
        assertThat(story.price(T1, "6666.67").names()).doesNotContain("MarginCallIssued");
        assertThat(story.price(T1, "6666.66").names()).contains("MarginCallIssued");
        assertThat(story.price(T2, "5500.00").names()).doesNotContain("LiquidationRequested");
        LoanEvent.LiquidationRequested request = story.price(T2, "5499.99").the(LoanEvent.LiquidationRequested.class);
        assertThat(request.mode()).isEqualTo(SaleMode.FULL);
        assertThat(request.reserved()).isEqualTo(Quantity.of("10", BTC));
        story.settled(1, "10.0000", "54999.90", "0", true);
        LoanEvent.SaleSettled settled = story.the(LoanEvent.SaleSettled.class);
        assertThat(settled.stabilised()).isEqualTo(Money.of("54999.90", USD));
        assertThat(settled.allocation().total()).isEqualTo(Money.zero(USD));
        assertThat(story.the(LoanEvent.MarginCallCancelled.class).reason()).isEqualTo("PRE_EMPTED");
        assertThat(story.loan().debt().principal()).isEqualTo(Money.of("50000.00", USD));
        assertThat(story.loan().status()).isEqualTo(LoanStatus.ACTIVE);
    }

    @Test
    void isMovedByNoPriceOfTheCoin() {
        LoanStory story = stabilised(Fraction.ZERO).forgetEvents();
        story.price(T3, "9000").price(T3, "3000").price(T3, "0.01");
        assertThat(story.events()).isEmpty();
        asked(story.price(T3, "90000")).refusedWith(Refusal.LTV_TOO_HIGH);
    }

    @Test
    void isMadeCoinAgainOnRequestOnceAPaymentBringsItDown() {
        LoanStory story = asked(stabilised(Fraction.ZERO)).refusedWith(Refusal.LTV_TOO_HIGH);
        // 45,833.26 x 1.2 = 54,999.912 is over 54,999.90; a cent less is 54,999.90
        asked(story.price(T3, "6000").repaid(T3, "4166.74")).refusedWith(Refusal.LTV_TOO_HIGH);
        LoanEvent.ReconversionInstructed bought =
                asked(story.repaid(T3, "0.01")).the(LoanEvent.ReconversionInstructed.class);
        assertThat(bought.spend()).isEqualTo(Money.of("54999.90", USD));
        asked(story).refusedWith(Refusal.NOT_STABILISED);
        story.tell(new LoanInput.CollateralReconverted(
                story.head(T3),
                bought.instructionId(),
                LoanStory.coin("9.16665000"),
                new LoanInput.Stated(new BigDecimal("54999.90"), "USD")));
        assertThat(story.loan().settlement().stabilised().isZero()).isTrue();
        assertThat(story.loan().collateral().pledged()).isEqualTo(Quantity.of("9.16665", BTC));
        // 45,833.25 of 9.16665 x 6,000 = 54,999.90 are 83.3 %: no sale, and the call over 75 % is back
        assertThat(story.all(LoanEvent.LiquidationRequested.class)).hasSize(1);
        assertThat(story.the(LoanEvent.MarginCallIssued.class).evidence().stabilised())
                .isNull();
    }

    @Test
    void refusesARequestWhileTheDeskOwesTheMoney() {
        LoanStory story = LoanStory.secured(product(Fraction.ZERO), "50000.00")
                .paidOut()
                .price(T2, "5499.99")
                .settled(1, "10.0000", "54999.90", "0", true)
                .repaid(T3, "10000.00");
        asked(story).refusedWith(Refusal.NOT_STABILISED);
    }

    @Test
    void paysTheDebtThatHasGrownToIt() {
        // 50,000 at 50 % grow by 68.49 a day: 73 days are 5,000.00, more than the 4,999.90 that are left
        LoanStory story = stabilised(Fraction.percent(50)).forgetEvents();
        story.price(START.plus(Duration.ofDays(72)), "9000");
        assertThat(story.names()).doesNotContain("StabilisedApplied");
        story.price(START.plus(Duration.ofDays(73)), "9000");
        LoanEvent.StabilisedApplied applied = story.the(LoanEvent.StabilisedApplied.class);
        assertThat(applied.allocation().total()).isEqualTo(Money.of("54999.90", USD));
        assertThat(applied.allocation().interest()).isEqualTo(Money.of("5000.00", USD));
        assertThat(story.the(LoanEvent.ShortfallRecorded.class).amount()).isEqualTo(Money.of("0.10", USD));
    }

    @Test
    void givesItBackWhenTheDebtIsPaid() {
        LoanStory story = stabilised(Fraction.ZERO).forgetEvents().repaid(T3, "50000.00");
        assertThat(story.names())
                .containsExactly("RepaymentApplied", "StabilisedApplied", "LoanRepaid", "SurplusPayoutInstructed");
        assertThat(story.the(LoanEvent.SurplusPayoutInstructed.class).amount()).isEqualTo(Money.of("54999.90", USD));
    }

    @Test
    void sellsCoinThatCameSinceAtTheHardLimit() {
        LoanStory story = stabilised(Fraction.ZERO).locked("tx:9", "1.00000000").granted("tx:9");
        // 55,000 / 1.1 = 50,000: over the limit once coin and money are worth less than 55,000
        story.price(T3, "0.10");
        assertThat(story.all(LoanEvent.LiquidationRequested.class)).hasSize(1);
        story.price(T3, "0.09");
        assertThat(story.all(LoanEvent.LiquidationRequested.class)).hasSize(2);
        assertThat(story.names()).doesNotContain("StabilisedApplied");
    }
}
