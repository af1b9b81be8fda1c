package io.loanledger.local.checker;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a cluster has committed and says what is wrong with it. It shares no code with the ledger: own reading of the topics, own
 * reading of the rules ({@code docs/loan-rules.md}), plain decimals and maps. {@code docs/checker.md} says what it can see.
 */
public final class Checker {
    private static final List<String> ANNOUNCED_BY_LOAN =
            List.of(Topics.MARGIN_CALLS, Topics.CUSTODY_INSTRUCTIONS, Topics.PAYMENT_INSTRUCTIONS);
    private static final List<String> ANNOUNCED_OTHERWISE = List.of(Topics.REQUESTS, Topics.CLAIM_REQUESTS);

    private Checker() {}

    /**
     * Checks a cluster as it stands now.
     *
     * @param registryUrl base address of the schema registry, as in {@code schema.registry.url}
     */
    public static CheckReport check(String bootstrapServers, String registryUrl, CheckSettings settings) {
        try (Registry registry = new Registry(registryUrl)) {
            return check(bootstrapServers, registry::schema, settings);
        }
    }

    /** Checks a cluster whose schemas come from wherever. */
    static CheckReport check(String bootstrapServers, IntFunction<@Nullable Schema> registry, CheckSettings settings) {
        try (ClusterHistory history = ClusterHistory.open(
                settings.kafkaProperties(),
                bootstrapServers,
                registry,
                List.of(settings.ledgerGroup(), settings.processorGroup()))) {
            return check(history, settings);
        }
    }

    /** Checks a history from wherever it comes. */
    public static CheckReport check(History history, CheckSettings settings) {
        long begun = System.nanoTime();
        Tally tally = new Tally(settings.mostViolations());
        WireReading reading = new WireReading(history);
        DeadLetters deadLetters = DeadLetters.read(history, tally);
        Sales sales = new Sales(history, reading, settings, deadLetters, tally);
        sales.check();
        SkipOrders skipOrders = SkipOrders.read(history, reading, settings, tally);
        String group = settings.ledgerGroup();
        Predicate<Source.Place> skipped = place -> deadLetters.isFor(group, place, Quarantines.SKIPPED);
        Strays strays = new Strays();
        Announcements announcements = new Announcements(tally);
        long loans = 0;
        long records = 0;
        int partitions = history.partitions(Topics.JOURNAL);
        for (int partition = 0; partition < partitions; partition++) {
            PartitionInputs inputs = PartitionInputs.read(history, reading, group, partition, skipped, tally, strays);
            PartitionReplay replay =
                    new PartitionReplay(history, reading, inputs, deadLetters, skipOrders, announcements, group, tally);
            replay.run();
            loans += replay.loans().size();
            records += replay.records();
            replay.loans().values().stream()
                    .filter(loan -> !replay.lost().contains(loan.id))
                    .forEach(sales::compare);
            if (!replay.lost().isEmpty()) {
                tally.note("loans not followed to their end", replay.lost().size());
            }
            for (String topic : ANNOUNCED_BY_LOAN) {
                announcements.read(history, reading, topic, partition);
            }
        }
        for (String topic : ANNOUNCED_OTHERWISE) {
            for (int partition = 0; partition < history.partitions(topic); partition++) {
                announcements.read(history, reading, topic, partition);
            }
        }
        announcements.end();
        strays.check(skipped, tally);
        skipOrders.check(deadLetters, group, tally);
        deadLetters.checkOnce(tally);
        Claims.check(history, reading, settings, tally);
        return tally.report(loans, sales.orders(), records, (System.nanoTime() - begun) / 1_000_000);
    }
}
