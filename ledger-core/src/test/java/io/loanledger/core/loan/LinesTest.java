package io.loanledger.core.loan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.DebtPrice;
import io.loanledger.core.terms.DefaultTerms;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.LineTerms;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.PrepaymentTerms;
import io.loanledger.core.terms.ScheduleTerms;
import io.loanledger.core.terms.ScheduleTerms.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Commitments that are drawn in parts; docs/loan-rules.md, "A line". */
class LinesTest {
    private static final InterestTerms NO_INTEREST = new InterestTerms(Fraction.ZERO, DayCount.ACT_365F);
    private static final Instant NOW = LoanStory.START.plusSeconds(60);
    private static final LineTerms REVOLVING = new LineTerms(true, usd("100.00"), null);
    private static final LineTerms ONCE = new LineTerms(false, usd("0"), null);
    private static final String DRAW = "L1/disbursement/2";

    private static Money usd(String amount) {
        return Money.of(amount, LoanStory.USD);
    }

    /** A commitment of 50,000.00 on 10 BTC at 10,000, of which 20,000.00 are paid out. */
    private static LoanStory line(LineTerms line, int termDays, InterestTerms interest) {
        return requested(AgreementTerms.PLAIN.withLine(line), termDays, interest, "20000.00")
                .paidOut("20000.00")
                .price(NOW, "10000")
                .forgetEvents();
    }

    private static LoanStory requested(
            AgreementTerms agreed, int termDays, InterestTerms interest, @Nullable String firstDraw) {
        LoanStory story = new LoanStory("L1");
        story.published(LoanStory.product(interest, ExposureBasis.OUTSTANDING, termDays, agreed));
        story.price(LoanStory.START, "10000");
        story.tell(new LoanInput.LoanRequested(
                story.head(LoanStory.START),
                "alice",
                "agreed",
                new LoanInput.Stated(new BigDecimal("50000.00"), "USD"),
                "BTC",
                firstDraw == null ? null : new BigDecimal(firstDraw)));
        return story.locked("tx:0", "10.00000000").granted("tx:0");
    }

    private static LoanStory drawn(LoanStory story, String amount) {
        return story.tell(new LoanInput.DrawdownRequested(
                story.head(story.taskTime()), new LoanInput.Stated(new BigDecimal(amount), "USD")));
    }

    private static LoanStory confirmed(LoanStory story, Instant at, String id, String amount) {
        return story.tell(new LoanInput.DisbursementConfirmed(
                story.head(at), id, new LoanInput.Stated(new BigDecimal(amount), "USD")));
    }

    private static LoanStory cancelled(LoanStory story) {
        return story.tell(new LoanInput.LoanCancelled(story.head(story.taskTime()), "the borrower is done"));
    }

    @Test
    void theFirstDrawIsThePayout() {
        LoanStory story = requested(AgreementTerms.PLAIN.withLine(REVOLVING), 365, NO_INTEREST, "20000.00");
        assertThat(story.the(LoanEvent.LoanIssued.class).principal()).isEqualTo(usd("20000.00"));
        assertThat(story.loan().terms().principal()).isEqualTo(usd("50000.00"));
        story.paidOut("20000.00");
        assertThat(story.loan().debt().principal()).isEqualTo(usd("20000.00"));
    }

    @Test
    void aFirstDrawHasToFit() {
        String[][] misfits = {
            {"50000.01", "the first draw is over the principal"},
            {"99.99", "the first draw is under the least"},
            {"200.001", "the first draw is over-precise"}
        };
        for (String[] misfit : misfits) {
            LoanStory story = requested(AgreementTerms.PLAIN.withLine(REVOLVING), 365, NO_INTEREST, misfit[0]);
            assertThat(story.the(LoanEvent.LoanCancelled.class).reason()).isEqualTo(misfit[1]);
        }
        assertThat(requested(AgreementTerms.PLAIN, 365, NO_INTEREST, "200.00")
                        .the(LoanEvent.LoanCancelled.class)
                        .reason())
                .isEqualTo("the product pays out once");
    }

    /** 50,000.00 against 100,000.00 is exactly the opening limit of 50 %. */
    @Test
    void drawsUpToTheCommitmentAndTheOpeningLimit() {
        LoanStory story = line(ONCE, 365, NO_INTEREST);
        drawn(story, "30000.01").refusedWith(Refusal.ABOVE_COMMITMENT);
        story.price(NOW.plusSeconds(1), "9999.90");
        drawn(story, "30000.00").refusedWith(Refusal.LTV_TOO_HIGH);
        story.price(NOW.plusSeconds(2), "10000");
        drawn(story, "30000.00");
        assertThat(story.the(LoanEvent.DrawdownInstructed.class).disbursementId())
                .isEqualTo(DRAW);
        drawn(story, "0.01").refusedWith(Refusal.ABOVE_COMMITMENT);
        assertThat(story.loan().debt().principal()).as("nobody owes it yet").isEqualTo(usd("20000.00"));
        confirmed(story, NOW, DRAW, "30000.00");
        assertThat(story.loan().debt().principal()).isEqualTo(usd("50000.00"));
    }

    @Test
    void whatIsRepaidCanBeDrawnAgainWhereItRevolves() {
        for (LineTerms terms : new LineTerms[] {REVOLVING, ONCE}) {
            LoanStory story = line(terms, 365, NO_INTEREST);
            confirmed(drawn(story, "30000.00"), NOW, DRAW, "30000.00").repaid(NOW, "5000.00");
            drawn(story, "5000.00");
            if (terms.revolving()) {
                assertThat(story.loan().draws().draws()).hasSize(2);
                drawn(story, "100.00").refusedWith(Refusal.ABOVE_COMMITMENT);
            } else {
                story.refusedWith(Refusal.ABOVE_COMMITMENT);
            }
        }
    }

    @Test
    void aFeeIsKeptFromADraw() {
        LineTerms terms = new LineTerms(true, usd("0"), new OriginationTerms(usd("25.00"), Fraction.percent(1)));
        LoanStory story = line(terms, 365, NO_INTEREST);
        drawn(story, "25.25").refusedWith(Refusal.DRAW_TOO_SMALL);
        drawn(story, "10000.00");
        assertThat(story.the(LoanEvent.DrawdownInstructed.class).fee()).isEqualTo(usd("125.00"));
        confirmed(story, NOW, DRAW, "10000.00").refusedWith(Refusal.AMOUNT_DIFFERS);
        confirmed(story, NOW, DRAW, "9875.00");
        assertThat(story.the(LoanEvent.DisbursementConfirmed.class).fee()).isEqualTo(usd("125.00"));
        assertThat(story.loan().debt().principal()).isEqualTo(usd("30000.00"));
        confirmed(story, NOW, DRAW, "9875.00").refusedWith(Refusal.INSTRUCTION_UNKNOWN);
        story.tell(new LoanInput.DisbursementReturned(
                story.head(NOW), DRAW, new LoanInput.Stated(new BigDecimal("9875.00"), "USD"), "bank"));
        assertThat(story.the(LoanEvent.DisbursementReturned.class).fee()).isEqualTo(usd("125.00"));
        assertThat(story.loan().debt().principal()).isEqualTo(usd("20000.00"));
    }

    /** 10 days on 20,000.00, then 5 on 30,000.00, at 36.5 %: 200.00 and 150.00, though the bank's word comes 5 days late. */
    @Test
    void aDrawBearsInterestFromItsValueDate() {
        LoanStory story = line(REVOLVING, 365, new InterestTerms(Fraction.of(365, 1000), DayCount.ACT_365F));
        Instant day10 = LoanStory.START.plus(10, ChronoUnit.DAYS);
        Instant day15 = LoanStory.START.plus(15, ChronoUnit.DAYS);
        drawn(story.price(day10, "10000"), "10000.00");
        story.price(day15, "10000").repaid(day15, "1.00");
        confirmed(story, day10, DRAW, "10000.00");
        assertThat(story.loan().debt().interestPosted()).isEqualTo(usd("350.00"));
    }

    /** With 30,000.00 on their way the call limit of 70 % is met at 7,142.85; with 20,000.00 owed nothing is called. */
    @Test
    void aLimitStopsWhatIsOnItsWayAndCallsNothing() {
        LoanStory story = drawn(line(REVOLVING, 365, NO_INTEREST), "30000.00");
        story.price(NOW.plusSeconds(1), "7142.86");
        assertThat(story.names()).doesNotContain("DisbursementCancelInstructed");
        story.price(NOW.plusSeconds(2), "7142.85");
        assertThat(story.the(LoanEvent.DisbursementCancelInstructed.class).instructionId())
                .isEqualTo(DRAW + "/cancel");
        assertThat(story.names()).doesNotContain("MarginCallIssued", "LiquidationRequested");
        drawn(story, "100.00").refusedWith(Refusal.ABOVE_COMMITMENT);
        story.tell(new LoanInput.DisbursementFailed(story.head(NOW), DRAW, "stopped"));
        assertThat(story.loan().status()).isEqualTo(LoanStatus.ACTIVE);
        drawn(story, "15714.25");
        assertThat(story.all(LoanEvent.DrawdownInstructed.class).getLast().disbursementId())
                .isEqualTo("L1/disbursement/3");
    }

    @Test
    void aDrawThatIsPaidAllTheSameIsOwed() {
        LoanStory story = drawn(line(REVOLVING, 365, NO_INTEREST), "30000.00");
        story.price(NOW.plusSeconds(2), "7142.85");
        confirmed(story, NOW, DRAW, "30000.00");
        assertThat(story.loan().debt().principal()).isEqualTo(usd("50000.00"));
        assertThat(story.names()).endsWith("MarginCallIssued");
    }

    @Test
    void coinThatIsReleasedLeavesEnoughForWhatIsOnItsWay() {
        LoanStory story = drawn(line(REVOLVING, 365, NO_INTEREST), "20000.00");
        story.releaseAsked("2.00000001").refusedWith(Refusal.LTV_TOO_HIGH);
        story.releaseAsked("2.00000000");
        assertThat(story.names()).contains("CollateralReleaseInstructed");
    }

    @Test
    void anOpenLineOutlivesItsDebtUntilItIsEnded() {
        LoanStory story = line(REVOLVING, 0, NO_INTEREST).repaid(NOW, "20000.00");
        assertThat(story.loan().status()).isEqualTo(LoanStatus.ACTIVE);
        assertThat(LoanTriggers.of(story.loan(), NOW, 0).risingKey()).isEqualTo(LoanTriggers.NEVER_RISING);
        drawn(story, "50000.00");
        cancelled(story);
        assertThat(story.names())
                .containsSubsequence("DrawdownInstructed", "CommitmentEnded", "DisbursementCancelInstructed")
                .doesNotContain("LoanRepaid");
        cancelled(story).refusedWith(Refusal.WRONG_STATUS);
        drawn(story, "100.00").refusedWith(Refusal.WRONG_STATUS);
        story.tell(new LoanInput.DisbursementFailed(story.head(NOW), DRAW, "stopped"));
        assertThat(story.loan().status()).isEqualTo(LoanStatus.REPAID);
    }

    @Test
    void aCallEndsWithTheDebtThoughTheLineGoesOn() {
        LoanStory story = line(REVOLVING, 0, NO_INTEREST).price(NOW.plusSeconds(1), "2800");
        assertThat(story.names()).containsExactly("MarginCallIssued");
        story.repaid(NOW.plusSeconds(1), "20000.00");
        assertThat(story.the(LoanEvent.MarginCallCancelled.class).reason()).isEqualTo("REPAID");
        assertThat(story.loan().status()).isEqualTo(LoanStatus.ACTIVE);
    }

    @Test
    void theCommitmentEndsStrictlyAfterTheMaturity() {
        LoanStory story = line(REVOLVING, 30, NO_INTEREST).repaid(NOW, "20000.00");
        Instant maturity = LoanStory.START.plus(30, ChronoUnit.DAYS);
        story.price(maturity, "10000");
        assertThat(story.names()).doesNotContain("CommitmentEnded");
        story.price(maturity.plusNanos(1_000), "10000");
        assertThat(story.names()).containsSubsequence("CommitmentEnded", "LoanRepaid");
    }

    @Test
    void aLineThatIsDrawnOnceEndsWhenAllOfItIsRepaid() {
        LoanStory story = line(ONCE, 0, NO_INTEREST);
        confirmed(drawn(story, "30000.00"), NOW, DRAW, "30000.00").repaid(NOW, "50000.00");
        assertThat(story.loan().status()).isEqualTo(LoanStatus.REPAID);
    }

    @Test
    void aLineHasNeitherAFeeOfPrepaymentNorADebtWithAPrice() {
        AgreementTerms line = AgreementTerms.PLAIN.withLine(REVOLVING);
        PrepaymentTerms fee = new PrepaymentTerms(Fraction.percent(1), 0);
        assertThatThrownBy(() -> line.withPrepayment(fee)).isInstanceOf(IllegalArgumentException.class);
        DebtPrice price = new DebtPrice("USDC-USD", LoanStory.USD, false);
        assertThatThrownBy(() -> line.withDebtPrice(price)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void coinThatADrawReliedOnTakesNobodysPlace() {
        AgreementTerms agreed = AgreementTerms.PLAIN.withLine(ONCE).withSubstitution(true);
        LoanStory story = requested(agreed, 365, NO_INTEREST, "20000.00")
                .paidOut("20000.00")
                .price(NOW, "10000");
        story.locked("tx:1", "2").granted("tx:1");
        assertThat(story.loan().pledge("tx:1").orElseThrow().spare()).isTrue();
        drawn(story, "5000.00");
        story.tell(
                new LoanInput.CollateralReleaseRequested(story.head(story.taskTime()), LoanStory.coin("0.1"), "tx:1"));
        story.refusedWith(Refusal.NOT_SUBSTITUTABLE);
    }

    // --- default -----------------------------------------------------------------------------------------------------

    /** A line that is due on 1 March 2021, in default 30 days and an hour later; 1,000.00 more are on their way. */
    private static LoanStory inDebt() {
        ScheduleTerms bullet =
                new ScheduleTerms(Kind.BULLET, 0, 0, List.of(), 0, Duration.ofHours(1), usd("0"), Fraction.ZERO);
        AgreementTerms agreed = AgreementTerms.PLAIN
                .withLine(ONCE)
                .withSchedule(bullet)
                .withDefault(new DefaultTerms(30, BigDecimal.ZERO, true, false, false));
        LoanStory story = requested(agreed, 365, NO_INTEREST, "20000.00").paidOut("20000.00");
        story.price(Instant.parse("2021-02-28T00:00:00Z"), "10000");
        return drawn(story, "1000.00").forgetEvents();
    }

    @Test
    void aDefaultStopsADrawThatIsOnItsWay() {
        LoanStory story = inDebt();
        story.tell(new LoanInput.DefaultDeclared(story.head(story.taskTime()), "insolvent"));
        assertThat(story.names()).containsExactly("LoanDefaulted", "DisbursementCancelInstructed");
        LoanEvent.DisbursementCancelInstructed stopped = story.the(LoanEvent.DisbursementCancelInstructed.class);
        assertThat(stopped.disbursementId()).isEqualTo(DRAW);
        assertThat(stopped.reason()).isEqualTo("the loan is in default");
        confirmed(story, story.taskTime(), DRAW, "1000.00");
        assertThat(story.loan().debt().principal()).isEqualTo(usd("21000.00"));
    }

    @Test
    void aDrawPaidOutAfterTheMaturityIsUnpaidOfIt() {
        LoanStory story = inDebt().price(Instant.parse("2021-03-02T00:00:00Z"), "10000");
        assertThat(story.names()).containsExactly("InstalmentDue", "CommitmentEnded", "DisbursementCancelInstructed");
        story.repaid(Instant.parse("2021-03-01T00:00:00Z"), "20000.00");
        confirmed(story, story.taskTime(), DRAW, "1000.00");
        story.price(Instant.parse("2021-04-01T01:00:00Z"), "10000");
        assertThat(story.all(LoanEvent.LoanDefaulted.class)).isEmpty();
        story.price(Instant.parse("2021-04-01T01:00:01Z"), "10000");
        assertThat(story.the(LoanEvent.LoanDefaulted.class).principal()).isEqualTo(usd("1000.00"));
    }
}
