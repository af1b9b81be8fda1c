package io.loanledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.Refusal;
import io.loanledger.events.IndexState;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.MarginCallCured;
import io.loanledger.events.MarginCallIssued;
import io.loanledger.events.Rejection;
import io.loanledger.events.ReleaseCollateral;
import io.loanledger.events.topic.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loan through the whole topology: records in, journal, stores and records out. Its rules are the core's and tested there. */
class LoanLifeInTheTopologyTest {
    @TempDir
    Path folder;

    LedgerUnderTest ledger;

    @BeforeEach
    void open() {
        ledger = LedgerUnderTest.open(folder);
    }

    @AfterEach
    void foldOfTheJournalIsTheStore() {
        assertThat(ledger.fold().findings()).isEmpty();
        assertThat(ledger.fold().digest()).isEqualTo(ledger.stores());
        ledger.close();
    }

    @Test
    void takesALoanFromRequestToClose() {
        ledger.active("L1");
        assertThat(ledger.loan("L1").status()).isEqualTo(LoanStatus.ACTIVE);

        ledger.price(LedgerUnderTest.START.plus(Duration.ofDays(30)), "10000");
        ledger.repaid("L1", "5049.32"); // 5,000 x 12 % x 30 / 365 = 49.315... -> 49.32

        assertThat(ledger.loan("L1").status()).isEqualTo(LoanStatus.REPAID);
        ReleaseCollateral back = ledger.read(TopicCatalogue.CUSTODY_INSTRUCTIONS, ReleaseCollateral.class)
                .getFirst();
        assertThat(back.getQuantity()).isEqualTo("1.00000000");
        ledger.send(
                TopicCatalogue.COLLATERAL,
                "L1",
                Facts.released("r1", ledger.appendedAt, "L1", back.getInstructionId(), "1.00000000"));

        assertThat(ledger.loan("L1").status()).isEqualTo(LoanStatus.CLOSED);
        assertThat(ledger.journalOf("L1"))
                .startsWith("LoanRequested", "TermsBound", "CollateralLocked", "ClaimGranted", "CollateralCredited")
                .endsWith("CollateralReleased", "LoanClosed");
    }

    @Test
    void callsMarginAndCuresByPrice() {
        ledger.active("L1");
        ledger.price(LedgerUnderTest.START.plusSeconds(1), "7142.85");
        ledger.price(LedgerUnderTest.START.plusSeconds(2), "8333.34");

        var calls = ledger.read(TopicCatalogue.MARGIN_CALLS);
        assertThat(calls).hasSize(2);
        assertThat(calls.getFirst()).isInstanceOf(MarginCallIssued.class);
        assertThat(calls.getLast()).isInstanceOf(MarginCallCured.class);
    }

    @Test
    void sellsAtTheHardThresholdAndGoesOnWithWhatIsLeft() {
        ledger.active("L1");
        ledger.price(LedgerUnderTest.START.plusSeconds(1), "6250"); // 5,000 / 6,250 = 80 %

        LiquidationRequested request = ledger.read(TopicCatalogue.LIQUIDATION_REQUESTS, LiquidationRequested.class)
                .getFirst();
        assertThat(request.getMarket()).isEqualTo(Facts.MARKET);
        ledger.send(
                TopicCatalogue.LIQUIDATION_REPLIES,
                "L1",
                Facts.settled(
                        ledger.appendedAt, "L1", request.getCaseId(), request.getReservedQuantity(), "3300.00", true));

        assertThat(ledger.loan("L1").openCase()).isNull();
        assertThat(ledger.loan("L1").status()).isEqualTo(LoanStatus.ACTIVE);
    }

    @Test
    void bindsTermsThatComeAfterTheRequest() {
        try (LedgerUnderTest late = new LedgerUnderTest(folder.resolve("late"))) {
            late.requested("L1", "5000.00");
            assertThat(late.journalOf("L1")).containsExactly("LoanRequested");
            late.terms(1, Facts.product(1, "0.12"));
            late.price(LedgerUnderTest.START.plusSeconds(1), "10000");
            assertThat(late.journalOf("L1")).containsExactly("LoanRequested", "TermsBound");
        }
    }

    @Test
    void expiresADeadlineBeforeTheLaterPriceAndCuresAtTheSameInstant() {
        var called = LedgerUnderTest.START.plusSeconds(1);
        var deadline = called.plus(Duration.ofHours(24));
        var expiry = deadline.plus(Duration.ofHours(1));
        ledger.active("A");
        ledger.price(called, "7142.85");

        ledger.price(expiry, "7142.85"); // exactly at the end of the fact lag: nothing is due yet
        assertThat(ledger.journalOf("A")).doesNotContain("MarginCallExpired");
        ledger.price(expiry.plusNanos(1_000), "9000"); // would heal; but the deadline comes first, at the former price
        assertThat(ledger.journalOf("A")).endsWith("MarginCallExpired", "LiquidationRequested");
    }

    @Test
    void curesAtExactlyTheDeadline() {
        var called = LedgerUnderTest.START.plusSeconds(1);
        ledger.active("A");
        ledger.price(called, "7142.85");
        ledger.price(called.plus(Duration.ofHours(24)), "8400");
        assertThat(ledger.journalOf("A")).endsWith("MarginCallCured");
    }

    @Test
    void countsARepeatAndRefusesAContradiction() {
        ledger.active("L1");
        var once = Facts.repaid("pay-1", ledger.appendedAt, "L1", "100.00");
        ledger.send(TopicCatalogue.MOVEMENTS, "L1", once);
        int records = ledger.journal.size();
        ledger.send(TopicCatalogue.MOVEMENTS, "L1", once);
        ledger.send(TopicCatalogue.MOVEMENTS, "L1", Facts.repaid("pay-1", ledger.appendedAt, "L1", "200.00"));

        assertThat(ledger.journal).hasSize(records);
        assertThat(ledger.counted("ledger_duplicates")).isEqualTo(1);
        Rejection rejection =
                ledger.read(TopicCatalogue.REJECTIONS, Rejection.class).getFirst();
        assertThat(rejection.getReason()).isEqualTo(Refusal.CONFLICTING_DUPLICATE.name());
        assertThat(rejection.getEventId()).isEqualTo("pay-1");
        assertThat(ledger.counted("ledger_rejections", "reason", Refusal.CONFLICTING_DUPLICATE.name()))
                .isEqualTo(1);
    }

    @Test
    void grantsAProofToOneLoanOnlyUntilItIsGivenBack() {
        ledger.requested("L1", "100.00");
        ledger.requested("L2", "100.00");
        ledger.locked("L1", "coin", "1.00000000");
        ledger.locked("L2", "coin", "1.00000000");
        assertThat(ledger.journalOf("L1")).contains("ClaimGranted", "CollateralCredited");
        assertThat(ledger.journalOf("L2")).contains("ClaimDenied").doesNotContain("CollateralCredited");

        ledger.send(TopicCatalogue.COLLATERAL, "L1", Facts.reverted("rev", ledger.appendedAt, "L1", "coin"));
        ledger.requested("L3", "100.00");
        ledger.locked("L3", "coin", "1.00000000");
        assertThat(ledger.journalOf("L3")).contains("ClaimGranted", "CollateralCredited");
    }

    @Test
    void visitsNobodyWhileTheMarketIsClosedOrPausedAndFiresByLevelAfterwards() {
        ledger.active("L1");
        ledger.price(LedgerUnderTest.START.plusSeconds(1), "7000", IndexState.SUSPECT);
        assertThat(ledger.journalOf("L1")).doesNotContain("MarginCallIssued");

        ledger.send(TopicCatalogue.TERMS_FANNED, Facts.MARKET, Facts.pause(2, true));
        ledger.price(LedgerUnderTest.START.plusSeconds(2), "7000");
        assertThat(ledger.journalOf("L1")).doesNotContain("MarginCallIssued");

        ledger.send(TopicCatalogue.TERMS_FANNED, Facts.MARKET, Facts.pause(3, false));
        ledger.price(LedgerUnderTest.START.plusSeconds(3), "7000");
        assertThat(ledger.journalOf("L1")).endsWith("MarginCallIssued");
    }

    @Test
    void visitsALoanNoMoreThanOnceAtEqualTicks() {
        ledger.active("L1");
        double before = ledger.counted("ledger_tick_visits");
        // With 30 days of interest the call lies at 7,213.3; without, at 7,142.86: here the key fires and the loan does
        // not.
        for (int second = 1; second <= 10; second++) {
            ledger.price(LedgerUnderTest.START.plusSeconds(second), "7143.00");
        }
        assertThat(ledger.counted("ledger_tick_visits") - before).isEqualTo(1);
        assertThat(ledger.journalOf("L1")).doesNotContain("MarginCallIssued");
        ledger.price(LedgerUnderTest.START.plusSeconds(11), "7142.85");
        assertThat(ledger.journalOf("L1")).endsWith("MarginCallIssued");
    }
}
