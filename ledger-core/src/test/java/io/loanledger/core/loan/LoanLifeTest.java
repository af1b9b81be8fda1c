package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.BTC;
import static io.loanledger.core.loan.LoanStory.START;
import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.price.IndexState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A loan's life in figures that a banker can check: 5,000.00 USD at 12 % against 1 BTC bought at 10,000. */
class LoanLifeTest {
    private static final Instant DAY_30 = START.plus(Duration.ofDays(30));

    @Test
    void issuesOnceCollateralIsClaimedAndThePriceIsFresh() {
        LoanStory story = new LoanStory("L1");
        story.price(START, "10000");
        story.requested("5000.00").locked("tx:0", "1.00000000");
        assertThat(story.names()).containsExactly("LoanRequested", "TermsBound", "CollateralLocked");
        story.granted("tx:0");
        assertThat(story.names()).endsWith("ClaimGranted", "CollateralCredited", "LoanIssued");
        assertThat(story.loan().status()).isEqualTo(LoanStatus.ISSUED);
        assertThat(story.the(LoanEvent.LoanIssued.class).evidence().holds()).isFalse();
    }

    @Test
    void takesTheLockBeforeTheRequest() {
        LoanStory story = new LoanStory("L1");
        story.price(START, "10000");
        story.locked("tx:0", "1.00000000").granted("tx:0").requested("5000.00");
        assertThat(story.names())
                .containsExactly(
                        "CollateralLocked",
                        "ClaimGranted",
                        "LoanRequested",
                        "TermsBound",
                        "CollateralCredited",
                        "LoanIssued");
    }

    @Test
    void waitsForMoreCollateralOrABetterPriceWhenTheLoanWouldBeTooHigh() {
        LoanStory story = new LoanStory("L1");
        story.price(START, "9999.99");
        story.requested("5000.00").locked("tx:0", "1.00000000").granted("tx:0");
        assertThat(story.loan().status()).isEqualTo(LoanStatus.REQUESTED);
        story.price(START.plusSeconds(60), "10000");
        assertThat(story.loan().status()).isEqualTo(LoanStatus.ISSUED);
    }

    @Test
    void paysInterestThenPrincipalAndClosesWhenEverythingIsSentBack() {
        LoanStory story = LoanStory.disbursed();
        story.price(DAY_30, "10000");
        // 5,000 x 12 % x 30 / 365 = 49.315... -> 49.32
        story.repaid(DAY_30, "5049.32");
        LoanEvent.RepaymentApplied applied = story.the(LoanEvent.RepaymentApplied.class);
        assertThat(applied.allocation().interest()).isEqualTo(Money.of("49.32", USD));
        assertThat(applied.allocation().principal()).isEqualTo(Money.of("5000.00", USD));
        assertThat(story.loan().status()).isEqualTo(LoanStatus.REPAID);
        story.tell(new LoanInput.CollateralReleased(
                story.head(DAY_30), "L1/release/1", new LoanInput.Stated(new BigDecimal("1"), "BTC")));
        assertThat(story.loan().status()).isEqualTo(LoanStatus.CLOSED);
    }

    @Test
    void callsMarginAtSeventyPercentAndCuresAtSixty() {
        LoanStory story = LoanStory.disbursed();
        Instant noon = START.plus(Duration.ofHours(12));
        story.price(noon, "7142.86");
        assertThat(story.all(LoanEvent.MarginCallIssued.class)).isEmpty();
        story.price(noon.plusSeconds(1), "7142.85"); // 5,000 / 7,142.85 = 70.00007 %
        LoanEvent.MarginCallIssued call = story.the(LoanEvent.MarginCallIssued.class);
        assertThat(call.evidence().holds()).isTrue();
        assertThat(call.deadline()).isEqualTo(noon.plusSeconds(1).plus(Duration.ofHours(24)));
        // 5,000 / (0.60 x 7,142.85) - 1 = 0.16666783... BTC; 5,000 - 0.60 x 7,142.85 = 714.29
        assertThat(call.topUpToCure()).isEqualTo(Quantity.of("0.16666784", BTC));
        assertThat(call.repayToCure()).isEqualTo(Money.of("714.29", USD));
        story.price(noon.plusSeconds(2), "8333.33");
        assertThat(story.all(LoanEvent.MarginCallCured.class)).isEmpty();
        story.price(noon.plusSeconds(3), "8333.34"); // 5,000 / 8,333.34 = 59.99995 %
        assertThat(story.the(LoanEvent.MarginCallCured.class).kind()).isEqualTo(CureKind.PRICE);
    }

    @Test
    void curesByTheTopUpThatTheCallAskedFor() {
        LoanStory story = LoanStory.disbursed();
        Instant at = START.plus(Duration.ofHours(12));
        story.price(at, "7000");
        Quantity topUp = story.the(LoanEvent.MarginCallIssued.class).topUpToCure();
        story.locked("tx:1", topUp.amount().toPlainString()).granted("tx:1");
        assertThat(story.the(LoanEvent.MarginCallCured.class).kind()).isEqualTo(CureKind.TOP_UP);
    }

    @Test
    void curesByTheRepaymentThatTheCallAskedForAndNotByACentLess() {
        LoanStory story = LoanStory.disbursed();
        Instant at = START.plus(Duration.ofHours(12));
        story.price(at, "7000"); // 5,000 - 4,200 = 800.00
        assertThat(story.the(LoanEvent.MarginCallIssued.class).repayToCure()).isEqualTo(Money.of("800.00", USD));
        story.repaid(at, "799.99");
        assertThat(story.all(LoanEvent.MarginCallCured.class)).isEmpty();
        story.repaid(at, "0.01");
        assertThat(story.the(LoanEvent.MarginCallCured.class).kind()).isEqualTo(CureKind.REPAYMENT);
    }

    @Test
    void sellsTheSmallestLotMultipleThatReachesTheTarget() {
        LoanStory story = LoanStory.disbursed();
        story.price(START.plus(Duration.ofHours(1)), "6250"); // 80 % exactly: reaches
        LoanEvent.LiquidationRequested request = story.the(LoanEvent.LiquidationRequested.class);
        assertThat(request.reason()).isEqualTo(CaseReason.HARD_LTV);
        assertThat(request.mode()).isEqualTo(SaleMode.PARTIAL);
        // V = (5,000 - 0.6 x 6,250) / (0.9901 - 0.6) = 3,204.306...; / 6,250 = 0.51268... BTC -> 0.5127
        assertThat(request.reserved()).isEqualTo(Quantity.of("0.51270000", BTC));
        assertThat(request.evidence().holds()).isTrue();
    }

    @Test
    void settlesASaleThroughTheWaterfallAndEndsAtItsTarget() {
        LoanStory story = LoanStory.disbursed();
        story.price(START.plus(Duration.ofHours(1)), "6250");
        // 0.5127 x 6,250 = 3,204.375 -> the desk reports 3,204.38; fee 31.72; desk's commission 3.20 is the lender's
        story.settled(1, "0.51270000", "3204.38", "3.20", true);
        LoanEvent.SaleSettled sale = story.the(LoanEvent.SaleSettled.class);
        assertThat(sale.liquidationFee()).isEqualTo(Money.of("31.72", USD));
        assertThat(sale.allocation().principal()).isEqualTo(Money.of("3172.66", USD));
        Loan loan = story.loan();
        assertThat(loan.openCase()).isNull();
        assertThat(loan.debt().principal()).isEqualTo(Money.of("1827.34", USD));
        assertThat(loan.collateral().held()).isEqualTo(Quantity.of("0.48730000", BTC));
        assertThat(loan.settlement().clearing()).isEqualTo(Money.of("3201.18", USD));
    }

    @Test
    void sellsEverythingWhenTheDebtLeftWouldBeDust() {
        LoanStory story = LoanStory.disbursed();
        story.repaid(START, "3800.00"); // 1,200 left
        story.price(START.plus(Duration.ofHours(1)), "1500"); // 80 %; partial would leave under 500
        assertThat(story.the(LoanEvent.LiquidationRequested.class).mode()).isEqualTo(SaleMode.FULL);
        assertThat(story.the(LoanEvent.LiquidationRequested.class).reserved()).isEqualTo(Quantity.of("1", BTC));
    }

    @Test
    void recordsAShortfallWhenEverythingSoldDoesNotPayTheDebt() {
        LoanStory story = LoanStory.disbursed();
        story.price(START.plus(Duration.ofHours(1)), "4000");
        assertThat(story.the(LoanEvent.LiquidationRequested.class).mode()).isEqualTo(SaleMode.FULL);
        story.settled(1, "1.00000000", "4000.00", "0.00", true);
        // 5,000 - (4,000 - 39.60) = 1,039.60
        assertThat(story.the(LoanEvent.ShortfallRecorded.class).amount()).isEqualTo(Money.of("1039.60", USD));
        assertThat(story.loan().status()).isEqualTo(LoanStatus.SHORTFALL);
    }

    @Test
    void owesTheBorrowerTheSurplusOfAFullSaleAndPaysItOnceTheDeskHasPaid() {
        LoanStory story = LoanStory.disbursed();
        story.repaid(START, "3800.00");
        story.price(START.plus(Duration.ofHours(1)), "1500");
        story.settled(1, "1.00000000", "1500.00", "1.50", true);
        // 1,500 - 14.85 - 1,200 = 285.15
        assertThat(story.loan().settlement().surplusOwed()).isEqualTo(Money.of("285.15", USD));
        assertThat(story.loan().status()).isEqualTo(LoanStatus.REPAID);
        assertThat(story.all(LoanEvent.SurplusPayoutInstructed.class)).isEmpty();
        Instant later = START.plus(Duration.ofHours(2));
        story.tell(new LoanInput.SaleProceedsReceived(
                story.head(later), "L1/case/1", "wire-1", new LoanInput.Stated(new BigDecimal("1498.50"), "USD")));
        assertThat(story.the(LoanEvent.SurplusPayoutInstructed.class).amount()).isEqualTo(Money.of("285.15", USD));
        story.tell(new LoanInput.SurplusPaid(
                story.head(later), "L1/surplus/1", new LoanInput.Stated(new BigDecimal("285.15"), "USD")));
        story.tell(new LoanInput.CollateralDelivered(
                story.head(later), "L1/case/1", new LoanInput.Stated(new BigDecimal("1"), "BTC")));
        assertThat(story.loan().status()).isEqualTo(LoanStatus.CLOSED);
    }

    @Test
    void sellsAfterTheCallExpiredOnlyPastDeadlineAndFactLag() {
        LoanStory story = LoanStory.disbursed();
        Instant called = START.plus(Duration.ofHours(1));
        story.price(called, "7000");
        Instant expiresAt = called.plus(Duration.ofHours(25));
        story.price(expiresAt, "6999");
        assertThat(story.all(LoanEvent.MarginCallExpired.class)).isEmpty();
        story.price(expiresAt.plusMillis(1), "7000");
        assertThat(story.names()).contains("MarginCallExpired", "LiquidationRequested");
        // The former price decides: 6,999, not 7,000.
        assertThat(story.the(LoanEvent.LiquidationRequested.class)
                        .evidence()
                        .index()
                        .price())
                .isEqualByComparingTo("6999");
    }

    @Test
    void growsAnOpenPartialCaseAtANewLowOnly() {
        LoanStory story = LoanStory.disbursed();
        Instant t = START.plus(Duration.ofHours(1));
        story.price(t, "6250");
        story.price(t.plusSeconds(1), "6300");
        assertThat(story.all(LoanEvent.LiquidationAmended.class)).isEmpty();
        story.price(t.plusSeconds(2), "6000");
        // (5,000 - 3,600) / 0.3901 / 6,000 = 0.59813...
        assertThat(story.the(LoanEvent.LiquidationAmended.class).reserved()).isEqualTo(Quantity.of("0.59820000", BTC));
        assertThat(story.loan().openCase().reserved()).isEqualTo(Quantity.of("0.59820000", BTC));
    }

    @Test
    void shrinksAnOpenCaseAfterARepaymentOnlyOnceTheProcessorAgreed() {
        LoanStory story = LoanStory.disbursed();
        Instant t = START.plus(Duration.ofHours(1));
        story.price(t, "6250");
        story.repaid(t, "1250.00"); // 3,750 / 6,250 = 60 %: nothing more is needed
        assertThat(story.the(LoanEvent.LiquidationAmended.class).reserved().isZero())
                .isTrue();
        assertThat(story.loan().collateral().reserved()).isEqualTo(Quantity.of("0.51270000", BTC));
        story.tell(new LoanInput.AmendmentAcknowledged("L1/case/1", 2, new BigDecimal("0.1")));
        assertThat(story.loan().collateral().reserved()).isEqualTo(Quantity.of("0.10000000", BTC));
    }

    @Test
    void closesACaseByNoLastWordOnAnOlderVersionOfIt() {
        LoanStory story = LoanStory.disbursed();
        Instant t = START.plus(Duration.ofHours(1));
        story.price(t, "6250");
        story.repaid(t, "1250.00"); // amends the case: version 2
        story.settled(1, "0.1", "625.00", "0.00", true);
        assertThat(story.loan().openCase()).isNotNull();
        story.settled(2, "0.1", "625.00", "0.00", true);
        assertThat(story.loan().openCase()).isNull();
    }

    @Test
    void visitsNoLoanAtAStalePriceAndFiresByLevelAtTheFirstLiveOne() {
        LoanStory story = LoanStory.disbursed();
        Instant t = START.plus(Duration.ofHours(1));
        story.price(t, "6000", IndexState.STALE);
        assertThat(story.all(LoanEvent.LiquidationRequested.class)).isEmpty();
        story.price(t.plusSeconds(1), "6000");
        assertThat(story.the(LoanEvent.LiquidationRequested.class)).isNotNull();
    }

    @Test
    void neverSellsBeforeTheMoneyIsOutButStopsThePayout() {
        LoanStory story = new LoanStory("L1");
        story.price(START, "10000");
        story.requested("5000.00").locked("tx:0", "1").granted("tx:0");
        story.price(START.plusSeconds(1), "5000");
        assertThat(story.names()).contains("DisbursementCancelInstructed").doesNotContain("LiquidationRequested");
        story.tell(new LoanInput.DisbursementConfirmed(
                story.head(START), "L1/disbursement", new LoanInput.Stated(new BigDecimal("5000"), "USD")));
        assertThat(story.names()).endsWith("DisbursementConfirmed", "LiquidationRequested");
    }

    @Test
    void keepsMoneyForAnUnknownLoanInSuspense() {
        LoanStory story = new LoanStory("L9").repaid(START, "10.00");
        assertThat(story.loan().suspense()).containsExactly(Money.of("10.00", USD));
    }
}
