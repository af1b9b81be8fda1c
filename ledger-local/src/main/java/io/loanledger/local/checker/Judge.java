package io.loanledger.local.checker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Holds the records of a decision against what is due of them. */
final class Judge {
    private final PartitionInputs inputs;
    private final Tally tally;

    Judge(PartitionInputs inputs, Tally tally) {
        this.inputs = inputs;
        this.tally = tally;
    }

    /** What the event quotes stands in the index as it is quoted. */
    void checkEvidence(Message message, GenericRecord event) {
        if (event.getSchema().getField("evidence") == null || !(event.get("evidence") instanceof GenericRecord e)) {
            return;
        }
        GenericRecord quoted = (GenericRecord) e.get("index");
        IndexRecord index = inputs.market(quoted.get("market").toString())
                .find((Long) quoted.get("epoch"), (Long) quoted.get("sequence"));
        IndexRecord meant = index != null && quoted.get("state").toString().equals("HALTED") ? index.paused() : index;
        String difference = meant == null ? "no such price is committed" : Comparison.ofIndexRead(meant, quoted);
        tally.holds(Check.EVIDENCE, difference == null, message.place(), () -> "" + difference);
    }

    static boolean balances(Map<String, java.math.BigDecimal> postings) {
        Map<String, java.math.BigDecimal> sums = new HashMap<>();
        postings.forEach((account, amount) ->
                sums.merge(account.substring(account.indexOf(' ') + 1), amount, java.math.BigDecimal::add));
        return sums.values().stream().allMatch(sum -> sum.signum() == 0);
    }

    /** Where nothing but a custodian's statement is at stake. */
    private static Check checkOf(Decision decision, List<Said> due, @Nullable String refusal) {
        List<Said> rest =
                due.stream().filter(said -> !Decision.isDifference(said.type())).toList();
        Decision without = decision.withoutDifferences();
        boolean states = rest.size() < due.size() || without.events.size() < decision.events.size();
        return states && refusal == null && Comparison.ofDecision(rest, without) == null
                ? Check.RECONCILIATION_RECOMPUTED
                : Check.DECISION_RECOMPUTED;
    }

    /** Compares what is due; false when the loan cannot be followed any further. */
    boolean agrees(Decision decision, List<Said> due, @Nullable String refusal) {
        String difference = refusal != null
                ? decision.types() + ", but the rules refuse: " + refusal
                : Comparison.ofDecision(due, decision);
        boolean right = tally.holds(
                checkOf(decision, due, refusal),
                difference == null,
                decision.place(),
                () -> Objects.requireNonNull(difference) + "; caused by " + decision.header.cause());
        if (!right) {
            return false;
        }
        for (int i = 0; i < due.size(); i++) {
            Said said = due.get(i);
            GenericRecord event = decision.events.get(i);
            String postings = Comparison.ofPostings(said, event);
            tally.holds(Check.POSTINGS_RECOMPUTED, postings == null, decision.place(), () -> "" + postings);
            String balances = Comparison.ofBalances(said, event);
            tally.holds(Check.BALANCES_RECOMPUTED, balances == null, decision.place(), () -> "" + balances);
        }
        return true;
    }
}
