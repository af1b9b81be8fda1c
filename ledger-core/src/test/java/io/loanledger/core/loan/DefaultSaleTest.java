package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.BTC;
import static io.loanledger.core.loan.LoanStory.PRODUCT;
import static io.loanledger.core.loan.LoanStory.START;
import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.Charge;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.Component;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.DefaultTerms;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.SalePlan;
import io.loanledger.core.terms.ScheduleTerms;
import io.loanledger.core.terms.ScheduleTerms.Kind;
import io.loanledger.core.terms.WaterfallTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is sold of a loan in default: as much as clears the debt. 10,000.00 without interest on 10 BTC, due on 1 March 2021, in default 30 days and
 * an hour later; fee 0.99 % of what is sold, lots of 0.0001.
 */
class DefaultSaleTest {
    private static final Instant BEFORE = Instant.parse("2021-04-01T00:00:00Z");
    private static final Instant IN_DEFAULT = Instant.parse("2021-04-01T01:00:01Z");

    private static final WaterfallTerms FEES_LATER = new WaterfallTerms(
            List.of(Component.PRINCIPAL, Component.INTEREST, Component.FEES, Component.PENALTIES, Component.COSTS),
            false,
            false);

    private static Money usd(String amount) {
        return Money.of(amount, USD);
    }

    private static ProductTerms product(LiquidationTerms liquidation) {
        return product(liquidation, WaterfallTerms.PLAIN);
    }

    private static ProductTerms product(LiquidationTerms liquidation, WaterfallTerms waterfall) {
        ScheduleTerms bullet =
                new ScheduleTerms(Kind.BULLET, 0, 0, List.of(), 0, Duration.ofHours(1), usd("0"), Fraction.ZERO);
        return new ProductTerms(
                "agreed",
                1,
                PRODUCT.debtAsset(),
                PRODUCT.collateral(),
                PRODUCT.openLtv(),
                PRODUCT.ladder(),
                liquidation,
                new InterestTerms(Fraction.ZERO, DayCount.ACT_365F),
                ExposureBasis.OUTSTANDING,
                365,
                null,
                AgreementTerms.PLAIN
                        .withWaterfall(waterfall)
                        .withSchedule(bullet)
                        .withDefault(new DefaultTerms(30, BigDecimal.ZERO, true, true, false)));
    }

    private static LiquidationTerms sale(SalePlan plan, Fraction closeFactor) {
        return new LiquidationTerms(
                Threshold.reaches(Fraction.percent(80)),
                plan,
                Fraction.percent(60),
                closeFactor,
                usd("500"),
                Charge.ofSoldValue(Fraction.of(99, 10_000)),
                Charge.NONE,
                Fraction.percent(2),
                plan == SalePlan.STABILISE ? Fraction.percent(50) : null);
    }

    /** Just before its default, at 20,000. */
    private static LoanStory loan(LiquidationTerms liquidation) {
        return LoanStory.secured(product(liquidation), "10000")
                .paidOut()
                .price(BEFORE, "20000")
                .forgetEvents();
    }

    private static LoanStory loan() {
        return loan(PRODUCT.liquidation());
    }

    private static Quantity btc(String quantity) {
        return Quantity.of(quantity, BTC);
    }

    @Test
    void sellsAsMuchAsClearsTheDebtAtTheFormerPrice() {
        LoanStory story = loan().price(IN_DEFAULT, "20000.01");
        LoanEvent.LiquidationRequested asked = story.the(LoanEvent.LiquidationRequested.class);
        // 0.5050: 10,100.00 - 99.99 = 10,000.01; 0.5049: 10,098.00 - 99.97 = 9,998.03.
        assertThat(asked.reserved()).isEqualTo(btc("0.50500000"));
        assertThat(asked.mode()).isEqualTo(SaleMode.PARTIAL);
        assertThat(asked.reason()).isEqualTo(CaseReason.MATURITY);
        assertThat(asked.evidence().index().price()).isEqualByComparingTo("20000");
        assertThat(asked.evidence().holds()).isTrue();
        story.settled(1, "0.5050", "10100.00", "0.00", true);
        assertThat(story.loan().settlement().surplusOwed()).isEqualTo(usd("0.01"));
        assertThat(story.names())
                .containsSubsequence("LoanDefaulted", "SaleSettled", "LiquidationClosed", "DefaultEnded", "LoanRepaid");
    }

    @ParameterizedTest
    @EnumSource(SalePlan.class)
    void noPlanAndNoCloseFactorMakesItAnything(SalePlan plan) {
        Fraction closeFactor = plan == SalePlan.TO_TARGET ? Fraction.of(1, 10) : Fraction.ONE;
        LoanStory story = loan(sale(plan, closeFactor)).price(IN_DEFAULT, "20000.01");
        assertThat(story.the(LoanEvent.LiquidationRequested.class).reserved()).isEqualTo(btc("0.50500000"));
        story.settled(1, "0.5050", "10100.00", "0.00", true);
        assertThat(story.the(LoanEvent.SaleSettled.class).allocation().principal())
                .isEqualTo(usd("10000.00"));
        assertThat(story.names()).contains("LoanRepaid");
    }

    @Test
    void growsAtALowerPriceAndShrinksWithAPayment() {
        LoanStory story = loan().price(IN_DEFAULT, "19000");
        // 0.5316 x 19,000 = 10,100.40, less 99.99; 0.5315 nets 9,998.52.
        assertThat(story.the(LoanEvent.LiquidationAmended.class).reserved()).isEqualTo(btc("0.53160000"));
        story.forgetEvents().repaid(IN_DEFAULT, "5000");
        // 0.2658 x 19,000 = 5,050.20, less 50.00 (49.997); 0.2657 nets 4,998.32.
        assertThat(story.the(LoanEvent.LiquidationAmended.class).reserved()).isEqualTo(btc("0.26580000"));
        assertThat(story.all(LoanEvent.DefaultEnded.class)).isEmpty();
    }

    /** Principal before fees: what is due is paid before the sale has paid a fee of 500.00 too. */
    @Test
    void isTakenBackAtOnceWhenTheSaleHasPaidWhatIsDue() {
        LoanStory story = LoanStory.secured(product(PRODUCT.liquidation(), FEES_LATER), "10000")
                .paidOut()
                .charged(ChargeKind.FEE, "500.00")
                .price(BEFORE, "20000")
                .price(IN_DEFAULT, "20000");
        // 0.5303: 10,606.00 - 105.00 = 10,501.00; 0.5302 nets 10,499.02.
        assertThat(story.the(LoanEvent.LiquidationRequested.class).reserved()).isEqualTo(btc("0.53030000"));
        story.forgetEvents().settled(1, "0.5050", "10100.00", "0.00", false);
        assertThat(story.names()).containsExactly("SaleSettled", "DefaultEnded", "LiquidationAmended");
        LoanEvent.LiquidationAmended back = story.the(LoanEvent.LiquidationAmended.class);
        assertThat(back.reason()).isEqualTo("DEFAULT_ENDED");
        assertThat(back.reserved()).isEqualTo(btc("0.50500000"));
        assertThat(story.loan().debt().fees()).isEqualTo(usd("499.99"));
    }

    /** All 34 ETH are sold for 15,000.00 of principal and a fee: they pay what is due, and no BTC is sold for the rest of the fee. */
    @Test
    void doesNotGoOnWithTheNextCoinWhenWhatIsDueIsPaid() {
        Asset eth = new Asset("ETH", 8);
        CollateralTerms ofEth = new CollateralTerms(eth, "ETH-USD", Fraction.ZERO, Quantity.of("0.01", eth));
        ProductTerms like = product(PRODUCT.liquidation(), FEES_LATER);
        ProductTerms mixed = new ProductTerms(
                        like.productId(),
                        like.version(),
                        like.debtAsset(),
                        List.of(ofEth, PRODUCT.collateral().getFirst()),
                        like.openLtv(),
                        like.ladder(),
                        like.liquidation(),
                        like.interest(),
                        like.exposureBasis(),
                        like.termDays(),
                        null,
                        like.agreed())
                .withMixedCollateral(true);
        LoanStory story = LoanStory.secured(mixed, "10000").paidOut().price("ETH-USD", START, "300", IndexState.LIVE);
        story.tell(new LoanInput.CollateralLocked(
                        story.head(START), "tx:eth", new LoanInput.Stated(new BigDecimal("34"), "ETH")))
                .granted("tx:eth");
        story.charged(ChargeKind.FEE, "5000.00").price(BEFORE, "20000").price(IN_DEFAULT, "20000");
        LoanEvent.LiquidationRequested asked = story.the(LoanEvent.LiquidationRequested.class);
        assertThat(asked.reserved()).isEqualTo(Quantity.of("34", eth));
        assertThat(asked.mode()).isEqualTo(SaleMode.INCREMENT);
        story.tell(new LoanInput.LiquidationSettled(
                        "L1/case/1/BTC", 1, new BigDecimal("1"), new BigDecimal("300.00"), BigDecimal.ZERO, true))
                .refusedWith(Refusal.CASE_UNKNOWN);
        story.forgetEvents();
        story.tell(new LoanInput.LiquidationSettled(
                asked.caseId(), 1, new BigDecimal("34"), new BigDecimal("10200.00"), BigDecimal.ZERO, true));
        assertThat(story.names()).containsExactly("SaleSettled", "LiquidationClosed", "DefaultEnded");
        // 10,200.00 - 100.98 = 10,099.02, of which 99.02 to the fee.
        assertThat(story.loan().debt().fees()).isEqualTo(usd("4900.98"));
    }

    @Test
    void isTakenBackWhenTheDefaultIsWaived() {
        LoanStory story = loan().price(IN_DEFAULT, "20000").forgetEvents();
        story.tell(new LoanInput.DefaultWaived(story.head(IN_DEFAULT), "agreed"));
        LoanEvent.LiquidationAmended back = story.the(LoanEvent.LiquidationAmended.class);
        assertThat(back.reserved().isZero()).isTrue();
        assertThat(back.reason()).isEqualTo("DEFAULT_ENDED");
        story.price(IN_DEFAULT.plusSeconds(60), "19000");
        assertThat(story.all(LoanEvent.LiquidationAmended.class)).hasSize(1);
        story.acknowledged(2, "0").settled(2, "0", "0.00", "0.00", true);
        story.price(IN_DEFAULT.plusSeconds(120), "18999");
        assertThat(story.loan().openCase()).as("what was due is let go").isNull();
        assertThat(story.names()).doesNotContain("LoanRepaid", "LiquidationRequested");
    }

    @Test
    void whatIsSoldWholeDoesNotGrowAfterTheWaiver() {
        LoanStory story = loan().price(IN_DEFAULT, "20000").forgetEvents();
        story.settled(1, "0.5050", "10000.00", "0.00", false);
        assertThat(story.loan().debt().principal()).isEqualTo(usd("99.00"));
        story.tell(new LoanInput.DefaultWaived(story.head(IN_DEFAULT), "agreed"));
        story.price(IN_DEFAULT.plusSeconds(60), "15000");
        assertThat(story.all(LoanEvent.LiquidationAmended.class)).isEmpty();
    }

    @Test
    void waitsUnderAHoldAndAfterADecline() {
        LoanStory story = loan().frozen(BEFORE, true).price(IN_DEFAULT, "20000");
        assertThat(story.names()).containsExactly("ComplianceChanged", "LoanDefaulted");
        story.frozen(IN_DEFAULT, false);
        assertThat(story.loan().openCase()).isNotNull();
        story.declined("EVIDENCE_TOO_OLD").forgetEvents();
        story.price(IN_DEFAULT.plusSeconds(1), "20000");
        assertThat(story.names()).as("it waits for a second").isEmpty();
        story.price(IN_DEFAULT.plusSeconds(2), "25000");
        assertThat(story.the(LoanEvent.LiquidationRequested.class).reason()).isEqualTo(CaseReason.MATURITY);
    }

    @Test
    void opensAtTheNextOpenPrice() {
        LoanStory story = LoanStory.secured(product(PRODUCT.liquidation()), "10000")
                .paidOut()
                .price(BEFORE, "20000", IndexState.STALE)
                .forgetEvents();
        story.price(IN_DEFAULT, "20000", IndexState.STALE);
        assertThat(story.names()).containsExactly("LoanDefaulted");
        story.price(IN_DEFAULT.plusSeconds(5), "100000");
        assertThat(story.the(LoanEvent.LiquidationRequested.class)
                        .evidence()
                        .index()
                        .price())
                .isEqualByComparingTo("100000");
    }

    @Test
    void theHardLimitComesFirstAndNoCallIsMade() {
        LoanStory story = loan().price(IN_DEFAULT.minusSeconds(60), "1400");
        assertThat(story.names()).as("71 %").containsExactly("MarginCallIssued");
        story.forgetEvents().price(IN_DEFAULT, "1400");
        assertThat(story.the(LoanEvent.MarginCallCancelled.class).reason()).isEqualTo("DEFAULTED");
        assertThat(story.the(LoanEvent.LiquidationRequested.class).reason()).isEqualTo(CaseReason.MATURITY);
        story.declined("EVIDENCE_TOO_OLD").forgetEvents();
        story.price(IN_DEFAULT.plusSeconds(60), "1250");
        assertThat(story.the(LoanEvent.LiquidationRequested.class).reason()).isEqualTo(CaseReason.HARD_LTV);
        assertThat(story.names()).containsExactly("LiquidationRequested");
    }

    @Test
    void withoutCoinItIsAShortfallAtOnce() {
        LoanStory story = loan().reverted(BEFORE, "tx:0").forgetEvents();
        story.price(IN_DEFAULT, "20000");
        assertThat(story.names()).containsExactly("LoanDefaulted", "MarginCallCancelled", "ShortfallRecorded");
        assertThat(story.loan().status()).isEqualTo(LoanStatus.SHORTFALL);
        assertThat(story.loan().servicing().isInDefault()).isTrue();
        story.repaid(IN_DEFAULT, "10000");
        assertThat(story.names()).endsWith("RepaymentApplied", "DefaultEnded", "LoanRepaid", "LoanClosed");
    }
}
