package io.loanledger.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.model.LoanWith;
import io.loanledger.events.Approval;
import io.loanledger.events.FannedTerms;
import io.loanledger.events.FannedTermsKind;
import io.loanledger.events.OperatorSkip;
import io.loanledger.events.approval.OperatorKeys;
import io.loanledger.events.header.DeadLetter;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.task.OperatorSkips;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators skip: a record that is still to come, and one that quarantined a loan. */
final class OperatorSkipTest {
    private static final String RELEASE = "L1/release/9";
    private static final String FACTS = TopicCatalogue.COLLATERAL.name();

    @TempDir
    Path folder;

    private final Operators operators = new Operators("ada", "grace");
    private OperatorSkips skips;
    private LedgerUnderTest ledger;
    private long fanned = 1;

    @BeforeEach
    void open() {
        skips = new OperatorSkips(operators.keys());
        ledger = new LedgerUnderTest(folder, 1, skips);
        ledger.terms(1, Facts.product(1, "0.12"));
        ledger.price(LedgerUnderTest.START, "10000");
        ledger.active("L1");
        ledger.active("L2");
        ledger.drain(TopicCatalogue.DEAD_LETTERS);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private LoanEvent.LoanQuarantined breakL1() {
        ledger.tamperLoan("L1", loan -> LoanWith.unknownRelease(loan, RELEASE, "0.50000000"));
        ledger.send(
                TopicCatalogue.COLLATERAL,
                "L1",
                Facts.released(ledger.nextId(), ledger.appendedAt, "L1", RELEASE, "0.50000000"));
        return ledger.events(LoanEvent.LoanQuarantined.class).getLast();
    }

    private void fan(OperatorSkip order) {
        ledger.send(
                TopicCatalogue.TERMS_FANNED,
                "",
                new FannedTerms(1L, ++fanned, FannedTermsKind.OPERATOR_SKIP, null, null, null, order, null, null));
    }

    @Test
    void liftsTheQuarantineThatTheRecordBegan() {
        LoanEvent.LoanQuarantined begun = breakL1();

        fan(operators.approved(
                Operators.order("skip-1", begun.topic(), begun.partition(), begun.offset()), "ada", "grace"));

        assertThat(ledger.journalOf("L1")).endsWith("LoanQuarantined", "RecordSkipped", "QuarantineLifted");
        LoanEvent.RecordSkipped skipped =
                ledger.events(LoanEvent.RecordSkipped.class).getFirst();
        assertThat(skipped)
                .isEqualTo(new LoanEvent.RecordSkipped(
                        "skip-1", begun.topic(), begun.partition(), begun.offset(), "ada", "grace", "a test"));
        assertThat(ledger.shown("ledger_loans_quarantined")).isZero();
        assertThat(ledger.fold().findings()).isEmpty();

        // The loan is watched again: 100 % at 5,000.
        ledger.price(LedgerUnderTest.START.plusSeconds(60), "5000");
        assertThat(ledger.journalOf("L1")).endsWith("LiquidationRequested");
    }

    @Test
    void appliesADeadLetterThatIsSentAgainAfterTheQuarantine() {
        LoanEvent.LoanQuarantined begun = breakL1();
        var payment = Facts.repaid("kept-1", ledger.appendedAt, "L1", "100.00");
        ledger.send(TopicCatalogue.MOVEMENTS, "L1", payment);
        fan(operators.approved(
                Operators.order("skip-1", begun.topic(), begun.partition(), begun.offset()), "ada", "grace"));

        ledger.send(TopicCatalogue.MOVEMENTS, "L1", payment);
        assertThat(ledger.journalOf("L1")).contains("RepaymentApplied");
    }

    @Test
    void liftsNothingWithoutTwoValidSignaturesOfTwoOperators() {
        LoanEvent.LoanQuarantined begun = breakL1();
        OperatorSkip order = Operators.order("skip-1", begun.topic(), begun.partition(), begun.offset());
        OperatorSkip good = operators.approved(order, "ada", "grace");
        OperatorSkip otherPlace =
                OperatorSkip.newBuilder(good).setOffset(good.getOffset() + 1).build();

        assertThat(skips.accept(order)).isEqualTo(OperatorKeys.Verdict.TOO_FEW_APPROVALS);
        assertThat(skips.accept(operators.approved(order, "ada"))).isEqualTo(OperatorKeys.Verdict.TOO_FEW_APPROVALS);
        assertThat(skips.accept(operators.approved(order, "ada", "ada"))).isEqualTo(OperatorKeys.Verdict.SAME_OPERATOR);
        assertThat(skips.accept(operators.approved(order, "ada", "mallory")))
                .isEqualTo(OperatorKeys.Verdict.UNKNOWN_KEY);
        assertThat(skips.accept(new Operators("ada", "grace").approved(order, "ada", "grace")))
                .isEqualTo(OperatorKeys.Verdict.FORGED);
        assertThat(skips.accept(otherPlace)).isEqualTo(OperatorKeys.Verdict.FORGED);
        Approval second = good.getApprovals().get(1);
        OperatorSkip renamed = OperatorSkip.newBuilder(good)
                .setApprovals(List.of(
                        good.getApprovals().get(0), new Approval("ada", second.getKeyId(), second.getSignature())))
                .build();
        assertThat(skips.accept(renamed)).isEqualTo(OperatorKeys.Verdict.WRONG_OPERATOR);
        assertThat(new OperatorSkips(OperatorKeys.NONE).accept(good)).isEqualTo(OperatorKeys.Verdict.UNKNOWN_KEY);

        fan(operators.approved(order, "ada", "ada"));
        assertThat(ledger.journalOf("L1")).endsWith("LoanQuarantined");
        assertThat(ledger.counted("ledger_broadcast_refused", "reason", "SAME_OPERATOR"))
                .isEqualTo(1);
    }

    @Test
    void setsARecordThatIsStillToComeAsideInItsTurn() {
        long next = nextOffset();
        skips.accept(operators.approved(Operators.order("skip-2", FACTS, 0, next), "grace", "ada"));

        ledger.locked("L1", "more-coin", "1.00000000");
        ledger.locked("L1", "yet-more-coin", "1.00000000");

        assertThat(ledger.loan("L1").pledge("more-coin")).isEmpty();
        assertThat(ledger.loan("L1").pledges()).hasSize(2);
        assertThat(ledger.deadLetters()).extracting(DeadLetter::reason).containsExactly("OPERATOR_SKIP");
        assertThat(ledger.events(LoanEvent.RecordSkipped.class)).singleElement().satisfies(skipped -> {
            assertThat(skipped.offset()).isEqualTo(next);
            assertThat(List.of(skipped.firstOperator(), skipped.secondOperator()))
                    .containsExactly("grace", "ada");
        });
        assertThat(ledger.fold().findings()).isEmpty();
    }

    @Test
    void givesARecordOfNoLoanThePartitionsOwnChain() {
        skips.accept(operators.approved(
                Operators.order("skip-3", TopicCatalogue.INDEX_PRICES.name(), 0, 1), "ada", "grace"));

        ledger.price(LedgerUnderTest.START.plusSeconds(60), "5000");

        assertThat(ledger.journalOf("$partition/0/0")).containsExactly("RecordSkipped");
        assertThat(ledger.journalOf("L1")).doesNotContain("LiquidationRequested");
        ledger.price(LedgerUnderTest.START.plusSeconds(61), "5000");
        assertThat(ledger.journalOf("L1")).contains("LiquidationRequested");
        assertThat(ledger.fold().findings()).isEmpty();
    }

    @Test
    void givesARecordOfALoanThatCannotBeReadThePartitionsOwnChain() {
        skips.accept(operators.approved(Operators.order("skip-4", FACTS, 0, nextOffset()), "ada", "grace"));
        ledger.tamper("L1", BrokenLoans::oneSatoshiMore);
        byte[] broken = ledger.stored("L1");

        ledger.locked("L1", "more-coin", "1.00000000");

        assertThat(ledger.journalOf("$partition/0/0")).containsExactly("RecordSkipped");
        assertThat(ledger.deadLetters()).extracting(DeadLetter::reason).containsExactly("OPERATOR_SKIP");
        assertThat(ledger.stored("L1")).isEqualTo(broken);
        assertThat(ledger.fold().findings()).isEmpty();
    }

    @Test
    void liftsNoQuarantineOfALoanThatCannotBeReadAnyMore() {
        LoanEvent.LoanQuarantined begun = breakL1();
        ledger.tamper("L1", BrokenLoans::paidOutWithoutTerms);

        fan(operators.approved(
                Operators.order("skip-5", begun.topic(), begun.partition(), begun.offset()), "ada", "grace"));

        assertThat(ledger.journalOf("L1")).endsWith("LoanQuarantined");
        ledger.repaid("L2", "100.00");
        assertThat(ledger.journalOf("L2")).as("the task goes on").endsWith("RepaymentApplied");
    }

    @Test
    void skipsNothingThatTheJournalCannotTell() {
        skips.accept(operators.approved(
                Operators.order("skip-6", TopicCatalogue.INDEX_PRICES.name(), 0, 1), "ada", "grace"));
        skips.accept(operators.approved(
                Operators.order("skip-7", TopicCatalogue.INDEX_PRICES.name(), 0, 2), "ada", "grace"));
        ledger.price(LedgerUnderTest.START.plusSeconds(60), "5000");
        ledger.tamper("$partition/0/0", stored -> Arrays.copyOf(stored, stored.length - 1));

        assertThatThrownBy(() -> ledger.price(LedgerUnderTest.START.plusSeconds(61), "5000"))
                .rootCause()
                .hasMessageStartingWith("TaskState: $partition/0/0 cannot be read");
    }

    @Test
    void takesNoLoanUnderAReservedKey() {
        ledger.requested("$partition/0/0", "5000.00");

        assertThat(ledger.knows("$partition/0/0")).isFalse();
        assertThat(ledger.deadLetters()).extracting(DeadLetter::reason).containsExactly("RESERVED_KEY");
    }

    @Test
    void readsNoFileOfKeysThatNamesAKeyTwice() {
        List<String> lines = operators.lines();
        String ada = lines.getFirst();
        List<String> commented = new ArrayList<>(List.of("# who", ""));
        commented.addAll(lines);

        assertThat(OperatorKeys.parse(commented)
                        .verdict(operators.approved(Operators.order("skip-8", FACTS, 0, 0), "ada", "grace")))
                .isEqualTo(OperatorKeys.Verdict.APPROVED);
        assertThatThrownBy(() -> OperatorKeys.parse(List.of(ada, ada.replace("ada", "grace"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> OperatorKeys.parse(List.of("ada ada-1 AAAA")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 1: no public key");
        assertThatThrownBy(() -> OperatorKeys.parse(List.of("ada ada-1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected operator, key id, public key");
    }

    /** The driver numbers each topic from 0: two locks were sent. */
    private static long nextOffset() {
        return 2;
    }
}
