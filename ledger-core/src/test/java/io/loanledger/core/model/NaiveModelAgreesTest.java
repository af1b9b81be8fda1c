package io.loanledger.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.Refusal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The ledger answers every input as the naive model does, over thousands of random histories: the same events with the same figures,
 * the same refusals, the same standing afterwards. {@code -Dledger.seed} repeats a run, {@code -Dledger.histories} lengthens it.
 */
class NaiveModelAgreesTest {
    private static final int HISTORIES = Integer.getInteger("ledger.histories", 2_000);
    private static final int STEPS = 60;

    @Test
    void agreesWithTheLedgerOverRandomHistories() {
        System.out.println("seed " + RandomHistory.SEED);
        Map<String, int[]> kinds = new TreeMap<>();
        Map<String, Integer> events = new TreeMap<>();
        Set<Refusal> refusals = EnumSet.noneOf(Refusal.class);
        int[] inputs = new int[1];
        for (int history = 0; history < HISTORIES; history++) {
            long seed = RandomHistory.SEED + history;
            Agreement agreement = new Agreement();
            RandomHistory.play(seed, STEPS, told -> {
                agreement.hears(told);
                inputs[0]++;
                int[] count = kinds.computeIfAbsent(told.kind(), k -> new int[4]);
                switch (told.decision()) {
                    case Decision.Accepted accepted -> count[accepted.steps().isEmpty() ? 1 : 0]++;
                    case Decision.Refused refused -> {
                        count[2]++;
                        refusals.add(refused.refusal());
                    }
                    case Decision.Repeated repeated -> count[3]++;
                }
                told.events().forEach(e -> events.merge(e.getClass().getSimpleName(), 1, Integer::sum));
            });
        }
        System.out.printf("%d inputs in %d histories%n", inputs[0], HISTORIES);
        System.out.printf("%-26s %9s %9s %9s %9s%n", "input", "changed", "unchanged", "refused", "repeated");
        kinds.forEach((kind, n) -> System.out.printf("%-26s %9d %9d %9d %9d%n", kind, n[0], n[1], n[2], n[3]));
        events.forEach((event, n) -> System.out.printf("%-34s %9d%n", event, n));
        assertThat(inputs[0]).as("inputs").isGreaterThan(HISTORIES * STEPS);
        assertThat(events.keySet()).as("every event happened").isEqualTo(everyEvent());
        Set<Refusal> possible = EnumSet.allOf(Refusal.class);
        possible.remove(Refusal.MALFORMED_AMOUNT); // the wire's decoder gives it before anybody decides
        possible.remove(Refusal.LOAN_QUARANTINED); // no outside fact can break an invariant: LoanOperationsTest
        assertThat(refusals).as("every refusal was given").isEqualTo(possible);
    }

    private static Set<String> everyEvent() {
        Set<String> names = new TreeSet<>();
        Arrays.stream(LoanEvent.class.getPermittedSubclasses()).forEach(c -> names.add(c.getSimpleName()));
        // Of operators and broken invariants, not of the loan's rules: LoanOperationsTest.
        names.removeAll(Set.of("LoanQuarantined", "QuarantineLifted", "RecordSkipped"));
        return names;
    }
}
