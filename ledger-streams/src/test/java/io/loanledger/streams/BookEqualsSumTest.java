package io.loanledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.KillSwitch;
import io.loanledger.events.topic.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invariant BookEqualsSum while the ledger runs: the loans are recounted, and what does not add up stops new orders. */
class BookEqualsSumTest {
    /** Longer than any wait of the recount: each step of the driver's clock is one slice. */
    private static final Duration ROUND = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    LedgerUnderTest ledger;

    @BeforeEach
    void open() {
        ledger = LedgerUnderTest.open(folder);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void findsNothingWhileLoansLive() {
        for (int number = 0; number < 250; number++) { // more than a slice
            ledger.active("L" + number);
            if (number % 10 == 0) {
                ledger.driver.advanceWallClockTime(ROUND);
            }
        }
        // In the middle of a round: loans before and behind the cursor change.
        ledger.driver.advanceWallClockTime(ROUND);
        ledger.price(ledger.appendedAt.plus(Duration.ofDays(30)), "10000");
        for (int number = 0; number < 250; number += 7) {
            ledger.repaid("L" + number, "5049.32");
        }
        double before = rounds();
        for (int slice = 0; slice < 6; slice++) {
            ledger.driver.advanceWallClockTime(ROUND);
        }

        assertThat(rounds()).isGreaterThan(before);
        assertThat(killSwitches()).isEmpty();
        assertThat(ledger.meters.get("ledger_book_mismatches").gauge().value()).isZero();
    }

    @Test
    void engagesTheKillSwitchOnceWhenAStoredLoanIsNotWhatItsPostingsMadeIt() {
        ledger.active("L1");
        ledger.active("L2");
        ledger.repaid("L1", "100.00");
        ledger.driver.advanceWallClockTime(ROUND);
        assertThat(killSwitches()).isEmpty();

        ledger.tamper("L2", "L1"); // where L2 stood, L1 stands again, with its smaller debt
        for (int round = 0; round < 5; round++) {
            ledger.driver.advanceWallClockTime(ROUND);
        }

        List<KillSwitch> engaged = killSwitches();
        assertThat(engaged).hasSize(1);
        assertThat(engaged.getFirst().getEngaged()).isTrue();
        assertThat(engaged.getFirst().getProducer()).isEqualTo("ledger-streams");
        assertThat(engaged.getFirst().getReason()).startsWith("BookEqualsSum: PRINCIPAL_RECEIVABLE USD off by -100.00");
        assertThat(ledger.counted("ledger_invariant_violations", "invariant", "BookEqualsSum"))
                .isEqualTo(1);

        ledger.lose("L1");
        ledger.driver.advanceWallClockTime(ROUND.multipliedBy(3));
        assertThat(killSwitches())
                .as("another difference")
                .hasSize(1)
                .allSatisfy(kill -> assertThat(kill.getReason()).startsWith("BookEqualsSum: ACTIVE loans off by -1"));
    }

    @Test
    void goesOnTakingRepaymentsMeanwhile() {
        ledger.active("L1");
        ledger.active("L2");
        ledger.lose("L2");
        ledger.driver.advanceWallClockTime(ROUND);
        assertThat(killSwitches()).hasSize(1);

        ledger.repaid("L1", "100.00");

        assertThat(ledger.loan("L1").debt().principal().amount()).isEqualByComparingTo("4900");
    }

    /** It is missing like one that was lost: a store that spoils one record may have spoilt others. */
    @Test
    void engagesTheKillSwitchWhenALoanCannotBeReadAnyMoreAndGoesOn() {
        ledger.active("L1");
        ledger.active("L2");
        ledger.tamper("L2", BrokenLoans::paidOutWithoutTerms);

        ledger.driver.advanceWallClockTime(ROUND);
        assertThat(killSwitches())
                .singleElement()
                .satisfies(kill -> assertThat(kill.getReason()).startsWith("BookEqualsSum: ACTIVE loans off by -1; "));

        ledger.repaid("L2", "100.00");
        assertThat(ledger.journalOf("L2")).endsWith("LoanQuarantined");
        assertThat(ledger.counted("ledger_invariant_violations", "invariant", "StoredLoan"))
                .isEqualTo(1);
        ledger.repaid("L1", "100.00");
        ledger.driver.advanceWallClockTime(ROUND);
        assertThat(killSwitches()).as("sealed, it is as much missing as before").isEmpty();
        assertThat(ledger.meters.get("ledger_book_mismatches").gauge().value()).isPositive();
    }

    private List<KillSwitch> killSwitches() {
        return ledger.read(TopicCatalogue.TERMS, KillSwitch.class);
    }

    private double rounds() {
        return ledger.meters.get("ledger_book_recounts").gauge().value();
    }
}
