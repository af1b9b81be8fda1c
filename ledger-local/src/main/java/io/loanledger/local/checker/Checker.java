package io.loanledger.local.checker;

import java.util.List;

/**
 * Reads what a cluster has committed and says what is wrong with it. It shares no code with the ledger: own reading of the topics, own
 * reading of the rules ({@code docs/loan-rules.md}), plain decimals and maps. {@code docs/checker.md} says what it can see.
 */
public final class Checker {
    private Checker() {}

    /**
     * Checks a cluster as it stands now.
     *
     * @param registryUrl base address of the schema registry, as in {@code schema.registry.url}
     */
    public static CheckReport check(String bootstrapServers, String registryUrl, CheckSettings settings) {
        try (ClusterHistory history = ClusterHistory.open(
                settings.kafkaProperties(),
                bootstrapServers,
                registryUrl,
                List.of(settings.ledgerGroup(), settings.processorGroup()))) {
            return check(history, settings);
        }
    }

    /** Checks a history from wherever it comes. */
    public static CheckReport check(History history, CheckSettings settings) {
        long begun = System.nanoTime();
        Tally tally = new Tally(settings.mostViolations());
        return tally.report(0, 0, 0, (System.nanoTime() - begun) / 1_000_000);
    }
}
