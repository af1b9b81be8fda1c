package io.loanledger.local.soak;

import io.loanledger.local.soak.fault.FaultRun;
import io.loanledger.local.soak.stack.Supervisor;
import io.loanledger.local.soak.world.SoakWatch;
import java.time.Duration;
import java.util.List;

/**
 * All that is known about a soak when it is over.
 *
 * @param length for how long faults began
 * @param loansAsked loans that were asked for
 * @param decisions records of the journal, as they were read while it ran
 * @param longestStall the longest time for which a partition of the journal got no decision while input waited and no fault forbade it
 * @param longestStallOverall the same with what a fault forbade
 * @param checks what was checked in the end, in words
 * @param findings what did not hold; empty when all did
 */
record SoakResult(
        SoakSettings settings,
        Duration length,
        long loansAsked,
        SoakWatch.Counts counts,
        long decisions,
        Duration longestStall,
        Duration longestStallOverall,
        List<FaultRun.Outcome> outcomes,
        List<Supervisor.Exit> exits,
        List<String> checks,
        List<String> findings) {

    SoakResult {
        outcomes = List.copyOf(outcomes);
        exits = List.copyOf(exits);
        checks = List.copyOf(checks);
        findings = List.copyOf(findings);
    }

    long faults() {
        return outcomes.stream().filter(outcome -> !outcome.skipped()).count();
    }

    long kinds() {
        return outcomes.stream()
                .filter(outcome -> !outcome.skipped())
                .map(outcome -> outcome.fault().kind())
                .distinct()
                .count();
    }

    boolean holds() {
        return findings.isEmpty();
    }
}
