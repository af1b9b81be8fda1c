package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.BTC;
import static io.loanledger.core.loan.LoanStory.START;
import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.lender.Lender;
import io.loanledger.core.lender.Lenders;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a loan of {@link Lenders} after its first breach; on 10 BTC, reckoned by hand. */
class LenderSalesTest {
    private static final Instant FIRST = START.plusSeconds(1);
    private static final Instant SECOND = START.plusSeconds(2);
    private static final Instant THIRD = START.plusSeconds(3);

    // --- Ledn --------------------------------------------------------------------------------------------------------

    @Test
    void leavesALednLikeCallOpenWithoutAClock() {
        LoanStory story =
                LoanStory.secured(Lenders.LEDN.terms(), "49000.00").paidOut().price(FIRST, "6999.99");
        assertThat(story.the(LoanEvent.MarginCallIssued.class).deadline()).isAfter(START.plus(36_525, ChronoUnit.DAYS));
        story.price(START.plus(Duration.ofDays(300)), "7300.00"); // 49,000 and 300 days of interest: 73.7 %
        assertThat(story.names()).doesNotContain("MarginCallExpired", "MarginCallCured", "LiquidationRequested");
    }

    @ParameterizedTest(name = "on day {0} {1} BTC are released: {2}")
    @CsvSource({
        // 25,000.00 and 61 days of 11.99 %: 25,500.952..., 40 % of 63,752.38; 3.62476198 BTC are over it
        "61, 3.62476198, granted",
        "61, 3.62476199, LTV_TOO_HIGH",
        "60, 3.62476198, RELEASE_TOO_EARLY",
        "61, 0.0099, RELEASE_OUT_OF_BOUNDS", // 99 USD
        "61, 0.01, granted",
    })
    void releasesALednLikeLoansExcess(int day, String quantity, String answer) {
        LoanStory story = LoanStory.secured(Lenders.LEDN.terms(), "25000.00").paidOut();
        story.price(START.plus(Duration.ofDays(day)), "10000").forgetEvents().releaseAsked(quantity);
        if (answer.equals("granted")) {
            assertThat(story.names()).contains("CollateralReleaseInstructed");
        } else {
            story.refusedWith(Refusal.valueOf(answer));
        }
    }

    // --- Unchained ---------------------------------------------------------------------------------------------------

    @Test
    void hastensAnUnchainedLikeCallAt135Percent() {
        LoanStory story =
                LoanStory.secured(Lenders.UNCHAINED.terms(), "40000.00").paidOut();
        story.price(FIRST, "6000.00");
        assertThat(story.the(LoanEvent.MarginCallIssued.class).deadline()).isEqualTo(FIRST.plus(Duration.ofDays(2)));
        Instant tenHours = FIRST.plus(Duration.ofHours(10));
        story.price(tenHours.minusSeconds(1), "5400.01");
        assertThat(story.names()).doesNotContain("MarginCallAccelerated");
        story.price(tenHours, "5400.00");
        assertThat(story.the(LoanEvent.MarginCallAccelerated.class).deadline())
                .isEqualTo(FIRST.plus(Duration.ofHours(14)));
    }

    @Test
    void doesNotLengthenAnUnchainedLikeCallByHasteningIt() {
        LoanStory story =
                LoanStory.secured(Lenders.UNCHAINED.terms(), "40000.00").paidOut();
        story.price(FIRST, "6000.00").price(FIRST.plus(Duration.ofHours(46)), "5400.00");
        assertThat(story.the(LoanEvent.MarginCallAccelerated.class).deadline())
                .isEqualTo(FIRST.plus(Duration.ofDays(2)));
    }

    @Test
    void curesAnUnchainedLikeCallAt165Percent() {
        LoanStory story =
                LoanStory.secured(Lenders.UNCHAINED.terms(), "40000.00").paidOut();
        story.price(FIRST, "5400.00").price(SECOND, "6599.99");
        assertThat(story.names()).doesNotContain("MarginCallCured");
        assertThat(story.price(THIRD, "6600.00").names()).contains("MarginCallCured");
    }

    @Test
    void sellsAnUnchainedLikeLoanTo200PercentWhenItsCallRanOut() {
        LoanStory story =
                LoanStory.secured(Lenders.UNCHAINED.terms(), "40000.00").paidOut();
        story.price(FIRST, "5400.00").price(FIRST.plus(Duration.ofHours(5)).plusSeconds(1), "5400.00");
        LoanEvent.LiquidationRequested request = story.the(LoanEvent.LiquidationRequested.class);
        assertThat(request.reason()).isEqualTo(CaseReason.CALL_EXPIRED);
        assertThat(request.mode()).isEqualTo(SaleMode.PARTIAL); // 13,999.54 stay, not under 10,000
        // (40,000 - 27,000) / (1/2) / 5,400 = 4.81481...; 4.8148 leaves 14,000.08 on 28,000.08
        assertThat(request.reserved().amount()).isEqualByComparingTo("4.8149");
    }

    @Test
    void sellsAnUnchainedLikeLoanAt110PercentWhileBothClocksRun() {
        LoanStory story =
                LoanStory.secured(Lenders.UNCHAINED.terms(), "40000.00").paidOut();
        story.price(FIRST, "6000.00").price(SECOND, "5400.00").price(THIRD, "4400.00");
        assertThat(story.the(LoanEvent.LiquidationRequested.class).reason()).isEqualTo(CaseReason.HARD_LTV);
    }

    // --- Strike ------------------------------------------------------------------------------------------------------

    @Test
    void cancelsAStrikeLikeCallWhenThePriceHealsTo60Percent() {
        LoanStory story = LoanStory.secured(Lenders.STRIKE.terms(), "40000.00").paidOut();
        story.price(FIRST, "6400").price(SECOND, "7466.66"); // 44,800 / 74,666.60 is over 60 %
        assertThat(story.names()).doesNotContain("MarginCallCured");
        story.price(THIRD, "7466.67");
        assertThat(story.the(LoanEvent.MarginCallCured.class).kind()).isEqualTo(CureKind.PRICE);
    }

    @Test
    void sellsAStrikeLikeLoanTo65PercentSinceFebruary2026() {
        LoanStory story = LoanStory.secured(to65Percent(Lenders.STRIKE.terms()), "40000.00")
                .paidOut()
                .price(FIRST, "5270.58");
        // (44,800 - 34,258.77) / (1.12 x 0.9901 - 0.65) / 5,270.58 = 4.358163...
        assertThat(story.the(LoanEvent.LiquidationRequested.class).reserved().amount())
                .isEqualByComparingTo("4.3582");
    }

    private static ProductTerms to65Percent(ProductTerms terms) {
        LiquidationTerms sale = terms.liquidation();
        return new ProductTerms(
                terms.productId(),
                terms.version(),
                terms.debtAsset(),
                terms.collateral(),
                terms.openLtv(),
                terms.ladder(),
                new LiquidationTerms(
                        sale.threshold(),
                        Fraction.percent(65),
                        sale.minimumResidualDebt(),
                        sale.fee().rate(),
                        sale.floorDiscount()),
                terms.interest(),
                terms.exposureBasis(),
                terms.termDays());
    }

    // --- Nexo --------------------------------------------------------------------------------------------------------

    @Test
    void tellsANexoLikeBorrowerThreeTimesAndCallsNever() {
        LoanStory story = LoanStory.secured(Lenders.NEXO.terms(), "50000.00").paidOut();
        story.price(FIRST, "7000.01");
        assertThat(story.all(LoanEvent.MarginNoticeIssued.class)).isEmpty();
        story.price(SECOND, "7000.00").price(THIRD, "6750.00").price(THIRD.plusSeconds(1), "6500.00");
        assertThat(story.all(LoanEvent.MarginNoticeIssued.class))
                .extracting(LoanEvent.MarginNoticeIssued::rung)
                .containsExactly(1, 2, 3);
        assertThat(story.names()).doesNotContain("MarginCallIssued", "LiquidationRequested");
    }

    @Test
    void tellsANexoLikeBorrowerOnceOfAJump() {
        LoanStory story = LoanStory.secured(Lenders.NEXO.terms(), "50000.00").paidOut();
        story.price(FIRST, "8000.00").price(SECOND, "6600.00");
        assertThat(story.the(LoanEvent.MarginNoticeIssued.class).rung()).isEqualTo(2);
    }

    @Test
    void sellsANexoLikeLoanInSmallSteps() {
        LoanStory story = LoanStory.secured(Lenders.NEXO.terms(), "50000.00")
                .paidOut()
                .price(FIRST, "6000.00")
                .settled(1, "0.8333", "4999.80", "0", true);
        assertThat(story.loan().debt().posted()).isEqualTo(Money.of("45000.20", USD));
        story.forgetEvents().price(SECOND, "5890.92"); // 45,000.20 x 1.2 = 54,000.24 under 54,000.30
        assertThat(story.names()).doesNotContain("LiquidationRequested");
        story.price(THIRD, "5890.91");
        assertThat(story.the(LoanEvent.LiquidationRequested.class).reserved().amount())
                .isEqualByComparingTo("0.7638");
    }

    // --- SALT --------------------------------------------------------------------------------------------------------

    @Test
    void keepsWhatASaltLikeSaleBringsWhateverTheCoinDoesThen() {
        LoanStory story = LoanStory.secured(Lenders.SALT.terms(), "50000.00")
                .paidOut()
                .price(FIRST, "5499.99")
                .settled(1, "10.0000", "54999.90", "0", true)
                .proceeds("L1/case/1", "54999.90");
        assertThat(story.loan().settlement().stabilised()).isEqualTo(Money.of("54999.90", USD));
        assertThat(story.loan().debt().posted()).isEqualTo(Money.of("50000.00", USD));
        story.forgetEvents().price(SECOND, "9000.00").price(THIRD, "3000.00");
        assertThat(story.names()).isEmpty();
    }

    @ParameterizedTest(name = "after {0} is repaid the coin is bought back: {1}")
    @CsvSource({
        "4166.74, false", // 45,833.26 x 1.2 = 54,999.912 over 54,999.90
        "4166.75, true", // exactly 100/120
    })
    void buysASaltLikeBorrowersCoinBackAtOneOver120PercentAndOnRequest(String repaid, boolean granted) {
        LoanStory story = LoanStory.secured(Lenders.SALT.terms(), "50000.00")
                .paidOut()
                .price(FIRST, "5499.99")
                .settled(1, "10.0000", "54999.90", "0", true)
                .proceeds("L1/case/1", "54999.90")
                .repaid(FIRST, repaid)
                .forgetEvents();
        story.tell(new LoanInput.ReconversionRequested(story.head(FIRST)));
        if (granted) {
            assertThat(story.the(LoanEvent.ReconversionInstructed.class).spend())
                    .isEqualTo(Money.of("54999.90", USD));
        } else {
            story.refusedWith(Refusal.LTV_TOO_HIGH);
        }
    }

    // --- Coinbase and Maker: the whole debt with its penalty, the rest of the coin back
    // -------------------------------

    @ParameterizedTest(name = "{0}: {4} BTC for {5}, penalty {6}, surplus {7}, {8} BTC back")
    @CsvSource({
        "coinbase-like, 10000, 68800.00, 7999.99, 8.9767, 71813.51, 3013.44, 0.07, 1.02330000",
        "maker-like, 17500, 100000.00, 17499.99, 6.4572, 113000.93, 13000.00, 0.93, 3.54280000",
    })
    void raisesTheDebtAndItsPenaltyAndReturnsTheRest(
            String product,
            String opened,
            String principal,
            String hard,
            String sold,
            String gross,
            String penalty,
            String surplus,
            String back) {
        ProductTerms terms = Lenders.ALL_SEVEN.stream()
                .map(Lender::terms)
                .filter(one -> one.productId().equals(product))
                .findFirst()
                .orElseThrow();
        LoanStory story = LoanStory.securedAt(opened, terms, principal)
                .fixed(Lenders.UTILISATION, LocalDate.of(2020, 1, 1), "0.9")
                .price(START, opened)
                .paidOut()
                .price(FIRST, hard);
        LoanEvent.LiquidationRequested request = story.the(LoanEvent.LiquidationRequested.class);
        assertThat(request.mode()).isEqualTo(SaleMode.PARTIAL);
        assertThat(request.reserved().amount()).isEqualByComparingTo(sold);

        story.settled(1, sold, gross, "0", true);
        LoanEvent.SaleSettled settled = story.the(LoanEvent.SaleSettled.class);
        assertThat(settled.penalty()).isEqualTo(Money.of(penalty, USD));
        assertThat(settled.allocation().surplus()).isEqualTo(Money.of(surplus, USD));
        assertThat(story.names()).contains("LoanRepaid");
        assertThat(story.the(LoanEvent.CollateralReleaseInstructed.class).quantity())
                .isEqualTo(Quantity.of(back, BTC));
    }
}
