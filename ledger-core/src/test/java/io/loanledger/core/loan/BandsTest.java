package io.loanledger.core.loan;

import static io.loanledger.core.loan.LadderTest.reaches;
import static io.loanledger.core.loan.LoanStory.START;
import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.Charge;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rung;
import io.loanledger.core.terms.SalePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A quarter of the coin at 80, 85 and 90 %, armed again at 70, 75 and 80 %; the hard limit at 95 %. Every figure reckoned by hand:
 * 40,000 on 10 BTC without interest, lots of 0.0001.
 */
class BandsTest {
    private static final Fraction QUARTER = Fraction.percent(25);

    private static final Rung[] BANDS = {band(80, 70), band(85, 75), band(90, 80)};

    private static final Instant T1 = START.plus(Duration.ofHours(1));
    private static final Instant T2 = START.plus(Duration.ofHours(2));
    private static final Instant T3 = START.plus(Duration.ofHours(3));

    @Test
    void sellsAShareOfWhatIsPledgedWhenABandIsMet() {
        LoanStory story = story(BANDS);
        assertThat(story.price(T1, "5000.01").names()).isEmpty();
        LoanEvent.LiquidationRequested request = sold(story.price(T2, "5000.00"), 1, 1, SaleMode.INCREMENT, "2.5");
        assertThat(request.reason()).isEqualTo(CaseReason.HARD_LTV);
        assertThat(request.evidence().threshold()).isEqualTo(reaches(80, 100));
        assertThat(story.loan().reached()).isZero();
        story.settled(1, "2.5000", "12500.00", "0", true);
        assertThat(story.loan().reached()).isEqualTo(1);
        // 27,500 on 7.5: 85 % is 4,313.725..
        assertThat(story.price(T3, "4313.73").all(LoanEvent.LiquidationRequested.class))
                .hasSize(1);
        sold(story.price(T3, "4313.72"), 2, 2, SaleMode.INCREMENT, "1.875");
    }

    @ParameterizedTest(name = "from 6,000 to {0}: rung {1}, {3} of {2}")
    @CsvSource({
        "4705.89, 1, INCREMENT, 2.5", // 85 % is 4,705.882..
        "4705.88, 2, INCREMENT, 5.0",
        "4500.00, 2, INCREMENT, 5.0",
        "4444.45, 2, INCREMENT, 5.0", // 90 % is 4,444.444..
        "4444.44, 3, INCREMENT, 7.5",
        "4210.53, 3, INCREMENT, 7.5", // 95 % is 4,210.526..
        "4210.52, 0, PARTIAL, 8.7501", // (40,000 - 0.6 x 42,105.20) / 0.4 / 4,210.52 = 8.75004..
    })
    void sellsTheSharesOfAllBandsThatAGapJumpsOver(String price, int rung, SaleMode mode, String quantity) {
        LoanStory story = story(BANDS).price(T1, "6000.00").price(T2, price);
        sold(story, 1, rung, mode, quantity);
    }

    @Test
    void armsABandAgainAtItsLevel() {
        LoanStory story = story(BANDS).price(T1, "4500.00").settled(1, "5.0000", "22500.00", "0", true);
        // 17,500 on 5: 75 % is 4,666.666.., 70 % is 5,000
        assertThat(story.forgetEvents().price(T2, "4666.66").names()).isEmpty();
        assertThat(story.price(T2, "4666.67").the(LoanEvent.RungsCleared.class).reached())
                .isEqualTo(1);
        // the first band is not armed: 85 % of 17,500 is 4,117.647..
        assertThat(story.forgetEvents().price(T2, "4117.65").names()).isEmpty();
        sold(story.price(T2, "4117.64"), 1, 2, SaleMode.INCREMENT, "1.25");
        story.declined(BackOff.BREACH_IS_OVER);
        assertThat(story.price(T3, "4999.99").all(LoanEvent.RungsCleared.class)).isEmpty();
        assertThat(story.price(T3, "5000.00").the(LoanEvent.RungsCleared.class).reached())
                .isZero();
        sold(story.price(T3, "4375.00"), 2, 1, SaleMode.INCREMENT, "1.25"); // 80 %
    }

    @Test
    void leavesABandArmedThatWasDeclined() {
        LoanStory story = story(BANDS).price(T1, "5000.00").declined(BackOff.BREACH_IS_OVER);
        assertThat(story.loan().reached()).isZero();
        sold(story.price(T1.plusSeconds(1), "5000.00"), 2, 1, SaleMode.INCREMENT, "2.5");
        story.declined("NO_DESK"); // a second's wait, itself included
        assertThat(story.price(T1.plusSeconds(2), "4900.00").all(LoanEvent.LiquidationRequested.class))
                .hasSize(2);
        sold(story.price(T1.plusSeconds(3), "4900.00"), 3, 1, SaleMode.INCREMENT, "2.5");
    }

    @Test
    void doesNotCountABandOfWhichNothingWasSold() {
        LoanStory story = story(BANDS).price(T1, "5000.00").repaid(T1, "34000.00");
        LoanEvent.LiquidationAmended amended = story.the(LoanEvent.LiquidationAmended.class);
        assertThat(amended.mode()).isEqualTo(SaleMode.INCREMENT);
        assertThat(amended.reserved().isZero()).isTrue();
        assertThat(story.settled(2, "0", "0", "0", true).loan().reached()).isZero();
        assertThat(story.loan().openCase()).isNull();
    }

    /** 39,000 owed at 5,000: down to 60 % are 4.5 BTC to sell, more than the band's 2.5. */
    @Test
    void isNotCalledOffByAPaymentThatLeavesTheLoanOverItsTarget() {
        LoanStory story = story(BANDS).price(T1, "5000.00").repaid(T1, "1000.00");
        assertThat(story.names()).doesNotContain("LiquidationAmended");
    }

    @Test
    void isNotEnlargedByAPriceUntilItIsClosed() {
        LoanStory story = story(BANDS).price(T1, "5000.00").price(T2, "4000.00");
        assertThat(story.names()).doesNotContain("LiquidationAmended");
        story.settled(1, "2.5000", "10000.00", "0", true); // 30,000 on 7.5: 100 %
        sold(story.price(T3, "4000.00"), 2, 0, SaleMode.FULL, "7.5");
    }

    @Test
    void leavesARunningCallItsClock() {
        LoanStory story = story(
                Rung.call(reaches(70, 100), Fraction.percent(60), Duration.ofHours(24)), band(80, 75), band(90, 80));
        Instant deadline =
                story.price(T1, "5714.28").the(LoanEvent.MarginCallIssued.class).deadline(); // 70 % is 5,714.285..
        sold(story.price(T2, "5000.00"), 1, 2, SaleMode.INCREMENT, "2.5");
        story.settled(1, "2.5000", "12500.00", "0", true);
        assertThat(story.names()).doesNotContain("MarginCallCancelled");
        assertThat(story.loan().marginCall().deadline()).isEqualTo(deadline);
        // 27,500 on 7.5 are over the call's 60 % at 5,000 still: expired, it is sold down to 60 %
        LoanEvent.LiquidationRequested late = story.price(deadline.plus(Duration.ofHours(2)), "5000.00")
                .all(LoanEvent.LiquidationRequested.class)
                .getLast();
        assertThat(late.reason()).isEqualTo(CaseReason.CALL_EXPIRED);
        assertThat(late.reserved().amount()).isEqualByComparingTo("2.5"); // (27,500 - 22,500) / 0.4 / 5,000
    }

    @Test
    void sellsEverythingThatWouldLeaveTooLittleDebt() {
        // 12,500.00 of 40,000.00 leave 27,500.00
        sold(story("27500.00", BANDS).price(T1, "5000.00"), 1, 1, SaleMode.INCREMENT, "2.5");
        sold(story("27500.01", BANDS).price(T1, "5000.00"), 1, 1, SaleMode.FULL, "10");
    }

    @Test
    void sellsALotAtLeastAndNoMoreThanThereIs() {
        Rung little = Rung.sell(reaches(80, 100), Fraction.percent(70), Fraction.of(1, 1_000_000));
        sold(story(little).price(T1, "5000.00"), 1, 1, SaleMode.INCREMENT, "0.0001");
        Rung third = Rung.sell(reaches(80, 100), Fraction.percent(70), Fraction.of(1, 3));
        sold(story(third).price(T1, "5000.00"), 1, 1, SaleMode.INCREMENT, "3.3333");
        Rung most = Rung.sell(reaches(82, 100), Fraction.percent(70), Fraction.percent(80));
        LoanStory all = story(third, most).price(T1, "4878.04"); // 82 % is 4,878.048..
        sold(all, 1, 2, SaleMode.FULL, "10");
        // 8,780.40 are left of it for the borrower; the sale is of no call
        assertThat(all.settled(1, "10", "48780.40", "0", true).loan().status()).isEqualTo(LoanStatus.REPAID);
    }

    @Test
    void waitsForTheEndOfAHoldAndGivesNoNoticePastAnArmedBand() {
        LoanStory story = story(band(80, 70), Rung.notice(reaches(85, 100), Fraction.percent(75)))
                .frozen(T1, true)
                .forgetEvents()
                .price(T1, "4700.00"); // 85.1 %
        assertThat(story.names()).isEmpty();
        assertThat(LoanTriggers.of(story.loan(), story, T1, 0).fallingKey()).isEqualTo(LoanTriggers.NEVER_FALLING);
        sold(story.frozen(T2, false), 1, 1, SaleMode.INCREMENT, "2.5");
        story.settled(1, "2.5000", "11750.00", "0", true);
        // 28,250 on 7.5: 85 % is 4,431.37..
        assertThat(story.price(T3, "4431.38").all(LoanEvent.MarginNoticeIssued.class))
                .isEmpty();
        assertThat(story.price(T3, "4431.37")
                        .the(LoanEvent.MarginNoticeIssued.class)
                        .rung())
                .isEqualTo(2);
    }

    @Test
    void stopsAPayoutAtTheFirstBand() {
        LoanStory story = LoanStory.secured(product("0", BANDS), "40000.00").forgetEvents();
        assertThat(story.price(T1, "5000.01").names()).isEmpty();
        story.price(T1, "5000.00").the(LoanEvent.DisbursementCancelInstructed.class);
    }

    @Test
    void refusesBandsThatWouldSellOfASoundLoan() {
        assertThatThrownBy(() -> product("0", band(60, 50))).hasMessageContaining("stands at its target of 60/100");
        ProductTerms like = product("0");
        LiquidationTerms stabilise = new LiquidationTerms(
                reaches(95, 100),
                SalePlan.STABILISE,
                Fraction.percent(60),
                Fraction.ONE,
                Money.zero(USD),
                Charge.NONE,
                Charge.NONE,
                Fraction.percent(2),
                Fraction.percent(50));
        assertThatThrownBy(() -> new ProductTerms(
                        "stable",
                        1,
                        USD,
                        like.collateral(),
                        like.openLtv(),
                        ladder(BANDS),
                        stabilise,
                        like.interest(),
                        like.exposureBasis(),
                        0))
                .hasMessageContaining("it has no bands");
    }

    private static LoanEvent.LiquidationRequested sold(
            LoanStory story, int number, int rung, SaleMode mode, String quantity) {
        List<LoanEvent.LiquidationRequested> requests = story.all(LoanEvent.LiquidationRequested.class);
        assertThat(requests).as("%s", story.names()).hasSize(number);
        LoanEvent.LiquidationRequested request = requests.getLast();
        assertThat(request.rung()).isEqualTo(rung);
        assertThat(request.mode()).isEqualTo(mode);
        assertThat(request.reserved().amount()).isEqualByComparingTo(quantity);
        return request;
    }

    private static Rung band(int threshold, int level) {
        return Rung.sell(reaches(threshold, 100), Fraction.percent(level), QUARTER);
    }

    private static LoanStory story(Rung... rungs) {
        return story("0", rungs);
    }

    private static LoanStory story(String dust, Rung... rungs) {
        return LoanStory.secured(product(dust, rungs), "40000.00").paidOut().forgetEvents();
    }

    private static Ladder ladder(Rung... rungs) {
        return new Ladder(
                List.of(rungs),
                Duration.ofHours(1),
                Ladder.ClockStopper.DETECTED,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO);
    }

    private static ProductTerms product(String dust, Rung... rungs) {
        ProductTerms plain = LadderTest.product(
                "bands", Fraction.percent(50), ladder(rungs), reaches(95, 100), Fraction.percent(60));
        return new ProductTerms(
                plain.productId(),
                plain.version(),
                USD,
                plain.collateral(),
                plain.openLtv(),
                plain.ladder(),
                new LiquidationTerms(
                        reaches(95, 100),
                        Fraction.percent(60),
                        Money.of(dust, USD),
                        Fraction.ZERO,
                        Fraction.percent(2)),
                plain.interest(),
                plain.exposureBasis(),
                0);
    }
}
