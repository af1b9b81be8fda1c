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
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.HaircutTier;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.ReleaseTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a loan's coin counts, and what of it may go back while the loan runs. */
class ReleaseAndTiersTest {
    private static final Quantity LOT = Quantity.of("0.00010000", BTC);

    /** Under 30 % back to 40 %, for 100 to 100,000, after 60 days and each 60 days. */
    private static final ReleaseTerms RELEASE = new ReleaseTerms(
            Fraction.percent(30), Fraction.percent(40), Money.of("100", USD), Money.of("100000", USD), 60, 60);

    /** 5 BTC count in full, what is beyond four fifths. */
    private static final CollateralTerms TIERS = new CollateralTerms(
            BTC,
            MARKET,
            List.of(
                    new HaircutTier(Quantity.zero(BTC), Fraction.ZERO),
                    new HaircutTier(Quantity.of("5", BTC), Fraction.percent(20))),
            LOT,
            Fraction.percent(45));

    private static final CollateralTerms PLAIN = new CollateralTerms(BTC, MARKET, Fraction.ZERO, LOT);

    private static ProductTerms product(CollateralTerms coin, String rate, @Nullable ReleaseTerms release) {
        return new ProductTerms(
                "coins",
                1,
                USD,
                List.of(coin),
                Fraction.percent(50),
                Ladder.of(
                        Threshold.reaches(Fraction.percent(70)),
                        Fraction.percent(50),
                        Duration.ofHours(24),
                        Duration.ofHours(1),
                        Ladder.ClockStopper.DETECTED),
                new LiquidationTerms(
                        Threshold.reaches(Fraction.percent(80)),
                        Fraction.percent(60),
                        Money.zero(USD),
                        Fraction.ZERO,
                        Fraction.percent(2)),
                new InterestTerms(Fraction.ofDecimal(new BigDecimal(rate)), DayCount.ACT_365F),
                ExposureBasis.OUTSTANDING,
                365,
                release);
    }

    private static LoanStory onDay(int day, String principal, String rate) {
        return LoanStory.secured(product(PLAIN, rate, RELEASE), principal)
                .paidOut()
                .price(START.plus(Duration.ofDays(day)), "10000");
    }

    @ParameterizedTest(name = "{1} owed at {2} on day {0}: {3} BTC are {4}")
    @CsvSource({
        // 25,000 x (1 + 0.1199 x 61/365) = 25,500.952...; over 0.4 x 10,000 = 6.375238...; 10 less that is
        // 3.62476198...
        "61, 25000.00, 0.1199, 3.62476198, GRANTED",
        "61, 25000.00, 0.1199, 3.62476199, LTV_TOO_HIGH",
        "60, 25000.00, 0.1199, 3.62476198, RELEASE_TOO_EARLY",
        "364, 20000.00, 0, 1, GRANTED",
        "365, 20000.00, 0, 1, RELEASE_TOO_LATE",
        "61, 25000.00, 0, 0.01, GRANTED", // worth 100.00
        "61, 25000.00, 0, 0.0099, RELEASE_OUT_OF_BOUNDS",
        "61, 30000.00, 0, 0.01, LTV_TOO_HIGH", // exactly 30 %
        "61, 29999.99, 0, 0.01, GRANTED",
        "61, 25000.00, 0, 3.75, GRANTED", // 62,500 stay for 25,000
        "61, 25000.00, 0, 3.75000001, LTV_TOO_HIGH",
        "61, 25000.00, 0, 10.00000001, EXCEEDS_COLLATERAL",
    })
    void releasesWhatItsTermsAllow(int day, String principal, String rate, String quantity, String answer) {
        LoanStory story = onDay(day, principal, rate).releaseAsked(quantity);
        if (!answer.equals("GRANTED")) {
            story.refusedWith(Refusal.valueOf(answer));
            return;
        }
        LoanEvent.CollateralReleaseInstructed release = story.the(LoanEvent.CollateralReleaseInstructed.class);
        assertThat(release.quantity().amount()).isEqualByComparingTo(quantity);
        assertThat(release.requestedOn()).isEqualTo(Draft.dateOf(START).plusDays(day));
        assertThat(story.loan().releasedOn()).isEqualTo(release.requestedOn());
    }

    @Test
    void releasesOnceInItsInterval() {
        LoanStory story = onDay(61, "20000.00", "0").releaseAsked("0.1");
        story.price(START.plus(Duration.ofDays(120)), "10000").releaseAsked("0.1");
        story.refusedWith(Refusal.RELEASE_TOO_SOON);
        story.price(START.plus(Duration.ofDays(121)), "10000").releaseAsked("0.1");
        assertThat(story.all(LoanEvent.CollateralReleaseInstructed.class)).hasSize(2);
    }

    @Test
    void releasesAnyTimeUpToTheOpeningLimitWithoutSuchTerms() {
        LoanStory story =
                LoanStory.secured(product(PLAIN, "0", null), "40000.00").paidOut();
        story.releaseAsked("2.00000001").refusedWith(Refusal.LTV_TOO_HIGH);
        story.releaseAsked("2");
        assertThat(story.the(LoanEvent.CollateralReleaseInstructed.class).requestedOn())
                .isNull();
        assertThat(story.loan().releasedOn()).isNull();
    }

    @Test
    void refusesReleaseTermsThatWouldCallMargin() {
        ReleaseTerms to70 =
                new ReleaseTerms(Fraction.percent(30), Fraction.percent(70), Money.zero(USD), Money.of("1", USD), 0, 0);
        assertThatThrownBy(() -> product(PLAIN, "0", to70)).isInstanceOf(IllegalArgumentException.class);
    }

    // --- tiers -------------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0} BTC count {1}")
    @CsvSource({"4, 4", "5, 5", "5.00000001, 5.000000008", "8, 7.4", "0, 0"})
    void countsEachPartOfTheCoinAtItsOwnHaircut(String quantity, String counted) {
        assertThat(TIERS.counted(Quantity.of(quantity, BTC))).isEqualByComparingTo(counted);
    }

    @Test
    void opensAtTheCoinsOwnLimitOnWhatCounts() {
        // 10 BTC count 9: 45 % of 90,000
        assertThat(LoanStory.secured(product(TIERS, "0", null), "40500.00")
                        .loan()
                        .status())
                .isEqualTo(LoanStatus.ISSUED);
        assertThat(LoanStory.secured(product(TIERS, "0", null), "40500.01")
                        .loan()
                        .status())
                .isEqualTo(LoanStatus.REQUESTED);
    }

    @ParameterizedTest(name = "at {0} {1} more BTC heal")
    @CsvSource({
        // 40,500 / (0.5 x 6,428.57) = 12.6000028...: 5 + 7.6000028.../0.8 = 14.50000350...
        "6428.57, 4.50000351",
        "6000.00, 5.62500000", // 13.5: 5 + 8.5/0.8 = 15.625
    })
    void asksForTheCoinThatCountsEnough(String price, String topUp) {
        LoanStory story =
                LoanStory.secured(product(TIERS, "0", null), "40500.00").paidOut();
        story.price(START.plusSeconds(1), price);
        LoanEvent.MarginCallIssued call = story.the(LoanEvent.MarginCallIssued.class);
        assertThat(call.topUpToCure()).isEqualTo(Quantity.of(topUp, BTC));
        assertThat(call.evidence().counted()).isEqualByComparingTo("9");
        assertThat(call.evidence().collateral()).isEqualTo(Quantity.of("10", BTC));
        assertThat(call.evidence().holds()).isTrue();
        assertThat(call.evidence().exposureRoundedUp()).isEqualTo(Money.of("40500.00", USD));
        story.locked(
                        "tx:1",
                        new BigDecimal(topUp)
                                .subtract(new BigDecimal("0.00000001"))
                                .toPlainString())
                .granted("tx:1");
        assertThat(story.names()).doesNotContain("MarginCallCured");
        story.locked("tx:2", "0.00000001").granted("tx:2");
        assertThat(story.names()).contains("MarginCallCured");
    }

    @Test
    void findsTheTopUpWithinATier() {
        // 4 BTC; 31,000 / (0.5 x 10,000) = 6.2 have to count: 1 + 1.2/0.8 = 2.5 more
        Loan loan = LoanStory.secured(product(TIERS, "0", null), "31000.00")
                .paidOut()
                .loan();
        Quote quote = LoanStory.quote(loan, "10000");
        LoanToValue four = LoanToValue.of(loan, loan.debt(), Quantity.of("4", BTC), quote, Draft.dateOf(START));
        Quantity all = four.topUpTo(Fraction.percent(50), loan);
        assertThat(all.plus(loan.collateral().pledged())).isEqualTo(Quantity.of("10", BTC)); // 6.5 of the 10 are enough
        assertThat(LoanToValue.of(loan, loan.debt(), Quantity.of("6.5", BTC), quote, Draft.dateOf(START))
                        .isAtOrUnder(Fraction.percent(50)))
                .isTrue();
        assertThat(LoanToValue.of(loan, loan.debt(), Quantity.of("6.49999999", BTC), quote, Draft.dateOf(START))
                        .isAtOrUnder(Fraction.percent(50)))
                .isFalse();
    }

    @Test
    void sellsTheCoinThatCountsLeastFirst() {
        // 40,500 at 5,625: 9 count, 50,625, 80 %. To 60 %: 5 sold leave 12,375 on 5 BTC, 28,125, 44 %; s sold leave
        // 40,500 - 5,625 s on 9 - 0.8 s BTC: 40,500 - 5,625 s = 0.6 x 5,625 x (9 - 0.8 s), s = 10,125 / 2,925 =
        // 3.4615...
        LoanStory story =
                LoanStory.secured(product(TIERS, "0", null), "40500.00").paidOut();
        LoanEvent.LiquidationRequested request =
                story.price(START.plusSeconds(1), "5625.00").the(LoanEvent.LiquidationRequested.class);
        assertThat(request.mode()).isEqualTo(SaleMode.PARTIAL);
        assertThat(request.reserved().amount()).isEqualByComparingTo("3.4616");
    }

    @Test
    void refusesTiersThatDoNotRise() {
        HaircutTier first = new HaircutTier(Quantity.zero(BTC), Fraction.percent(10));
        HaircutTier softer = new HaircutTier(Quantity.of("5", BTC), Fraction.percent(5));
        HaircutTier third = new HaircutTier(Quantity.of("5", BTC), Fraction.of(1, 3));
        for (List<HaircutTier> tiers : List.of(
                List.<HaircutTier>of(),
                List.of(softer),
                List.of(first, softer),
                List.of(first, third),
                List.of(first, first))) {
            assertThatThrownBy(() -> new CollateralTerms(BTC, MARKET, tiers, LOT, null))
                    .as("%s", tiers)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
