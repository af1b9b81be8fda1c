package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.BTC;
import static io.loanledger.core.loan.LoanStory.PRODUCT;
import static io.loanledger.core.loan.LoanStory.START;
import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same loan under three exposure bases: open 50 %, call 70 % cured at 60 %, hard 80 % to 60 %, fee 0.99 %, 12 % a year for 365 days by
 * ACT/365F, on 10 BTC. Every figure is worked out by hand.
 */
class ExposureTest {
    private static final LocalDate DAY = LocalDate.of(2020, 3, 1);
    private static final LocalDate MATURITY = LocalDate.of(2021, 3, 1);

    static ProductTerms product(ExposureBasis basis, String annualRate, DayCount dayCount, int termDays) {
        return new ProductTerms(
                PRODUCT.productId(),
                1,
                PRODUCT.debtAsset(),
                PRODUCT.collateral(),
                PRODUCT.openLtv(),
                PRODUCT.ladder(),
                PRODUCT.liquidation(),
                new InterestTerms(Fraction.ofDecimal(new BigDecimal(annualRate)), dayCount),
                basis,
                termDays);
    }

    private static ProductTerms product(ExposureBasis basis) {
        return product(basis, "0.12", DayCount.ACT_365F, 365);
    }

    private static LoanStory paidOut(ExposureBasis basis, String principal) {
        LoanStory story = LoanStory.secured(product(basis), principal).paidOut();
        assertThat(story.loan().status()).isEqualTo(LoanStatus.ACTIVE);
        return story;
    }

    @ParameterizedTest(name = "{0}: {1} on 100,000 at 50 % is {2}")
    @CsvSource({
        "PRINCIPAL, 50000.00, ISSUED",
        "PRINCIPAL, 50000.01, REQUESTED",
        "OUTSTANDING, 50000.00, ISSUED",
        "OUTSTANDING, 50000.01, REQUESTED",
        "TOTAL_OBLIGATION, 44642.85, ISSUED", // x 1.12 = 49,999.9920
        "TOTAL_OBLIGATION, 44642.86, REQUESTED", // x 1.12 = 50,000.0032
    })
    void lendsUpToTheOpeningShareOfItsOwnBasis(ExposureBasis basis, String principal, LoanStatus status) {
        assertThat(LoanStory.secured(product(basis), principal).loan().status()).isEqualTo(status);
    }

    @Test
    void countsTheTermOfAPromiseFromTheDayOfItsRequest() {
        // 366 days from 1 March 2020 by ACT/ACT ISDA: 306 of 2020 over 366, 60 of 2021 over 365 = 1.00044913...
        ProductTerms product = product(ExposureBasis.TOTAL_OBLIGATION, "1", DayCount.ACT_ACT_ISDA, 366);
        // 50,000 / 2.00044913... = 24,994.387...
        assertThat(LoanStory.secured(product, "24994.38").loan().status()).isEqualTo(LoanStatus.ISSUED);
        assertThat(LoanStory.secured(product, "24994.39").loan().status()).isEqualTo(LoanStatus.REQUESTED);
    }

    @ParameterizedTest(name = "{0}: {1} is called at {2}, not at {3}")
    @CsvSource({
        "PRINCIPAL, 50000.00, 7142.85, 7142.86", // 50,000 / (10 x 0.70) = 7,142.857...
        "OUTSTANDING, 50000.00, 7142.85, 7142.86",
        "TOTAL_OBLIGATION, 44642.85, 7142.85, 7142.86", // 49,999.992 / 7 = 7,142.856
        "TOTAL_OBLIGATION, 40000.00, 6400.00, 6400.01", // 44,800 / 7 = 6,400
    })
    void callsAtThePriceWhereItsBasisReachesSeventyPercent(
            ExposureBasis basis, String principal, String called, String notCalled) {
        assertThat(paidOut(basis, principal)
                        .price(START.plusSeconds(1), notCalled)
                        .names())
                .doesNotContain("MarginCallIssued");
        LoanStory story = paidOut(basis, principal).price(START.plusSeconds(1), called);
        assertThat(story.the(LoanEvent.MarginCallIssued.class).evidence().exposureBasis())
                .isEqualTo(basis);
    }

    @ParameterizedTest(name = "{0} after {2} days: repay {3} or add {4}")
    @CsvSource({
        // 10 BTC at 7,000: exposure may be 42,000.
        "PRINCIPAL, 50000.00, 0, 8000.00, 1.90476191",
        // 30 days' interest of 493.15 is paid first and heals nothing
        "PRINCIPAL, 50000.00, 30, 8493.15, 1.90476191",
        "OUTSTANDING, 50000.00, 0, 8000.00, 1.90476191",
        // 50,493.1506... - 42,000; / 4,200 - 10
        "OUTSTANDING, 50000.00, 30, 8493.16, 2.02217874",
        // (49,999.992 - 42,000) / 1.12; 49,999.992 / 4,200 - 10
        "TOTAL_OBLIGATION, 44642.85, 0, 7142.85, 1.90476000",
        // 440.31 of interest, then (7,999.992 - 440.31) / (1 + 0.12 x 335/365) = 6,809.6839...
        "TOTAL_OBLIGATION, 44642.85, 30, 7250.00, 1.90476000",
    })
    void asksForWhatHealsThroughTheWaterfall(
            ExposureBasis basis, String principal, int days, String repay, String topUp) {
        Instant later = START.plus(Duration.ofDays(days)).plusSeconds(1);
        LoanStory story = paidOut(basis, principal).price(later, "7000");
        LoanEvent.MarginCallIssued call = story.the(LoanEvent.MarginCallIssued.class);
        assertThat(call.repayToCure()).isEqualTo(Money.of(repay, USD));
        assertThat(call.topUpToCure()).isEqualTo(Quantity.of(topUp, BTC));

        BigDecimal less = new BigDecimal(repay).subtract(new BigDecimal("0.01"));
        assertThat(paidOut(basis, principal)
                        .price(later, "7000")
                        .repaid(later, less.toPlainString())
                        .names())
                .doesNotContain("MarginCallCured");
        assertThat(story.repaid(later, repay).names()).contains("MarginCallCured");
    }

    @ParameterizedTest(name = "{0} after {2} days sells {3}")
    @CsvSource({
        // 10 BTC at 6,200, target 60 %. (50,000 - 37,200) / (0.9901 - 0.60) / 6,200 = 5.29227...
        "PRINCIPAL, 50000.00, 0, 5.2923",
        // 493.15 of the proceeds go to interest first: 13,293.15 / 0.3901 / 6,200 = 5.49617...
        "PRINCIPAL, 50000.00, 30, 5.4962",
        "OUTSTANDING, 50000.00, 0, 5.2923",
        // (49,999.992 - 37,200) / (1.12 x 0.9901 - 0.60) / 6,200 = 4.05672...
        "TOTAL_OBLIGATION, 44642.85, 0, 4.0568",
        // b = 1.110137: (12,799.992 + 440.31 x (b - 1)) / (b x 0.9901 - 0.60) / 6,200 = 4.15175...
        "TOTAL_OBLIGATION, 44642.85, 30, 4.1518",
    })
    void sellsTheSmallestQuantityAfterWhichItsBasisStandsAtTheTarget(
            ExposureBasis basis, String principal, int days, String quantity) {
        Loan loan = paidOut(basis, principal).loan();
        Sizing sizing = Sizing.of(loan, LoanStory.quote(loan, "6200"), DAY.plusDays(days));
        assertThat(sizing.mode()).isEqualTo(SaleMode.PARTIAL);
        assertThat(sizing.quantity().amount()).isEqualByComparingTo(quantity);
    }

    @Test
    void drawsAFallingKeyOnceWhereTheExposureDoesNotGrow() {
        LoanTriggers principal =
                LoanTriggers.of(paidOut(ExposureBasis.PRINCIPAL, "50000.00").loan(), START, 7);
        assertThat(principal.fallingKey()).isEqualTo(714_285_714_286L); // 7,142.857142857..., rounded up
        assertThat(principal.keysValidUntil()).isNull();

        Loan total = paidOut(ExposureBasis.TOTAL_OBLIGATION, "44642.85").loan();
        LoanTriggers throughTheTerm = LoanTriggers.of(total, START, 7);
        assertThat(throughTheTerm.fallingKey()).isEqualTo(714_285_600_000L);
        assertThat(throughTheTerm.keysValidUntil()).isEqualTo(Instant.parse("2021-03-01T23:59:59.999999999Z"));

        // Past the maturity it is what is outstanding, and grows by the day: 14 days from the 2nd bear 44,642.85 x 0.12
        // x 15/365 more.
        LoanTriggers past = LoanTriggers.of(total, Instant.parse("2021-03-02T12:00:00Z"), 14);
        assertThat(past.fallingKey()).isEqualTo(717_430_693_151L);
        assertThat(past.keysValidUntil()).isEqualTo(Instant.parse("2021-03-16T23:59:59.999999999Z"));

        LoanTriggers outstanding =
                LoanTriggers.of(paidOut(ExposureBasis.OUTSTANDING, "50000.00").loan(), START, 7);
        assertThat(outstanding.keysValidUntil()).isEqualTo(Instant.parse("2020-03-08T23:59:59.999999999Z"));
    }

    @Test
    void saysInItsEvidenceWhenTheLoanIsDue() {
        LoanStory story = LoanStory.secured(product(ExposureBasis.TOTAL_OBLIGATION), "44642.85");
        assertThat(story.loan().maturity()).isNull();
        assertThat(story.the(LoanEvent.LoanIssued.class).evidence().maturity()).isNull();
        story.paidOut().price(START.plusSeconds(1), "7000");
        assertThat(story.loan().maturity()).isEqualTo(MATURITY);
        PriceEvidence evidence = story.the(LoanEvent.MarginCallIssued.class).evidence();
        assertThat(evidence.maturity()).isEqualTo(MATURITY);
        assertThat(evidence.exposure()).isEqualTo(Money.of("49999.99", USD));
        assertThat(evidence.holds()).isTrue();

        ProductTerms line = product(ExposureBasis.OUTSTANDING, "0.12", DayCount.ACT_365F, 0);
        assertThat(LoanStory.secured(line, "50000.00").paidOut().loan().maturity())
                .isNull();
    }

    @Test
    void growsPastItsMaturityAsWhatIsOutstanding() {
        Loan loan = paidOut(ExposureBasis.TOTAL_OBLIGATION, "40000.00").loan();
        Quote at = LoanStory.quote(loan, "6400");
        Fraction seventy = Fraction.percent(70);
        assertThat(LoanToValue.of(loan, at, DAY).isAtOrUnder(seventy)).isTrue();
        assertThat(LoanToValue.of(loan, at, MATURITY).isAtOrUnder(seventy)).isTrue();
        assertThat(LoanToValue.of(loan, at, MATURITY.plusDays(1)).isAtOrUnder(seventy))
                .isFalse();
    }

    @Test
    void takesNoTotalObligationWithoutATermAndNoTermOutOfTheCalendar() {
        assertThatThrownBy(() -> product(ExposureBasis.TOTAL_OBLIGATION, "0.12", DayCount.ACT_365F, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a maturity");
        assertThatThrownBy(() -> product(ExposureBasis.PRINCIPAL, "0.12", DayCount.ACT_365F, -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> product(ExposureBasis.PRINCIPAL, "0.12", DayCount.ACT_365F, 36_526))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
