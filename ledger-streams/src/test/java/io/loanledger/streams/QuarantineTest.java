package io.loanledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.Quarantine;
import io.loanledger.core.model.LoanWith;
import io.loanledger.events.LiquidationAmended;
import io.loanledger.events.header.DeadLetter;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.wire.SealedLoan;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loan whose invariant breaks is taken out of the business, alone: its inputs are kept, everybody else's are processed. */
final class QuarantineTest {
    private static final String RELEASE = "L1/release/9";

    @TempDir
    Path folder;

    LedgerUnderTest ledger;

    @BeforeEach
    void open() {
        ledger = LedgerUnderTest.open(folder);
        ledger.active("L1");
        ledger.active("L2");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    /** Custody says that it released coin that the collateral knows nothing of. */
    private void breakL1() {
        ledger.tamperLoan("L1", loan -> LoanWith.unknownRelease(loan, RELEASE, "0.50000000"));
        ledger.drain(TopicCatalogue.DEAD_LETTERS);
        ledger.send(
                TopicCatalogue.COLLATERAL,
                "L1",
                Facts.released(ledger.nextId(), ledger.appendedAt, "L1", RELEASE, "0.50000000"));
    }

    @Test
    void quarantinesTheLoanOnItsFormerStateAndKeepsTheInput() {
        var before = ledger.loan("L1");
        breakL1();

        LoanEvent.LoanQuarantined event =
                ledger.events(LoanEvent.LoanQuarantined.class).getFirst();
        assertThat(event.invariant()).isEqualTo("CollateralConservation");
        assertThat(event.detail()).contains("negative quantity");
        assertThat(event.topic()).isEqualTo(TopicCatalogue.COLLATERAL.name());
        var loan = ledger.loan("L1");
        assertThat(loan.quarantine())
                .isEqualTo(new Quarantine("CollateralConservation", event.topic(), event.partition(), event.offset()));
        assertThat(loan.position()).isEqualTo(before.position());
        assertThat(loan.memory())
                .as("the input was not applied, so it is not a repeat")
                .isEqualTo(before.memory());

        TestRecord<byte[], byte[]> kept =
                ledger.drain(TopicCatalogue.DEAD_LETTERS).getFirst();
        DeadLetter letter = DeadLetter.readFrom(kept.headers()).orElseThrow();
        assertThat(letter.reason()).isEqualTo("LOAN_QUARANTINED");
        assertThat(letter.origin().offset()).isEqualTo(event.offset());
        assertThat(kept.value())
                .isEqualTo(ledger.bytes(
                        TopicCatalogue.COLLATERAL,
                        Facts.released("e7", ledger.appendedAt, "L1", RELEASE, "0.50000000")));
        assertThat(ledger.counted("ledger_invariant_violations", "invariant", "CollateralConservation"))
                .isEqualTo(1);
        assertThat(ledger.shown("ledger_loans_quarantined")).isEqualTo(1);
    }

    @Test
    void keepsWhatComesLaterAndFiresNoTrigger() {
        breakL1();
        ledger.drain(TopicCatalogue.DEAD_LETTERS);
        byte[] stored = ledger.stored("L1");
        long events = ledger.journal.size();

        ledger.repaid("L1", "100.00");
        ledger.locked("L1", "more-coin", "1.00000000");
        ledger.price(LedgerUnderTest.START.plusSeconds(60), "5000");

        assertThat(ledger.stored("L1")).isEqualTo(stored);
        assertThat(ledger.deadLetters())
                .extracting(DeadLetter::reason)
                .containsExactly("LOAN_QUARANTINED", "LOAN_QUARANTINED");
        assertThat(ledger.journal.stream()
                        .skip(events)
                        .map(entry -> entry.header().loanId()))
                .isNotEmpty()
                .containsOnly("L2");
        assertThat(ledger.counted("ledger_invariant_violations", "invariant", "CollateralConservation"))
                .as("counted once, not once for each input that is kept")
                .isEqualTo(1);
    }

    @Test
    void goesOnWithEveryOtherLoanAndWithTheChain() {
        breakL1();
        ledger.repaid("L2", "100.00");
        ledger.price(LedgerUnderTest.START.plusSeconds(60), "5000");

        assertThat(ledger.journalOf("L2")).contains("RepaymentApplied", "LiquidationRequested");
        assertThat(ledger.fold().findings()).isEmpty();
    }

    @Test
    void takesBackWhatAnOpenCaseHasNotSold() {
        ledger.price(LedgerUnderTest.START.plusSeconds(60), "6000");
        assertThat(ledger.loan("L1").openCase()).isNotNull();
        ledger.drain(TopicCatalogue.LIQUIDATION_REQUESTS);

        breakL1();

        assertThat(ledger.journalOf("L1")).endsWith("LoanQuarantined", "LiquidationAmended");
        LiquidationAmended amended = ledger.read(TopicCatalogue.LIQUIDATION_REQUESTS, LiquidationAmended.class)
                .getFirst();
        assertThat(amended.getLoanId()).isEqualTo("L1");
        assertThat(amended.getReservedQuantity()).isEqualTo("0.00000000");

        // What the processor answers is kept like everything else.
        ledger.drain(TopicCatalogue.DEAD_LETTERS);
        ledger.send(
                TopicCatalogue.LIQUIDATION_REPLIES,
                "L1",
                Facts.settled(ledger.appendedAt, "L1", "L1/case/1", "0.10000000", "600.00", false));
        assertThat(ledger.deadLetters()).extracting(DeadLetter::reason).containsExactly("LOAN_QUARANTINED");
    }

    @Test
    void sealsALoanThatCannotBeReadAndGoesOn() {
        ledger.tamper("L1", BrokenLoans::oneSatoshiMore);
        byte[] broken = ledger.stored("L1");
        ledger.drain(TopicCatalogue.DEAD_LETTERS);

        ledger.repaid("L1", "100.00");
        ledger.repaid("L1", "200.00");
        ledger.repaid("L2", "100.00");

        assertThat(ledger.journalOf("L1")).endsWith("LoanQuarantined").containsOnlyOnce("LoanQuarantined");
        assertThat(ledger.events(LoanEvent.LoanQuarantined.class))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.invariant()).isEqualTo("StoredLoan");
                    assertThat(event.detail()).as("what was wrong with it").contains("CollateralConservation: ");
                });
        assertThat(ledger.counted("ledger_invariant_violations", "invariant", "StoredLoan"))
                .as("the alert that a stored loan cannot be read")
                .isEqualTo(1);
        assertThat(ledger.deadLetters())
                .extracting(DeadLetter::reason)
                .containsExactly("LOAN_QUARANTINED", "LOAN_QUARANTINED");
        assertThat(SealedLoan.read(ledger.stored("L1")).former())
                .as("the bytes as they were found, for whoever investigates")
                .isEqualTo(broken);
        assertThat(ledger.journalOf("L2")).endsWith("RepaymentApplied");
        assertThat(ledger.fold().findings()).isEmpty();
        assertThat(ledger.shown("ledger_loans_quarantined")).isEqualTo(1);
    }

    @Test
    void showsEveryInvariantThatItChecksFromTheStart() {
        assertThat(ledger.meters.find("ledger_invariant_violations").counters())
                .extracting(counter -> counter.getId().getTag("invariant"))
                .containsAll(List.of("PostingsBalance", "CollateralConservation", "VersionFence", "TaskState"));
    }
}
