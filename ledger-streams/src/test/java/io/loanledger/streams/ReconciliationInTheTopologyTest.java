package io.loanledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.LoanStatus;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.Rejection;
import io.loanledger.events.ReleaseCollateral;
import io.loanledger.events.topic.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invariant ThreeWayReconciliation in the topology: facts in; journal, meters and instructions out. The rules are the core's. */
class ReconciliationInTheTopologyTest {
    @TempDir
    Path folder;

    LedgerUnderTest ledger;

    @BeforeEach
    void open() {
        ledger = LedgerUnderTest.open(folder);
        ledger.active("L1");
        ledger.price(LedgerUnderTest.START.plusSeconds(60), "10000");
    }

    @AfterEach
    void foldOfTheJournalIsTheStore() {
        assertThat(ledger.fold().findings()).isEmpty();
        assertThat(ledger.fold().digest()).isEqualTo(ledger.stores());
        ledger.close();
    }

    @Test
    void aStatementThatAgreesIsCountedAndLeavesNoEvent() {
        int before = ledger.journal.size();
        state("1.00000000");

        assertThat(ledger.journal).hasSize(before);
        assertThat(ledger.counted("ledger_custody_statements")).isEqualTo(1);
        assertThat(differences("CUSTODIAN")).isZero();
    }

    @Test
    void releasesNothingWhileTheCustodianHasLess() {
        state("0.90000000");
        assertThat(ledger.journalOf("L1")).endsWith("ReconciliationDifferenceFound");
        assertThat(differences("CUSTODIAN")).isEqualTo(1);
        assertThat(differences("DESK")).isZero();

        ledger.send(
                TopicCatalogue.LOANS,
                "L1",
                Facts.releaseRequested(ledger.nextId(), ledger.appendedAt, "L1", "0.00010000"));
        assertThat(ledger.read(TopicCatalogue.REJECTIONS, Rejection.class))
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.getReason()).isEqualTo("CUSTODIAN_SHORT"));
        ledger.repaid("L1", "5000.00");
        assertThat(ledger.loan("L1").status()).isEqualTo(LoanStatus.REPAID);
        assertThat(ledger.read(TopicCatalogue.CUSTODY_INSTRUCTIONS)).isEmpty();

        ledger.price(ledger.appendedAt.plusSeconds(60), "10000");
        assertThat(ledger.meters
                        .get("ledger_reconciliation_difference_age_seconds")
                        .tags("counterparty", "CUSTODIAN")
                        .gauge()
                        .value())
                .isEqualTo(60);
        state("1.00000000");

        assertThat(ledger.journalOf("L1")).endsWith("ReconciliationDifferenceSettled", "CollateralReleaseInstructed");
        assertThat(ledger.read(TopicCatalogue.CUSTODY_INSTRUCTIONS, ReleaseCollateral.class))
                .singleElement()
                .satisfies(back -> assertThat(back.getQuantity()).isEqualTo("1.00000000"));
        assertThat(differences("CUSTODIAN")).isZero();
    }

    @Test
    void aSaleNeitherDeliveredNorPaidBecomesADifferenceWhenItsPeriodIsOver() {
        ledger.price(ledger.appendedAt.plusSeconds(1), "6250"); // 5,000 / 6,250 = 80 %
        LiquidationRequested request = ledger.read(TopicCatalogue.LIQUIDATION_REQUESTS, LiquidationRequested.class)
                .getFirst();
        ledger.send(
                TopicCatalogue.LIQUIDATION_REPLIES,
                "L1",
                Facts.settled(
                        ledger.appendedAt, "L1", request.getCaseId(), request.getReservedQuantity(), "3300.00", true));

        ledger.price(LedgerUnderTest.START.plus(Duration.ofDays(3)), "10000"); // at the very end: nothing yet
        assertThat(differences("DESK")).isZero();
        ledger.price(LedgerUnderTest.START.plus(Duration.ofDays(3)).plusMillis(1), "10000");
        assertThat(ledger.journalOf("L1")).endsWith("ReconciliationDifferenceFound", "ReconciliationDifferenceFound");
        assertThat(differences("DESK")).isEqualTo(2);

        ledger.send(
                TopicCatalogue.COLLATERAL,
                "L1",
                Facts.delivered(
                        ledger.nextId(), ledger.appendedAt, "L1", request.getCaseId(), request.getReservedQuantity()));
        assertThat(differences("DESK")).isEqualTo(1);
        ledger.send(
                TopicCatalogue.MOVEMENTS,
                "L1",
                Facts.proceeds(ledger.nextId(), ledger.appendedAt, "L1", request.getCaseId(), "3300.00"));
        assertThat(differences("DESK")).isZero();
    }

    private void state(String quantity) {
        ledger.send(TopicCatalogue.COLLATERAL, "L1", Facts.stated(ledger.nextId(), ledger.appendedAt, "L1", quantity));
    }

    private double differences(String counterparty) {
        return ledger.meters
                .get("ledger_reconciliation_differences")
                .tags("counterparty", counterparty)
                .gauge()
                .value();
    }
}
