package io.loanledger.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.Refusal;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The ledger answers every input as the naive model does, over millions of inputs of random histories: the same events with the same
 * figures, the same refusals, the same standing afterwards; and loans take every way that {@code docs/loan.md} states, and no other.
 *
 * <p>{@code -Dledger.seed} repeats a run, {@code -Dledger.histories} lengthens it and {@code -Dledger.steps} its histories; where many
 * runs follow each other, {@code -Dmodel.histories} says how long one is unless it is told otherwise.
 */
class NaiveModelAgreesTest {
    private static final int HISTORIES =
            Integer.getInteger("ledger.histories", Integer.getInteger("model.histories", 34_000));
    private static final int STEPS = Integer.getInteger("ledger.steps", 60);

    private static final int ENOUGH_TO_REACH_ALL = 20_000;

    private static final List<String> GROUNDS = List.of(
            "LoanIssued at the debt's price",
            "LoanIssued beside other coin",
            "LoanIssued with an add-on",
            "MarginCallIssued by the debt's price",
            "MarginCallIssued at the debt's peg",
            "MarginCallIssued with an add-on",
            "MarginCallIssued beside other coin",
            "MarginCallCured by the debt's price",
            "MarginCallCured beside other coin",
            "MarginNoticeIssued by the debt's price",
            "LiquidationRequested by the debt's price",
            "LiquidationRequested with an add-on",
            "LiquidationRequested beside other coin",
            "LiquidationRequested of the next coin",
            "LiquidationAmended at the debt's price",
            "LiquidationAmended with an add-on",
            "LiquidationAmended beside other coin",
            "SaleSettled turned into the debt's currency");

    @Test
    void agreesWithTheLedgerOverRandomHistories() throws IOException, InterruptedException {
        EvidenceHolds evidence = new EvidenceHolds();
        Reach reach = Reach.sumOf(SideBySide.play(HISTORIES, Reach::new, (seed, reached) -> {
            Agreement agreement = new Agreement();
            RandomHistory.play(seed, STEPS, told -> {
                agreement.hears(told);
                evidence.hears(told);
                reached.hears(told);
            });
        }));
        if (HISTORIES < ENOUGH_TO_REACH_ALL) {
            return; // they agreed, and that is all that so few can show
        }
        Set<StatedWay> documented = StatedWay.documented();
        reach.show("the core, " + HISTORIES + " histories of " + STEPS + " steps", documented);
        assertThat(reach.inputs()).as("inputs").isGreaterThan((long) HISTORIES * STEPS);
        assertThat(reach.events().keySet()).as("every event happened").isEqualTo(everyEvent());
        Set<Refusal> possible = EnumSet.allOf(Refusal.class);
        possible.remove(Refusal.MALFORMED_AMOUNT); // the wire's decoder gives it before anybody decides
        possible.remove(Refusal.LOAN_QUARANTINED); // no outside fact can break an invariant: LoanOperationsTest
        assertThat(reach.refusals()).as("every refusal was given").isEqualTo(possible);
        assertThat(reach.grounds().keySet()).as("grounds of decisions").containsAll(GROUNDS);
        for (String rare : List.of("LoanAmended", "DrawdownInstructed", "CommitmentEnded")) {
            assertThat(reach.events().get(rare)).as(rare).isGreaterThan(HISTORIES / 100);
        }
        assertThat(reach.missing(documented))
                .as("in docs/loan.md, and nobody takes it")
                .isEmpty();
        assertThat(documented).as("taken, and not in docs/loan.md").containsAll(reach.ways());
    }

    private static Set<String> everyEvent() {
        Set<String> names = new TreeSet<>();
        Arrays.stream(LoanEvent.class.getPermittedSubclasses()).forEach(c -> names.add(c.getSimpleName()));
        // Of operators and broken invariants, not of the loan's rules: LoanOperationsTest.
        names.removeAll(Set.of("LoanQuarantined", "QuarantineLifted", "RecordSkipped"));
        return names;
    }
}
