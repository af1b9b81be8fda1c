package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a sale that did not happen leaves behind: the margin call as it was, and a loan that waits before it asks again. 1 BTC against
 * 5,000 USD: called at 7,000 (71.4 %), sold at 6,250 (80 %) or less.
 */
class DeclinedSaleTest {
    private static final Instant CALLED = START.plus(Duration.ofHours(1));
    private static final Instant DEADLINE = CALLED.plus(Duration.ofHours(24));
    private static final Instant BREACHED = DEADLINE.minus(Duration.ofHours(3));

    private static LoanStory breachedWithThreeHoursLeft() {
        return LoanStory.disbursed().price(CALLED, "7000").forgetEvents().price(BREACHED, "6250");
    }

    @Test
    void keepsTheCallAndItsDeadlineWhenTheSaleIsDeclined() {
        LoanStory story = breachedWithThreeHoursLeft();
        assertThat(story.names()).containsExactly("LiquidationRequested");

        story.declined("INDEX_TOO_OLD").price(BREACHED.plusSeconds(2), "7000");

        assertThat(story.loan().openCase()).isNull();
        assertThat(story.loan().marginCall().callId()).isEqualTo("L1/call/1");
        assertThat(story.loan().marginCall().deadline()).isEqualTo(DEADLINE);
        story.price(DEADLINE, "8400");
        assertThat(story.names()).containsExactly("LiquidationRequested", "LiquidationDeclined", "MarginCallCured");
    }

    @Test
    void letsTheDeadlinePassWhileTheSaleIsOpen() {
        LoanStory story = breachedWithThreeHoursLeft();
        story.price(DEADLINE.plus(Duration.ofHours(1)).plusSeconds(1), "7000");
        assertThat(story.names()).containsExactly("LiquidationRequested", "MarginCallExpired");

        story.declined("BREACH_IS_OVER")
                .price(DEADLINE.plus(Duration.ofHours(1)).plusSeconds(2), "7000");

        assertThat(story.all(LoanEvent.LiquidationRequested.class).getLast().reason())
                .isEqualTo(CaseReason.CALL_EXPIRED);
    }

    /** An open sweep has a lower price for it, and brings it as a price: the end of the call is none. */
    @Test
    void theEndOfTheCallDoesNotMeasureTheOpenSale() {
        LoanStory story = breachedWithThreeHoursLeft();
        Instant expired = DEADLINE.plus(Duration.ofHours(1)).plusSeconds(1);
        story.priceWithoutVisit(BREACHED.plusSeconds(1), "6000").tell(new LoanInput.TimePassed(expired));
        assertThat(story.names()).containsExactly("LiquidationRequested", "MarginCallExpired");

        story.price(expired, "6000");
        assertThat(story.names()).endsWith("MarginCallExpired", "LiquidationAmended");
    }

    @Test
    void endsTheCallOnceSomethingWasSold() {
        LoanStory story = breachedWithThreeHoursLeft();
        story.settled(1, "0.10000000", "625.00", "0.00", true);
        assertThat(story.names())
                .containsExactly("LiquidationRequested", "SaleSettled", "LiquidationClosed", "MarginCallCancelled");
        assertThat(story.the(LoanEvent.MarginCallCancelled.class).reason()).isEqualTo("PRE_EMPTED");
    }

    @Test
    void keepsTheCallWhenTheSaleClosesWithNothingSold() {
        LoanStory story = breachedWithThreeHoursLeft().settled(1, "0", "0", "0", true);
        assertThat(story.loan().marginCall().deadline()).isEqualTo(DEADLINE);
    }

    @Test
    void curesTheCallByAPaymentInTimeWhileTheSaleIsOpen() {
        LoanStory story = breachedWithThreeHoursLeft().repaid(BREACHED, "1250");
        assertThat(story.names())
                .containsExactly("LiquidationRequested", "RepaymentApplied", "MarginCallCured", "LiquidationAmended");
        assertThat(story.loan().openCase().wanted().isZero()).isTrue();
    }

    @ParameterizedTest(name = "decline {0} in a row waits {1} s")
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 8", "5, 16", "6, 32", "7, 64", "8, 64", "100, 64"})
    void doublesTheWaitUpToAMinute(int declines, long seconds) {
        assertThat(BackOff.waitAfter(declines)).isEqualTo(Duration.ofSeconds(seconds));
        BackOff former = declines == 1 ? null : new BackOff(declines - 1, START);
        assertThat(BackOff.after(former, BREACHED)).isEqualTo(new BackOff(declines, BREACHED.plusSeconds(seconds)));
    }

    /** 1+2+4+8+16+32 s and then every 64 s, each rounded up to the next tick of a second: 6 + 7,130/65 requests in two hours. */
    @Test
    void asksAProcessorThatAlwaysDeclinesAboutOnceAMinute() {
        LoanStory story = LoanStory.disbursed();
        for (int second = 0; second < 7_200; second++) {
            story.price(START.plusSeconds(1L + second), "6000");
            if (story.loan().openCase() != null) {
                story.declined("INDEX_TOO_OLD");
            }
        }
        assertThat(story.all(LoanEvent.LiquidationRequested.class)).hasSizeBetween(100, 120);
        assertThat(story.all(LoanEvent.MarginCallIssued.class)).isEmpty();
    }

    @ParameterizedTest(name = "{0} s after a decline: asks again {1}")
    @CsvSource({"0.5, false", "1, false", "1.000001, true"})
    void asksAgainOnlyAfterItsWait(String seconds, boolean asks) {
        LoanStory story = breachedWithThreeHoursLeft().declined("INDEX_TOO_OLD");
        long micros = new java.math.BigDecimal(seconds).movePointRight(6).longValueExact();
        story.price(BREACHED.plusNanos(micros * 1_000), "6250");
        assertThat(story.loan().openCase() != null).isEqualTo(asks);
    }

    @Test
    void asksAtTheNextPriceWhenTheBreachWasOver() {
        LoanStory story = breachedWithThreeHoursLeft().declined("BREACH_IS_OVER");
        assertThat(story.loan().backOff()).isNull();
        story.price(BREACHED, "6250");
        assertThat(story.loan().openCase()).isNotNull();
    }

    @Test
    void takesAPaymentsCureWhileItWaits() {
        LoanStory story = breachedWithThreeHoursLeft().declined("INDEX_TOO_OLD").repaid(BREACHED, "1250");
        assertThat(story.names()).endsWith("MarginCallCured");
        assertThat(story.loan().backOff()).isNull();
    }

    @Test
    void startsToCountAnewWhenTheLoanHadHealedInBetween() {
        LoanStory story = LoanStory.disbursed();
        story.price(START.plusSeconds(1), "6250").declined("INDEX_TOO_OLD");
        story.price(START.plusSeconds(3), "6250").declined("INDEX_TOO_OLD");
        assertThat(story.loan().backOff().declines()).isEqualTo(2);
        // The second wait ends at 5 s: a minute and more later nothing had been asked, though it could have been.
        story.price(START.plusSeconds(70), "6250").declined("INDEX_TOO_OLD");
        assertThat(story.loan().backOff().declines()).isEqualTo(1);
    }

    @Test
    void saysNothingToWhatTheEndOfACaseOvertook() {
        LoanStory story = breachedWithThreeHoursLeft().declined("INDEX_TOO_OLD").forgetEvents();
        story.declined("INDEX_TOO_OLD").acknowledged(2, "0").settled(1, "0", "0", "0", true);
        assertThat(story.events()).isEmpty();
        assertThat(story.last()).isInstanceOf(Decision.Accepted.class);
        story.price(BREACHED.plusSeconds(2), "6250").settled(1, "0.10000000", "625.00", "0.00", true);
        story.forgetEvents().acknowledged(1, "0").settled(1, "0.10000000", "625.00", "0.00", true);
        assertThat(story.events()).isEmpty();
        assertThat(story.last()).isInstanceOf(Decision.Accepted.class);
        story.declined("INDEX_TOO_OLD").refusedWith(Refusal.WRONG_STATUS);
    }

    /** A processor that had told of a sale says by a settlement, and not by a decline, that all of it was busted. */
    @Test
    void closesACaseWhoseSaleWasBustedWhole() {
        LoanStory story = breachedWithThreeHoursLeft().settled(1, "0.10000000", "625.00", "0.00", false);
        story.declined("INDEX_TOO_OLD").refusedWith(Refusal.WRONG_STATUS);
        story.settled(1, "0", "0", "0", true);
        assertThat(story.names()).endsWith("LiquidationClosed");
        assertThat(story.loan().openCase()).isNull();
        assertThat(story.loan()
                        .closedCase("L1/case/1")
                        .orElseThrow()
                        .cumQuantity()
                        .isZero())
                .isTrue();

        story.forgetEvents().declined("INDEX_TOO_OLD");
        assertThat(story.last()).as("it agrees: nothing was sold").isInstanceOf(Decision.Accepted.class);
        assertThat(story.events()).isEmpty();
    }

    /** A hold takes the reservation to nothing, and the desk sells 0.1 all the same. */
    @Test
    void remembersWhatWasSoldBeyondADeclinedCase() {
        LoanStory story = breachedWithThreeHoursLeft().frozen(BREACHED, true).acknowledged(2, "0");
        story.settled(2, "0.10000000", "625.00", "0.00", false).declined("INDEX_TOO_OLD");
        assertThat(story.all(LoanEvent.OverfillPosted.class)).hasSize(1);
        assertThat(story.loan().openCase()).isNull();

        story.forgetEvents().settled(2, "0.10000000", "625.00", "0.00", true);
        assertThat(story.events()).as("it was booked").isEmpty();

        story.settled(2, "0", "0", "0", true);
        assertThat(story.the(LoanEvent.OverfillPosted.class).gross().amount()).isEqualByComparingTo("-625");
        assertThat(story.loan().settlement().clearing().isZero()).isTrue();
    }

    /** The price of an open sweep: newer than nothing, and from before the call. */
    @Test
    void isNotCuredByAPriceFromBeforeTheCall() {
        LoanStory story = LoanStory.disbursed();
        story.price(CALLED.minusSeconds(5), "9000");
        var former = story.price("BTC-USD");
        story.price(CALLED, "7000").forgetEvents();

        story.tell(new LoanInput.PriceObserved(former));
        assertThat(story.events()).isEmpty();

        story.price(CALLED.plusSeconds(1), "9000");
        assertThat(story.names()).containsExactly("MarginCallCured");
    }
}
