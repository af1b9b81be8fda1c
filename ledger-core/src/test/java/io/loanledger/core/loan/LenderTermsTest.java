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
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Published terms of lenders as data, as far as the ledger's terms express them, with hand-computed figures on 10 BTC. What is missing of
 * each is said at its terms.
 */
class LenderTermsTest {
    /** So much debt is always dust: a sale is of everything. */
    private static final Money ALL = Money.of("1000000000000", USD);

    /**
     * Ratio on what is outstanding; open 50 %, call above 70 % cured by a top-up to 50 %, sold whole above 80 %, bullet of 12 months. Not
     * expressed: the release of excess below 30 %.
     */
    private static final ProductTerms LEDN_LIKE = new ProductTerms(
            "ledn-like",
            1,
            USD,
            coin(),
            Fraction.percent(50),
            call(exceeds(70, 100), Fraction.percent(50), Duration.ofDays(1)),
            sale(exceeds(80, 100), Fraction.percent(50), ALL, Fraction.ZERO),
            new InterestTerms(Fraction.of(1199, 10_000), DayCount.ACT_365F),
            ExposureBasis.OUTSTANDING,
            365);

    /**
     * Collateral to principal: open 250 %, call at 150 % for 48 hours to restore 165 %, sold at 110 % to 200 %, whole under a residual of
     * 10,000; 14 %. Not expressed: the accelerated call at 135 % of 4 hours, interest due each 30 days.
     */
    private static final ProductTerms UNCHAINED_LIKE = new ProductTerms(
            "unchained-like",
            1,
            USD,
            coin(),
            Fraction.of(100, 250),
            call(Threshold.reaches(Fraction.of(100, 150)), Fraction.of(100, 165), Duration.ofDays(2)),
            sale(
                    Threshold.reaches(Fraction.of(100, 110)),
                    Fraction.of(100, 200),
                    Money.of("10000", USD),
                    Fraction.ZERO),
            new InterestTerms(Fraction.percent(14), DayCount.ACT_365F),
            ExposureBasis.PRINCIPAL,
            365);

    /**
     * Ratio on the total obligation; open 50 %, call at 70 % for 24 hours healed at 60 %, sold at 85 % to 60 % for a fee of 0.99 %, bullet.
     * Not expressed: the monthly schedule.
     */
    private static final ProductTerms STRIKE_LIKE = new ProductTerms(
            "strike-like",
            1,
            USD,
            coin(),
            Fraction.percent(50),
            call(Threshold.reaches(Fraction.percent(70)), Fraction.percent(60), Duration.ofDays(1)),
            sale(
                    Threshold.reaches(Fraction.percent(85)),
                    Fraction.percent(60),
                    Money.zero(USD),
                    Fraction.of(99, 10_000)),
            new InterestTerms(Fraction.percent(12), DayCount.ACT_365F),
            ExposureBasis.TOTAL_OBLIGATION,
            365);

    private static List<CollateralTerms> coin() {
        return List.of(new CollateralTerms(BTC, MARKET, Fraction.ZERO, Quantity.of("0.00010000", BTC)));
    }

    private static Ladder call(Threshold threshold, Fraction cure, Duration period) {
        return Ladder.of(threshold, cure, period, Duration.ofHours(1), Ladder.ClockStopper.DETECTED);
    }

    private static LiquidationTerms sale(Threshold threshold, Fraction target, Money residual, Fraction fee) {
        return new LiquidationTerms(threshold, target, residual, fee, Fraction.percent(2));
    }

    private static Threshold exceeds(long numerator, long denominator) {
        return new Threshold(Fraction.of(numerator, denominator), Threshold.Comparator.EXCEEDS);
    }

    private static ProductTerms lender(String name) {
        return List.of(LEDN_LIKE, UNCHAINED_LIKE, STRIKE_LIKE).stream()
                .filter(terms -> terms.productId().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0} lends {1}, not {2}, on 100,000")
    @CsvSource({
        "ledn-like, 50000.00, 50000.01",
        "unchained-like, 40000.00, 40000.01", // 100,000 / 2.5
        "strike-like, 44642.85, 44642.86", // 50,000 / 1.12
    })
    void opensAtTheLendersRatio(String name, String lent, String tooMuch) {
        assertThat(LoanStory.secured(lender(name), lent).loan().status()).isEqualTo(LoanStatus.ISSUED);
        assertThat(LoanStory.secured(lender(name), tooMuch).loan().status()).isEqualTo(LoanStatus.REQUESTED);
    }

    @ParameterizedTest(name = "{0} calls {1} at {3}, not at {2}")
    @CsvSource({
        "ledn-like, 49000.00, 7000.00, 6999.99", // above 70 %: at 70 % nothing happens
        "unchained-like, 40000.00, 6000.01, 6000.00", // collateral of 60,000 is 150 %
        "strike-like, 40000.00, 6400.01, 6400.00", // 44,800 of 64,000 is 70 %
    })
    void callsAtTheLendersRatio(String name, String principal, String notYet, String called) {
        LoanStory story = LoanStory.secured(lender(name), principal).paidOut().price(START.plusSeconds(1), notYet);
        assertThat(story.names()).doesNotContain("MarginCallIssued");
        assertThat(story.price(START.plusSeconds(2), called).names()).contains("MarginCallIssued");
    }

    @ParameterizedTest(name = "{0} at {2}: repay {3} or add {4}")
    @CsvSource({
        "ledn-like, 49000.00, 6999.99, 14000.05, 4.00002001", // to 34,999.95; 49,000 / 3,499.995
        "unchained-like, 40000.00, 6000.00, 3636.37, 1.00000000", // to 60,000 / 1.65 = 36,363.63; 66,000 / 6,000
        "strike-like, 40000.00, 6400.00, 5714.29, 1.66666667", // 44,800 - 38,400 over 1.12; 44,800 / 3,840
    })
    void asksForWhatRestoresTheLendersRatio(String name, String principal, String price, String repay, String topUp) {
        LoanStory story = LoanStory.secured(lender(name), principal).paidOut().price(START.plusSeconds(1), price);
        LoanEvent.MarginCallIssued call = story.the(LoanEvent.MarginCallIssued.class);
        assertThat(call.repayToCure()).isEqualTo(Money.of(repay, USD));
        assertThat(call.topUpToCure()).isEqualTo(Quantity.of(topUp, BTC));
        assertThat(call.deadline())
                .isEqualTo(call.issuedAt().plus(lender(name).ladder().rung(1).period()));
        assertThat(story.repaid(START.plusSeconds(1), repay).names()).contains("MarginCallCured");
    }

    @ParameterizedTest(name = "{0} sells {4} of 10 BTC at {3}, nothing at {2}")
    @CsvSource({
        "ledn-like, 48000.00, 6000.00, 5999.99, FULL, 10.0000", // above 80 %
        // 44,000 of collateral is 110 %; (40,000 - 22,000) / (1 - 1/2) / 4,400 = 8.1818..., but 4,000 of debt is under
        // 10,000
        "unchained-like, 40000.00, 4400.01, 4400.00, FULL, 10.0000",
        // 44,800 of 52,705.88 is 85 %; (44,800 - 31,623.48) / (1.12 x 0.9901 - 0.60) / 5,270.58 = 4.91248...
        "strike-like, 40000.00, 5270.59, 5270.58, PARTIAL, 4.9125",
    })
    void sellsAtTheLendersRatioWhatItsTermsSay(
            String name, String principal, String notYet, String hard, SaleMode mode, String quantity) {
        LoanStory story = LoanStory.secured(lender(name), principal).paidOut().price(START.plusSeconds(1), notYet);
        assertThat(story.names()).doesNotContain("LiquidationRequested");
        LoanEvent.LiquidationRequested request =
                story.price(START.plusSeconds(2), hard).the(LoanEvent.LiquidationRequested.class);
        assertThat(request.mode()).isEqualTo(mode);
        assertThat(request.reserved().amount()).isEqualByComparingTo(quantity);
    }

    @Test
    void keepsTheRestOfAnUnchainedLikeLoanWhoseResidualIsLarge() {
        // 400,000 on 100 BTC at 4,400: 180,000 / (1/2) / 4,400 = 81.8181..., and 40,000.2 of debt stay
        Loan issued = LoanStory.secured(UNCHAINED_LIKE, "400000.00")
                .locked("tx:1", "90.00000000")
                .granted("tx:1")
                .paidOut()
                .loan();
        Sizing sizing = Sizing.of(issued, LoanStory.quote(issued, "4400"), LocalDate.of(2020, 3, 1));
        assertThat(sizing.mode()).isEqualTo(SaleMode.PARTIAL);
        assertThat(sizing.quantity().amount()).isEqualByComparingTo("81.8182");
    }

    @ParameterizedTest(name = "{0}: {1} bears {3} in {2} days")
    @CsvSource({
        "unchained-like, 150000.00, 30, 1726.03", // 150,000 x 0.14 x 30 / 365 = 1,726.027...
        "ledn-like, 50000.00, 365, 5995.00", // 50,000 x 0.1199
        "strike-like, 44642.85, 365, 5357.14", // 44,642.85 x 0.12 = 5,357.142
    })
    void bearsTheLendersInterest(String name, String principal, int days, String interest) {
        RateClock clock = RateClock.of(lender(name).interest(), Rates.NONE);
        LocalDate start = LocalDate.of(2021, 1, 1);
        Debt debt = Debt.none(USD).withPrincipalChanged(Money.of(principal, USD), clock, start);
        assertThat(debt.interestToPost(clock, start.plusDays(days))).isEqualTo(Money.of(interest, USD));
    }

    @Test
    void cancelsAStrikeLikeCallWhenThePriceHealsTo60Percent() {
        LoanStory story = LoanStory.secured(STRIKE_LIKE, "40000.00").paidOut();
        Instant called = START.plusSeconds(1);
        story.price(called, "6400").price(called.plusSeconds(1), "7466.66"); // 44,800 / 74,666.60 is over 60 %
        assertThat(story.names()).doesNotContain("MarginCallCured");
        story.price(called.plusSeconds(2), "7466.67");
        assertThat(story.the(LoanEvent.MarginCallCured.class).kind()).isEqualTo(CureKind.PRICE);
    }
}
