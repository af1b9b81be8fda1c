package io.loanledger.core.loan;

import static io.loanledger.core.loan.LadderTest.reaches;
import static io.loanledger.core.loan.LoanStory.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rung;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A call of 24 hours at 70 %, cured at 60 %, sold at 85 %; 42,000 on 10 BTC: 6,000 is 70 %, 7,000 is 60 %. Prices have to last for an
 * hour, or the call may be disputed for 2 hours and answered within 12. The fact lag is an hour.
 */
class DwellAndDisputesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static final ProductTerms DWELL = product("dwell", HOUR, Duration.ZERO, Duration.ZERO);
    private static final ProductTerms DISPUTED =
            product("disputed", Duration.ZERO, Duration.ofHours(2), Duration.ofHours(12));

    private static ProductTerms product(String id, Duration dwell, Duration dispute, Duration answer) {
        return LadderTest.product(
                id,
                Fraction.percent(50),
                new Ladder(
                        List.of(
                                Rung.call(reaches(70, 100), Fraction.percent(60), Duration.ofHours(24)),
                                Rung.call(reaches(75, 100), Fraction.percent(60), Duration.ofHours(4))),
                        HOUR,
                        Ladder.ClockStopper.DETECTED,
                        dwell,
                        dispute,
                        answer),
                reaches(85, 100),
                Fraction.percent(60));
    }

    /** Called at {@link LoanStory#START}. */
    private static LoanStory called(ProductTerms product) {
        return LoanStory.secured(product, "42000.00")
                .paidOut()
                .price(START, "6000.00")
                .forgetEvents();
    }

    private static Instant hours(double hours) {
        return START.plusSeconds(Math.round(hours * 3600));
    }

    // --- the dwell ---------------------------------------------------------------------------------------------------

    @Test
    void aPriceThatLastsCuresAtTheEndOfTheDwell() {
        LoanStory story = called(DWELL).price(hours(2), "6999.99");
        assertThat(story.names()).isEmpty();
        assertThat(story.price(hours(3), "7000.00")
                        .the(LoanEvent.CureDwellStarted.class)
                        .since())
                .isEqualTo(hours(3));
        story.price(hours(4), "7000.00"); // at exactly the end nothing is complete yet
        assertThat(story.names()).containsExactly("CureDwellStarted");
        LoanEvent.MarginCallCured cured = story.price(hours(4.5), "6000.00")
                .all(LoanEvent.MarginCallCured.class)
                .getFirst();
        assertThat(cured.kind()).isEqualTo(CureKind.PRICE);
        assertThat(cured.curedAt()).isEqualTo(hours(4));
        // the price after it is a breach of its own
        assertThat(story.names()).containsExactly("CureDwellStarted", "MarginCallCured", "MarginCallIssued");
    }

    @ParameterizedTest(name = "over the level at {0} hours")
    @CsvSource({"3.99", "4"}) // since 3: a price at exactly 4 still ends it
    void aPriceOverTheLevelEndsTheDwell(double over) {
        LoanStory story = called(DWELL)
                .price(hours(3), "7000.00")
                .price(hours(over), "6999.99")
                .price(hours(4.5), "7000.00")
                .price(hours(5.5), "7000.00");
        assertThat(story.names()).containsExactly("CureDwellStarted", "CureDwellEnded", "CureDwellStarted");
        assertThat(story.price(hours(6), "7000.00")
                        .the(LoanEvent.MarginCallCured.class)
                        .curedAt())
                .isEqualTo(hours(5.5));
    }

    @Test
    void aClosedMarketLeavesTheEndToTheFirstOpenPrice() {
        LoanStory story = called(DWELL)
                .price(hours(3), "7000.00")
                .price(hours(3.5), "7000.00", IndexState.STALE)
                .price(hours(4.5), "7000.00", IndexState.STALE);
        assertThat(story.names()).containsExactly("CureDwellStarted");
        assertThat(story.price(hours(5), "7000.00")
                        .the(LoanEvent.MarginCallCured.class)
                        .curedAt())
                .isEqualTo(hours(5));
    }

    @Test
    void theFirstOpenPriceMayAlsoEndIt() {
        LoanStory story = called(DWELL)
                .price(hours(3), "7000.00")
                .price(hours(3.5), "7000.00", IndexState.STALE)
                .price(hours(4.5), "7000.00", IndexState.STALE)
                .price(hours(5), "6999.99");
        assertThat(story.names()).containsExactly("CureDwellStarted", "CureDwellEnded");
    }

    @Test
    void aFactHealsAtOnce() {
        LoanStory story = called(DWELL).repaid(hours(1), "6000.00"); // 36,000 of 60,000
        assertThat(story.the(LoanEvent.MarginCallCured.class).kind()).isEqualTo(CureKind.REPAYMENT);
    }

    @Test
    void aDwellThatWouldEndAfterTheDeadlineIsNotBegun() {
        LoanStory story = called(DWELL).price(hours(23.001), "7000.00");
        assertThat(story.names()).isEmpty();
        LoanStory inTime = called(DWELL).price(hours(23), "7000.00");
        assertThat(inTime.price(hours(24.5), "6500.00")
                        .the(LoanEvent.MarginCallCured.class)
                        .curedAt())
                .isEqualTo(hours(24));
    }

    @Test
    void aLoanThatStandsHealedAtTheExpiryIsNotSold() {
        LoanStory story = called(DWELL).price(hours(23.5), "7000.00").price(hours(25.5), "6500.00");
        assertThat(story.names()).containsExactly("MarginCallExpired", "MarginCallCancelled");
        assertThat(story.the(LoanEvent.MarginCallCancelled.class).reason()).isEqualTo("HEALED_AFTER_EXPIRY");
    }

    @Test
    void aCallThatIsAcceleratedWhileNothingHeldKeepsNoDwell() {
        LoanStory story = called(DWELL).price(hours(3), "7000.00").price(hours(3.5), "5600.00"); // 75 %
        assertThat(story.names()).containsExactly("CureDwellStarted", "CureDwellEnded", "MarginCallAccelerated");
        assertThat(story.loan().marginCall().healedSince()).isNull();
    }

    // --- disputes ----------------------------------------------------------------------------------------------------

    private static LoanStory disputedAt(Instant at) {
        LoanStory story = called(DISPUTED);
        return story.tell(new LoanInput.MarginCallDisputed(story.head(at), "L1/call/1", "I paid"));
    }

    private static LoanStory answered(LoanStory story, Instant at, boolean upheld) {
        return story.tell(
                new LoanInput.MarginCallDisputeAnswered(story.head(at), "L1/call/1", upheld, "we looked again"));
    }

    @Test
    void takesADisputeUntilTheEndOfItsWindow() {
        LoanEvent.MarginCallDisputed dispute = disputedAt(hours(2)).the(LoanEvent.MarginCallDisputed.class);
        assertThat(dispute.disputedAt()).isEqualTo(hours(2));
        assertThat(dispute.answerBy()).isEqualTo(hours(14));
        disputedAt(hours(2).plusNanos(1_000)).refusedWith(Refusal.CALL_NOT_DISPUTABLE);
        disputedAt(START.minusNanos(1_000)).refusedWith(Refusal.CALL_NOT_DISPUTABLE);
    }

    @Test
    void takesNoSecondDisputeAndNoneOfAnotherCall() {
        LoanStory story = disputedAt(hours(1));
        story.tell(new LoanInput.MarginCallDisputed(story.head(hours(1)), "L1/call/1", "again"))
                .refusedWith(Refusal.CALL_NOT_DISPUTABLE);
        answered(story, hours(1.5), false);
        story.tell(new LoanInput.MarginCallDisputed(story.head(hours(1.75)), "L1/call/1", "again"))
                .refusedWith(Refusal.CALL_NOT_DISPUTABLE);
        LoanStory other = called(DISPUTED);
        other.tell(new LoanInput.MarginCallDisputed(other.head(hours(1)), "L1/call/2", "which"))
                .refusedWith(Refusal.CALL_NOT_DISPUTABLE);
        LoanStory never = called(DWELL);
        never.tell(new LoanInput.MarginCallDisputed(never.head(hours(0.5)), "L1/call/1", "no window"))
                .refusedWith(Refusal.CALL_NOT_DISPUTABLE);
        LoanStory nobody = new LoanStory("L9");
        nobody.tell(new LoanInput.MarginCallDisputed(nobody.head(hours(1)), "L9/call/1", "no loan"))
                .refusedWith(Refusal.UNKNOWN_LOAN);
    }

    @Test
    void aRejectedDisputeMovesTheClockByTheTimeItTook() {
        LoanStory story = answered(disputedAt(hours(2)), hours(5), false);
        LoanEvent.MarginCallDisputeClosed closed = story.the(LoanEvent.MarginCallDisputeClosed.class);
        assertThat(closed.outcome()).isEqualTo(DisputeOutcome.REJECTED);
        assertThat(closed.deadline()).isEqualTo(hours(27));
        assertThat(closed.expiresAt()).isEqualTo(hours(28));
        story.price(hours(28), "6000.00");
        assertThat(story.all(LoanEvent.MarginCallExpired.class)).isEmpty();
        assertThat(story.price(hours(28.001), "6000.00").names()).endsWith("MarginCallExpired", "LiquidationRequested");
    }

    @Test
    void anUnansweredDisputeLapsesAndTheCallGoesOn() {
        LoanStory story = disputedAt(hours(2)).price(hours(14), "6000.00");
        assertThat(story.names()).containsExactly("MarginCallDisputed");
        LoanEvent.MarginCallDisputeClosed closed =
                story.price(hours(14.001), "6000.00").the(LoanEvent.MarginCallDisputeClosed.class);
        assertThat(closed.outcome()).isEqualTo(DisputeOutcome.LAPSED);
        assertThat(closed.closedAt()).isEqualTo(hours(14));
        assertThat(closed.deadline()).isEqualTo(hours(36));
        answered(story, hours(13), true).refusedWith(Refusal.CALL_NOT_DISPUTABLE);
    }

    @Test
    void aLongSilenceLapsesTheDisputeFirstAndThenTheMovedClock() {
        LoanStory story = disputedAt(hours(2)).price(hours(37), "6000.00"); // 36 and an hour of lag
        assertThat(story.names()).containsExactly("MarginCallDisputed", "MarginCallDisputeClosed");
        assertThat(disputedAt(hours(2)).price(hours(37.001), "6000.00").names())
                .containsExactly(
                        "MarginCallDisputed", "MarginCallDisputeClosed", "MarginCallExpired", "LiquidationRequested");
    }

    @Test
    void whileDisputedNothingExpiresOrAcceleratesButTheHardLimitSells() {
        LoanStory story = disputedAt(hours(2)).price(hours(3), "5600.00"); // 75 %
        assertThat(story.names()).containsExactly("MarginCallDisputed");
        answered(story, hours(4), false); // and now it is accelerated: 4 hours from here
        assertThat(story.the(LoanEvent.MarginCallAccelerated.class).deadline()).isEqualTo(hours(3 + 4));
        LoanStory sold = disputedAt(hours(2)).price(hours(3), "4941.17"); // 42,000 of 49,411.70 is over 85 %
        assertThat(sold.the(LoanEvent.LiquidationRequested.class).reason()).isEqualTo(CaseReason.HARD_LTV);
    }

    @Test
    void whatHealsHealsWhileDisputed() {
        LoanStory story = disputedAt(hours(2)).price(hours(3), "7000.00");
        assertThat(story.names()).containsExactly("MarginCallDisputed", "MarginCallCured");
    }

    @Test
    void anUpheldDisputeIsNotCalledAgainBeforeTheLoanHasHealed() {
        LoanStory story = answered(disputedAt(hours(2)), hours(5), true);
        assertThat(story.loan().marginCall().stage()).isEqualTo(MarginCall.Stage.WITHDRAWN);
        story.forgetEvents().price(hours(6), "5900.00").price(hours(48), "6000.00"); // neither called again nor expired
        assertThat(story.names()).isEmpty();
        story.price(hours(49), "7000.00");
        assertThat(story.the(LoanEvent.MarginCallCancelled.class).reason()).isEqualTo("AFTER_WITHDRAWAL");
        assertThat(story.price(hours(50), "6000.00")
                        .the(LoanEvent.MarginCallIssued.class)
                        .callId())
                .isEqualTo("L1/call/2");
    }

    @Test
    void aHigherRungCallsAfterAWithdrawal() {
        LoanStory story = answered(disputedAt(hours(2)), hours(5), true).forgetEvents();
        story.price(hours(6), "5600.00");
        assertThat(story.names()).containsExactly("MarginCallCancelled", "MarginCallIssued");
        assertThat(story.the(LoanEvent.MarginCallIssued.class).rung()).isEqualTo(2);
    }

    /** It is refused for its own ratio alone. */
    @Test
    void aWithdrawnCallHoldsNoReleaseBack() {
        LoanStory running = called(DISPUTED);
        running.tell(new LoanInput.CollateralReleaseRequested(running.head(hours(1)), LoanStory.coin("1")))
                .refusedWith(Refusal.RELEASE_WHILE_CALLED);
        LoanStory withdrawn = answered(disputedAt(hours(1)), hours(1), true);
        withdrawn
                .tell(new LoanInput.CollateralReleaseRequested(withdrawn.head(hours(3)), LoanStory.coin("1")))
                .refusedWith(Refusal.LTV_TOO_HIGH);
    }
}
