package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.BTC;
import static io.loanledger.core.loan.LoanStory.START;
import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rung;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ladders of lenders' terms, each figure reckoned by hand: 10 BTC, opened at 10,000 USD, without interest. A price p puts a debt of D
 * at D / 10 p.
 */
class LadderTest {
    private static final Duration NO_CLOCK = Duration.ZERO;

    /** Collateral to principal of 150 % calls for 48 hours, of 135 % for 4 hours; 165 % cures; 110 % sells. */
    private static final ProductTerms UNCHAINED = product(
            "unchained",
            Fraction.of(100, 250),
            ladder(
                    Rung.call(reaches(100, 150), Fraction.of(100, 165), Duration.ofHours(48)),
                    Rung.call(reaches(100, 135), Fraction.of(100, 165), Duration.ofHours(4))),
            reaches(100, 110),
            Fraction.of(100, 200));

    /** Notices at 1/1.40, 1/1.35 and 1/1.30, each armed again at the one before (the first at 1/1.50); never a call. */
    private static final ProductTerms NEXO = product(
            "nexo",
            Fraction.percent(50),
            ladder(
                    Rung.notice(reaches(100, 140), Fraction.of(100, 150)),
                    Rung.notice(reaches(100, 135), Fraction.of(100, 140)),
                    Rung.notice(reaches(100, 130), Fraction.of(100, 135))),
            reaches(100, 120),
            Fraction.of(100, 130));

    /** Above 70 % a call to 50 % without a clock, above 80 % sold. */
    private static final ProductTerms LEDN = product(
            "ledn",
            Fraction.percent(50),
            ladder(Rung.call(exceeds(70, 100), Fraction.percent(50), NO_CLOCK)),
            exceeds(80, 100),
            Fraction.percent(50));

    /** Opened at exactly the limit that sells when exceeded: 175 % of collateral. */
    private static final ProductTerms MAKER =
            product("maker", Fraction.of(100, 175), ladder(), exceeds(100, 175), Fraction.percent(50));

    private static LoanStory paidOut(ProductTerms product, String principal) {
        return LoanStory.secured(product, principal).paidOut().forgetEvents();
    }

    private static Instant at(Duration after) {
        return START.plus(after);
    }

    // --- several calls -----------------------------------------------------------------------------------------------

    @Test
    void acceleratesTheOneCallAtTheNextRung() {
        // 40,000: 6,000 is 150 %, 5,400 is 135 %
        LoanStory story = paidOut(UNCHAINED, "40000.00");
        assertThat(story.price(at(Duration.ofHours(1)), "6000.01").names()).isEmpty();
        LoanEvent.MarginCallIssued call =
                story.price(at(Duration.ofHours(2)), "6000.00").the(LoanEvent.MarginCallIssued.class);
        assertThat(call.rung()).isEqualTo(1);
        assertThat(call.deadline()).isEqualTo(at(Duration.ofHours(2 + 48)));
        assertThat(story.price(at(Duration.ofHours(10)), "5400.01").names()).containsExactly("MarginCallIssued");
        LoanEvent.MarginCallAccelerated faster =
                story.price(at(Duration.ofHours(12)), "5400.00").the(LoanEvent.MarginCallAccelerated.class);
        assertThat(faster.callId()).isEqualTo(call.callId());
        assertThat(faster.rung()).isEqualTo(2);
        assertThat(faster.deadline()).isEqualTo(at(Duration.ofHours(12 + 4)));
        assertThat(faster.expiresAt()).isEqualTo(at(Duration.ofHours(12 + 4 + 1)));
        assertThat(faster.evidence().threshold()).isEqualTo(reaches(100, 135));
        // to 165 %: 66,000 / 5,400 = 12.2222..; 54,000 / 1.65 = 32,727.27..
        assertThat(faster.topUpToCure()).isEqualTo(Quantity.of("2.22222223", BTC));
        assertThat(faster.repayToCure()).isEqualTo(Money.of("7272.73", USD));
        assertThat(story.loan().marginCall().issuedAt()).isEqualTo(at(Duration.ofHours(2)));
        assertThat(story.price(at(Duration.ofHours(13)), "5399.00").names())
                .containsExactly("MarginCallIssued", "MarginCallAccelerated");
    }

    @Test
    void accelerationNeverGivesMoreTime() {
        LoanStory story = paidOut(UNCHAINED, "40000.00")
                .price(at(Duration.ZERO), "6000.00")
                .price(at(Duration.ofHours(46)), "5400.00");
        assertThat(story.the(LoanEvent.MarginCallAccelerated.class).deadline()).isEqualTo(at(Duration.ofDays(2)));
    }

    @Test
    void callsAtOnceOnTheHighestRungThatIsMet() {
        LoanStory story = paidOut(UNCHAINED, "40000.00").price(at(Duration.ofHours(1)), "5400.00");
        LoanEvent.MarginCallIssued call = story.the(LoanEvent.MarginCallIssued.class);
        assertThat(call.rung()).isEqualTo(2);
        assertThat(call.deadline()).isEqualTo(at(Duration.ofHours(1 + 4)));
    }

    @ParameterizedTest(name = "at {0}: {1}")
    @CsvSource({"6600.00, 1", "6599.99, 0"}) // 66,000 is 165 %
    void curesAtTheLevelOfTheCallsRung(String price, int cures) {
        LoanStory story = paidOut(UNCHAINED, "40000.00")
                .price(at(Duration.ofHours(1)), "5400.00")
                .price(at(Duration.ofHours(2)), price);
        assertThat(story.all(LoanEvent.MarginCallCured.class)).hasSize(cures);
    }

    @Test
    void theHardLimitPreEmptsBothClocks() {
        LoanStory story = paidOut(UNCHAINED, "40000.00")
                .price(at(Duration.ofHours(1)), "6000.00")
                .price(at(Duration.ofHours(2)), "5400.00")
                .price(at(Duration.ofHours(3)), "4400.01");
        assertThat(story.all(LoanEvent.LiquidationRequested.class)).isEmpty();
        LoanEvent.LiquidationRequested request =
                story.price(at(Duration.ofHours(4)), "4400.00").the(LoanEvent.LiquidationRequested.class);
        assertThat(request.reason()).isEqualTo(CaseReason.HARD_LTV);
        assertThat(request.rung()).isZero();
    }

    @Test
    void anExpiredCallIsSoldOnTheLevelOfItsRung() {
        LoanStory story = paidOut(UNCHAINED, "40000.00")
                .price(at(Duration.ZERO), "5400.00")
                .price(at(Duration.ofHours(5)), "5400.00"); // deadline + an hour of fact lag: not yet
        assertThat(story.all(LoanEvent.MarginCallExpired.class)).isEmpty();
        LoanEvent.LiquidationRequested request =
                story.price(at(Duration.ofHours(5).plusMillis(1)), "5400.00").the(LoanEvent.LiquidationRequested.class);
        assertThat(request.reason()).isEqualTo(CaseReason.CALL_EXPIRED);
        assertThat(request.rung()).isEqualTo(2);
        assertThat(request.evidence().threshold())
                .isEqualTo(new Threshold(Fraction.of(100, 165), Threshold.Comparator.EXCEEDS));
        // (40,000 - 27,000) / (1 - 1/2) / 5,400 = 4.81481..
        assertThat(request.reserved()).isEqualTo(Quantity.of("4.81490000", BTC));
    }

    @Test
    void aCallWithoutAClockNeverExpires() {
        LoanStory story = paidOut(LEDN, "49000.00").price(at(Duration.ofHours(1)), "7000.00"); // 70 % is not above
        assertThat(story.names()).isEmpty();
        LoanEvent.MarginCallIssued call =
                story.price(at(Duration.ofHours(2)), "6999.99").the(LoanEvent.MarginCallIssued.class);
        assertThat(call.deadline()).isEqualTo(Instant.parse("9999-12-31T00:00:00Z"));
        assertThat(call.expiresAt()).isEqualTo(call.deadline());
        story.price(at(Duration.ofDays(400)), "6999.99").price(at(Duration.ofDays(401)), "6999.98");
        assertThat(story.names()).containsExactly("MarginCallIssued");
        assertThat(story.loan().marginCall().stage()).isEqualTo(MarginCall.Stage.RUNNING);
        assertThat(story.price(at(Duration.ofDays(402)), "9800.00").names())
                .containsExactly("MarginCallIssued", "MarginCallCured");
    }

    @Test
    void opensAtExactlyALimitThatActsOnlyAboveIt() {
        // 10 BTC at 10,000: 57,142.85 is under 100/175, a cent more is over
        LoanStory story = LoanStory.secured(MAKER, "57142.85").paidOut();
        assertThat(LoanStory.secured(MAKER, "57142.86").loan().status()).isEqualTo(LoanStatus.REQUESTED);
        // 57,142.85 x 1.75 = 99,999.9875: at 9,999.99875 it stands exactly on its limit
        story.forgetEvents().price(at(Duration.ofHours(1)), "9999.99875");
        assertThat(story.names()).isEmpty();
        assertThat(story.price(at(Duration.ofHours(2)), "9999.99874").names()).containsExactly("LiquidationRequested");
    }

    // --- notices -----------------------------------------------------------------------------------------------------

    @Test
    void givesNoticeAtEachRungOnce() {
        // 50,000: 7,000 is 1/1.40, 6,750 is 1/1.35, 6,500 is 1/1.30
        LoanStory story = paidOut(NEXO, "50000.00").price(at(Duration.ofHours(1)), "7000.01");
        assertThat(story.names()).isEmpty();
        story.price(at(Duration.ofHours(2)), "7000.00")
                .price(at(Duration.ofHours(3)), "6900.00")
                .price(at(Duration.ofHours(4)), "6750.00")
                .price(at(Duration.ofHours(5)), "6500.00")
                .price(at(Duration.ofHours(6)), "6400.00");
        assertThat(notices(story)).containsExactly(1, 2, 3);
        assertThat(story.names()).containsOnly("MarginNoticeIssued");
        assertThat(story.loan().reached()).isEqualTo(3);
        assertThat(story.price(at(Duration.ofHours(7)), "6000.00").names()).contains("LiquidationRequested");
    }

    @Test
    void aGapGivesTheHighestNoticeOnly() {
        LoanStory story = paidOut(NEXO, "50000.00").price(at(Duration.ofHours(1)), "6600.00");
        assertThat(notices(story)).containsExactly(2);
    }

    @Test
    void armsRungsAgainAtTheirLevels() {
        LoanStory story = paidOut(NEXO, "50000.00")
                .price(at(Duration.ofHours(1)), "6600.00") // rung 2, whose level is 1/1.40: 7,000
                .price(at(Duration.ofHours(2)), "6999.99");
        assertThat(story.names()).containsExactly("MarginNoticeIssued");
        story.price(at(Duration.ofHours(3)), "7000.00"); // over 1/1.50, so that rung 1 stays
        assertThat(story.the(LoanEvent.RungsCleared.class).reached()).isEqualTo(1);
        story.price(at(Duration.ofHours(4)), "6800.00").price(at(Duration.ofHours(5)), "6750.00");
        assertThat(notices(story)).containsExactly(2, 2);
        story.price(at(Duration.ofHours(6)), "7500.00"); // 1/1.50
        assertThat(story.loan().reached()).isZero();
        story.price(at(Duration.ofHours(7)), "7000.00");
        assertThat(notices(story)).containsExactly(2, 2, 1);
    }

    @Test
    void tellsNothingOfRungsUnderAnOpenCall() {
        ProductTerms noticed = product(
                "noticed",
                Fraction.percent(50),
                ladder(
                        Rung.notice(reaches(60, 100), Fraction.percent(55)),
                        Rung.call(reaches(70, 100), Fraction.percent(58), Duration.ofHours(24)),
                        Rung.notice(reaches(75, 100), Fraction.percent(70))),
                reaches(80, 100),
                Fraction.percent(60));
        // 42,000: 6,000 is 70 %, 5,600 is 75 %
        LoanStory story = paidOut(noticed, "42000.00").price(at(Duration.ofHours(1)), "6000.00");
        assertThat(story.names()).containsExactly("MarginCallIssued");
        story.price(at(Duration.ofHours(2)), "5600.00");
        assertThat(notices(story)).containsExactly(3);
        // 42,000 of 72,413.80 is 58 %: cured, and at or under 70 % rung 3 is armed again, rung 1 with its 55 % is not
        story.price(at(Duration.ofHours(3)), "7241.38");
        assertThat(story.names())
                .containsExactly("MarginCallIssued", "MarginNoticeIssued", "MarginCallCured", "RungsCleared");
        assertThat(story.loan().reached()).isEqualTo(1);
    }

    // --- what terms are refused --------------------------------------------------------------------------------------

    @Test
    void refusesLaddersThatDoNotFitTogether() {
        assertThatThrownBy(() -> Rung.notice(reaches(70, 100), Fraction.percent(70)))
                .hasMessageContaining("must lie under the threshold");
        assertThatThrownBy(() -> Rung.call(reaches(70, 100), Fraction.ZERO, Duration.ofHours(1)))
                .hasMessageContaining("no collateral comes down to");
        assertThatThrownBy(() -> Rung.sell(reaches(70, 100), Fraction.percent(60), Fraction.ZERO))
                .hasMessageContaining("has a share");
        assertThatThrownBy(() -> ladder(
                        Rung.notice(reaches(70, 100), Fraction.percent(60)),
                        Rung.notice(exceeds(70, 100), Fraction.percent(60))))
                .hasMessageContaining("thresholds of a ladder rise");
        assertThatThrownBy(() -> ladder(
                        Rung.call(reaches(60, 100), Fraction.percent(50), Duration.ofHours(2)),
                        Rung.call(reaches(70, 100), Fraction.percent(60), Duration.ofHours(1))))
                .hasMessageContaining("must lie under the call at 60/100");
        assertThatThrownBy(() -> new Ladder(
                        List.of(Rung.call(reaches(60, 100), Fraction.percent(50), Duration.ofHours(2))),
                        Duration.ZERO,
                        Ladder.ClockStopper.DETECTED,
                        Duration.ZERO,
                        Duration.ofHours(3),
                        Duration.ofHours(1)))
                .hasMessageContaining("is over before it could be disputed");
        assertThatThrownBy(() -> product(
                        "opens on a notice",
                        Fraction.percent(60),
                        ladder(Rung.notice(reaches(60, 100), Fraction.percent(50))),
                        reaches(80, 100),
                        Fraction.percent(60)))
                .hasMessageContaining("would meet >= 60/100");
    }

    private static List<Integer> notices(LoanStory story) {
        return story.all(LoanEvent.MarginNoticeIssued.class).stream()
                .map(LoanEvent.MarginNoticeIssued::rung)
                .toList();
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

    static Threshold reaches(long numerator, long denominator) {
        return Threshold.reaches(Fraction.of(numerator, denominator));
    }

    private static Threshold exceeds(long numerator, long denominator) {
        return new Threshold(Fraction.of(numerator, denominator), Threshold.Comparator.EXCEEDS);
    }

    /** Without interest; sold without a fee and without dust. */
    static ProductTerms product(String id, Fraction open, Ladder ladder, Threshold hard, Fraction target) {
        ProductTerms like = LoanStory.PRODUCT;
        return new ProductTerms(
                id,
                1,
                USD,
                like.collateral(),
                open,
                ladder,
                new LiquidationTerms(hard, target, Money.zero(USD), Fraction.ZERO, Fraction.percent(2)),
                new InterestTerms(Fraction.ZERO, DayCount.ACT_365F),
                like.exposureBasis(),
                0);
    }
}
