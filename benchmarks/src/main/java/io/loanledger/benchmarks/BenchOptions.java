package io.loanledger.benchmarks;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands behind {@code ./ledger bench}.
 *
 * @param plan how much is measured
 * @param groups what is measured
 * @param out folder of the report
 */
record BenchOptions(BenchPlan plan, Set<MeasureGroup> groups, Path out) {

    /**
     * Reads the words of the command line.
     *
     * @throws Misused for one that is not understood
     */
    static BenchOptions of(List<String> words) {
        BenchPlan plan = BenchPlan.FULL;
        Optional<Set<MeasureGroup>> asked = Optional.empty();
        Path out = Path.of("out");
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "--quick" -> plan = BenchPlan.QUICK;
                case "--trial" -> plan = BenchPlan.TRIAL;
                case "--huge" -> plan = BenchPlan.HUGE;
                case "--only" -> {
                    String list = valueOf(word, rest);
                    asked = MeasureGroup.of(list);
                    if (asked.isEmpty()) {
                        throw new Misused(
                                "--only knows no " + list + ", but any of " + MeasureGroup.titles() + " with commas");
                    }
                }
                case "--out" -> out = Path.of(valueOf(word, rest));
                default -> throw new Misused("unknown option: " + word);
            }
        }
        Set<MeasureGroup> groups = EnumSet.allOf(MeasureGroup.class);
        groups.removeAll(plan.leavesOut());
        return new BenchOptions(plan, asked.orElse(groups), out);
    }

    private static String valueOf(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new Misused(option + " needs a value");
        }
        return rest.next();
    }

    /** The command line cannot be understood; the message says where. */
    static final class Misused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Misused(String message) {
            super(message);
        }
    }
}
