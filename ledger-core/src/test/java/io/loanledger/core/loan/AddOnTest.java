package io.loanledger.core.loan;

import static io.loanledger.core.loan.LadderTest.reaches;
import static io.loanledger.core.loan.LoanStory.BTC;
import static io.loanledger.core.loan.LoanStory.MARKET;
import static io.loanledger.core.loan.LoanStory.START;
import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.terms.AddOn;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole book has too much of a coin: 50,000 on 10 BTC without interest, opened at 50 %, called at 70 % down to 60 %, sold at 80 % down to
 * 60 %, with lots of 0.0001.
 */
class AddOnTest {
    private static final Instant T1 = START.plus(Duration.ofHours(1));
    private static final Instant T2 = START.plus(Duration.ofHours(2));

    private static final ProductTerms PRODUCT = LadderTest.product(
            "much",
            Fraction.percent(50),
            Ladder.of(
                    reaches(70, 100),
                    Fraction.percent(60),
                    Duration.ofHours(24),
                    Duration.ofHours(1),
                    Ladder.ClockStopper.DETECTED),
            reaches(80, 100),
            Fraction.percent(60));

    private static LoanStory paidOut() {
        return LoanStory.secured(PRODUCT, "50000.00").paidOut().forgetEvents();
    }

    @ParameterizedTest(name = "with {0} at {1}: {2} calls")
    @CsvSource({
        "0, 7142.86, 0", // 50,000 / 0.7 / 10 = 7,142.857..
        "0, 7142.85, 1",
        "0.125, 8163.27, 0", // / 0.875 = 8,163.265..
        "0.125, 8163.26, 1",
    })
    void callsAtThePriceThatCounts(String addOn, String price, int calls) {
        LoanStory story = paidOut().withAddOn(addOn).price(T1, price);
        assertThat(story.all(LoanEvent.MarginCallIssued.class)).hasSize(calls);
    }

    @Test
    void callsAtTheNextPriceAndSaysWhy() {
        LoanStory story = paidOut().price(T1, "8000.00");
        assertThat(story.names()).isEmpty();
        LoanTriggers before = LoanTriggers.of(story.loan(), story, T1, 0);
        story.withAddOn("0.125");
        assertThat(LoanTriggers.of(story.loan(), story, T1, 0)).isEqualTo(before);
        LoanEvent.MarginCallIssued call = story.price(T2, "8163.26").the(LoanEvent.MarginCallIssued.class);
        PriceEvidence evidence = call.evidence();
        assertThat(evidence.addOn()).isEqualByComparingTo("0.125");
        assertThat(evidence.collateral()).isEqualTo(Quantity.of("10", BTC));
        assertThat(evidence.counted()).isEqualByComparingTo("8.75");
        assertThat(evidence.holds()).isTrue();
        assertThat(evidence.exposureRoundedUp()).isEqualTo(Money.of("50000.00", USD));
        // 50,000 / 0.6 / (8,163.26 x 0.875) = 11.66667425..; 50,000 - 0.6 x 71,428.525
        assertThat(call.topUpToCure()).isEqualTo(Quantity.of("1.66667426", BTC));
        assertThat(call.repayToCure()).isEqualTo(Money.of("7142.89", USD));
    }

    @Test
    void healsWhenTheAddOnIsTakenBack() {
        LoanStory story = paidOut().withAddOn("0.125").price(T1, "8163.26").withAddOn("0");
        // 60 % is 8,333.33..
        assertThat(story.price(T2, "8333.33").all(LoanEvent.MarginCallCured.class))
                .isEmpty();
        assertThat(story.price(T2, "8333.34")
                        .the(LoanEvent.MarginCallCured.class)
                        .evidence()
                        .addOn())
                .isNull();
    }

    @Test
    void sellsAtThePriceWhatTheRestThenCountsFor() {
        LoanStory story = paidOut().withAddOn("0.125").price(T1, "7142.86");
        assertThat(story.all(LoanEvent.LiquidationRequested.class)).isEmpty();
        // (50,000 - 0.6 x 62,499.9375) / (1 - 0.6 x 0.875) / 7,142.85 = 3.684225..
        LoanEvent.LiquidationRequested request = story.price(T2, "7142.85").the(LoanEvent.LiquidationRequested.class);
        assertThat(request.reserved().amount()).isEqualByComparingTo("3.6843");
        assertThat(story.loan().openCase().measuredAt()).isEqualByComparingTo("6249.99375");
        assertThat(story.price(T2, "7142.85").names()).doesNotContain("LiquidationAmended");
    }

    @Test
    void enlargesAnOpenCaseAtTheSamePrice() {
        LoanStory story = paidOut().price(T1, "6250.00");
        assertThat(story.the(LoanEvent.LiquidationRequested.class).reserved().amount())
                .isEqualByComparingTo("5"); // (50,000 - 37,500) / 0.4 / 6,250
        assertThat(story.price(T1, "6250.00").names()).doesNotContain("LiquidationAmended");
        // (50,000 - 33,750) / (1 - 0.54) / 6,250 = 5.65217..
        assertThat(story.withAddOn("0.1")
                        .price(T2, "6250.00")
                        .the(LoanEvent.LiquidationAmended.class)
                        .reserved()
                        .amount())
                .isEqualByComparingTo("5.6522");
    }

    @Test
    void lendsAndReleasesLess() {
        LoanStory story = new LoanStory("L1").withAddOn("0.125");
        story.price(START, "10000");
        story.requested("43750.01").locked("tx:0", "10").granted("tx:0");
        assertThat(story.names()).doesNotContain("LoanIssued");
        story.locked("tx:1", "0.00000229").granted("tx:1"); // 0.02 / 8,750 = 0.00000228..
        assertThat(story.the(LoanEvent.LoanIssued.class).evidence().addOn()).isEqualByComparingTo("0.125");
        LoanStory running = LoanStory.secured(PRODUCT, "40000.00").paidOut().withAddOn("0.125");
        // 40,000 / 0.5 / 8,750 = 9.14285714..
        running.releaseAsked("0.85714286").refusedWith(Refusal.LTV_TOO_HIGH);
        running.releaseAsked("0.85714285");
        running.the(LoanEvent.CollateralReleaseInstructed.class);
    }

    @Test
    void knowsWhatCanBeAnAddOn() {
        assertThat(new AddOn(1, new BigDecimal("0.12500")).share()).isEqualTo(new BigDecimal("0.125"));
        for (String wrong : new String[] {"1", "-0.01", "0.0000000000001"}) {
            assertThatThrownBy(() -> new AddOn(1, new BigDecimal(wrong))).hasMessageContaining("an add-on is");
        }
        assertThatThrownBy(() -> new AddOn(0, BigDecimal.ZERO)).hasMessageContaining("an add-on is");
        assertThat(Prices.NONE.addOn(MARKET)).isZero();
    }
}
