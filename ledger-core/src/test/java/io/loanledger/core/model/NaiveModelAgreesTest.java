package io.loanledger.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.Refusal;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The ledger answers every input as the naive model does, over thousands of random histories: the same events with the same figures,
 * the same refusals, the same standing afterwards; and loans take every way that {@code docs/loan.md} states, and no other.
 *
 * <p>{@code -Dledger.seed} repeats a run, {@code -Dledger.histories} lengthens it and {@code -Dledger.steps} its histories.
 */
class NaiveModelAgreesTest {
    private static final int HISTORIES = Integer.getInteger("ledger.histories", 2_000);
    private static final int STEPS = Integer.getInteger("ledger.steps", 60);
    private static final int TOLD_OF = 10_000;

    @Test
    void agreesWithTheLedgerOverRandomHistories() throws IOException {
        System.out.println("seed " + RandomHistory.SEED);
        Reach reach = new Reach();
        for (int history = 0; history < HISTORIES; history++) {
            Agreement agreement = new Agreement();
            RandomHistory.play(RandomHistory.SEED + history, STEPS, told -> {
                agreement.hears(told);
                reach.hears(told);
            });
            if ((history + 1) % TOLD_OF == 0) {
                System.out.printf("%d histories, %d inputs%n", history + 1, reach.inputs());
            }
        }
        Set<StatedWay> documented = StatedWay.documented();
        reach.show("the core, " + HISTORIES + " histories of " + STEPS + " steps", documented);
        assertThat(reach.inputs()).as("inputs").isGreaterThan((long) HISTORIES * STEPS);
        assertThat(reach.events().keySet()).as("every event happened").isEqualTo(everyEvent());
        Set<Refusal> possible = EnumSet.allOf(Refusal.class);
        possible.remove(Refusal.MALFORMED_AMOUNT); // the wire's decoder gives it before anybody decides
        possible.remove(Refusal.LOAN_QUARANTINED); // no outside fact can break an invariant: LoanOperationsTest
        possible.removeAll(EnumSet.range(Refusal.TERMS_UNKNOWN, Refusal.ABOVE_COMMITMENT)); // not in the model yet
        assertThat(reach.refusals()).as("every refusal was given").isEqualTo(possible);
        assertThat(reach.missing(documented))
                .as("in docs/loan.md, and nobody takes it")
                .isEmpty();
        assertThat(documented).as("taken, and not in docs/loan.md").containsAll(reach.ways());
    }

    private static Set<String> everyEvent() {
        Set<String> names = new TreeSet<>();
        Arrays.stream(LoanEvent.class.getPermittedSubclasses()).forEach(c -> names.add(c.getSimpleName()));
        names.removeAll(Set.of("LoanAmended", "DrawdownInstructed", "CommitmentEnded")); // not in the model yet
        // Of operators and broken invariants, not of the loan's rules: LoanOperationsTest.
        names.removeAll(Set.of("LoanQuarantined", "QuarantineLifted", "RecordSkipped"));
        return names;
    }
}
