package io.loanledger.benchmarks;

import io.loanledger.benchmarks.measure.Capacity;
import io.loanledger.benchmarks.measure.Churn;
import io.loanledger.benchmarks.measure.FailOver;
import io.loanledger.benchmarks.measure.Threads;
import io.loanledger.benchmarks.report.Finding;
import java.util.List;
import java.util.Set;

/** Says of what a plan leaves out that it did, so that nobody takes a short list for a whole one. */
final class LeftOut {

    private LeftOut() {}

    /** One finding for each group that was neither measured nor left out by name. */
    static List<Finding> of(BenchPlan plan, Set<MeasureGroup> measured) {
        String reason = "left out of --" + plan.name() + ", ask for it with --only ";
        return plan.leavesOut().stream()
                .filter(group -> !measured.contains(group))
                .flatMap(group -> skipped(group, reason + group.title()).stream())
                .toList();
    }

    private static List<Finding> skipped(MeasureGroup group, String reason) {
        return switch (group) {
            case CAPACITY -> List.of(new Finding.Skipped(Capacity.HEAP_ERROR, Capacity.ERROR, reason));
            case CHURN -> List.of(new Finding.Skipped(Churn.GROWTH, Churn.NO_GROWTH, reason));
            case THREADS -> List.of(new Finding.Skipped(Threads.NAME, Threads.GOAL, reason));
            case FAILOVER -> List.of(new Finding.Skipped(FailOver.NAME, FailOver.GOAL, reason));
            // Only a plan of its own leaves these out, whose readers know the whole list.
            case CORE, TICKS, EVENTS, PROFILE, LATENCY, CRASH, FOLD, RESTORE -> List.of();
        };
    }
}
