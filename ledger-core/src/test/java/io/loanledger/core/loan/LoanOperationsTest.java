package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.BTC;
import static io.loanledger.core.loan.LoanStory.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A quarantined loan: what is taken back, what passes it by, and how it comes back into the business. */
final class LoanOperationsTest {
    private static final LoanEvent.LoanQuarantined BROKEN =
            new LoanEvent.LoanQuarantined("PostingsBalance", "USD adds up to 0.01", "payments.movements.v1", 3, 77);
    private static final LoanEvent.RecordSkipped SKIPPED = new LoanEvent.RecordSkipped(
            "skip-1", "payments.movements.v1", 3, 77, "ada", "grace", "repaired at the source");
    private static final Instant LATER = START.plus(Duration.ofHours(1));

    @Test
    void decidesNothingForAQuarantinedLoan() {
        LoanStory story = LoanStory.disbursed();
        story.done(LoanOperations.quarantined(story.loan(), BROKEN));
        Loan quarantined = story.loan();

        story.repaid(LATER, "800").refusedWith(Refusal.LOAN_QUARANTINED);
        story.locked("tx:1", "0.50000000").refusedWith(Refusal.LOAN_QUARANTINED);
        story.granted("tx:1").refusedWith(Refusal.LOAN_QUARANTINED);
        story.settled(1, "0.1", "600", "0", false).refusedWith(Refusal.LOAN_QUARANTINED);
        story.tell(new LoanInput.AmendmentAcknowledged("L1/case/1", 1, BigDecimal.ZERO))
                .refusedWith(Refusal.LOAN_QUARANTINED);
        story.tell(new LoanInput.TimePassed(LATER));

        assertThat(story.loan()).isEqualTo(quarantined);
        assertThat(quarantined.quarantine())
                .isEqualTo(new Quarantine("PostingsBalance", "payments.movements.v1", 3, 77));
    }

    @Test
    void asksForNoVisitWhileQuarantined() {
        LoanStory story = LoanStory.disbursed();
        story.done(LoanOperations.quarantined(story.loan(), BROKEN)).forgetEvents();

        // 5,000 USD at 5,000 a coin is a ratio of 100 %, past every threshold.
        story.price(LATER, "5000");

        assertThat(story.events()).isEmpty();
        assertThat(LoanTriggers.of(story.loan(), LATER, 30))
                .isEqualTo(new LoanTriggers(null, LoanTriggers.NEVER_FALLING, LoanTriggers.NEVER_RISING, null, null));
    }

    @Test
    void takesBackWhatAnOpenCaseHasNotSold() {
        LoanStory story = LoanStory.disbursed().price(LATER, "6000");
        Quantity reserved = story.the(LoanEvent.LiquidationRequested.class).reserved();
        story.settled(1, "0.10000000", "600.00", "0", false).forgetEvents();

        story.done(LoanOperations.caseWithdrawn(story.loan(), BROKEN));

        assertThat(story.names()).containsExactly("LoanQuarantined", "LiquidationAmended");
        LoanEvent.LiquidationAmended amended = story.the(LoanEvent.LiquidationAmended.class);
        assertThat(amended.version()).isEqualTo(2);
        assertThat(amended.reserved()).isEqualTo(Quantity.of("0.10000000", BTC));
        assertThat(amended.reason()).isEqualTo("QUARANTINED");
        // Until the processor says what it can no longer take back, the coin stays reserved.
        LiquidationCase open = story.loan().openCase();
        assertThat(open).isNotNull();
        assertThat(open.reserved()).isEqualTo(reserved);
        assertThat(open.isRescinded()).isTrue();
    }

    @Test
    void amendsNothingWithoutAnOpenCase() {
        Loan loan = LoanStory.disbursed().loan();

        assertThat(LoanOperations.caseWithdrawn(loan, BROKEN)).isEqualTo(LoanOperations.quarantined(loan, BROKEN));
    }

    @Test
    void decidesAgainOnceTheRecordIsSkipped() {
        LoanStory story = LoanStory.disbursed();
        Loan sound = story.loan();
        story.done(LoanOperations.quarantined(story.loan(), BROKEN)).forgetEvents();

        story.done(LoanOperations.skipped(story.loan(), SKIPPED, true));
        assertThat(story.names()).containsExactly("RecordSkipped", "QuarantineLifted");
        assertThat(story.loan()).isEqualTo(sound.edit(next -> next.version = sound.version() + 3));

        story.price(LATER, "6000");
        assertThat(story.the(LoanEvent.LiquidationRequested.class).reason()).isEqualTo(CaseReason.HARD_LTV);
    }

    @Test
    void changesNothingButTheVersionBySkippingARecord() {
        Loan loan = LoanStory.disbursed().loan();

        Decision.Accepted skipped = LoanOperations.skipped(loan, SKIPPED, false);

        assertThat(skipped.steps().getLast().after()).isEqualTo(loan.edit(next -> next.version = loan.version() + 1));
    }

    @Test
    void neitherQuarantinesTwiceNorLiftsWhatIsNotQuarantined() {
        Loan sound = LoanStory.disbursed().loan();
        Loan quarantined =
                LoanOperations.quarantined(sound, BROKEN).steps().getLast().after();

        assertThatThrownBy(() -> LoanOperations.quarantined(quarantined, BROKEN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot follow");
        assertThatThrownBy(() -> LoanOperations.skipped(sound, SKIPPED, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot follow");
    }
}
