package io.loanledger.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.Disburse;
import io.loanledger.events.IndexState;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.MarginCallIssued;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.ledger.ManyLoans.Outcome;
import io.loanledger.local.net.FreePorts;
import io.loanledger.local.registry.RegistryHome;
import io.loanledger.local.registry.SchemaRegistryProcess;
import io.loanledger.local.testing.Await;
import io.loanledger.local.testing.SeparateJvm;
import io.loanledger.streams.wire.JournalEntry;
import io.loanledger.streams.wire.JournalFold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A ledger in a process of its own is killed with SIGKILL while a transaction of it stands open, with records of it in the log: twice
 * in a stream of facts and prices, the second time losing its folder too, and once in the middle of a price's many margin calls. What
 * is read back with read_committed is then compared with plain arithmetic, with the stores and with a fold in yet another process.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class LedgerCrashTest {
    private static final int PARTITIONS = 3;
    private static final int LOANS = 300;
    private static final int OPENED_AT_A_TIME = 10;
    private static final int CALM = 20_000;
    private static final int FALL = 10_000;
    private static final Instant START = Instant.parse("2020-03-12T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long SEED = Long.getLong("ledger.test.seed", 20_200_312L);

    @TempDir
    private Path folder;

    private final ManyLoans loans = new ManyLoans(LOANS, SEED, START);
    private final Iterator<String> unopened = loans.ids().iterator();
    private final Set<String> paidOut = new HashSet<>();
    private SchemaRegistryProcess registry;
    private LedgerOnABroker world;
    private long ticks;
    private int hidden;

    @BeforeEach
    void start() {
        System.out.println("seed " + SEED);
        registry = new SchemaRegistryProcess(RegistryHome.find(), folder.resolve("registry"), FreePorts.one());
        registry.start(PATIENCE);
        world = new LedgerOnABroker(folder, PARTITIONS, registry.url());
        world.openWorld();
        world.terms(1, "0.12");
    }

    @AfterEach
    void stop() {
        world.close();
        registry.close();
    }

    @Test
    void losesAndDoublesNothingWhenKilledInTheMiddleOfATransaction() throws IOException {
        Random moments = new Random(SEED);
        killedAfter(TopicCatalogue.JOURNAL.name(), 100 + moments.nextInt(400));
        killedAfter(TopicCatalogue.JOURNAL.name(), 100 + moments.nextInt(400));
        delete(world.stateFolder());
        try (SeparateJvm process =
                LedgerProcess.start(world, PARTITIONS, TopicCatalogue.MARGIN_CALLS.name(), 1 + moments.nextInt(10))) {
            Map<String, Outcome> beforeTheFall = loans.expectedAt(CALM);
            pumpUntil(() -> paidOut.size() == LOANS && outcomes().equals(beforeTheFall), process, beforeTheFall);
            price(FALL);
            killWhenHeld(process);
        }

        world.startService();
        Map<String, Outcome> expected = loans.expectedAt(FALL);
        Await.until(() -> outcomes().equals(expected), PATIENCE, () -> differences(expected));

        journalHasNeitherGapNorDouble();
        everyOutputStandsOnce(expected);
        JournalFold fold = world.foldThatGivesTheStores(PATIENCE);
        assertThat(JournalFoldProcess.digest(world.connection()))
                .isEqualTo(fold.digest().toString());
    }

    private void killedAfter(String topic, int records) {
        try (SeparateJvm process = LedgerProcess.start(world, PARTITIONS, topic, records)) {
            pumpUntil(() -> isHeld(process), process, Map.of());
            killWhenHeld(process);
        }
    }

    private static boolean isHeld(SeparateJvm process) {
        return process.output().stream().anyMatch(line -> line.startsWith(HeldTransaction.HELD));
    }

    /** The kill hits an open transaction: records stand in the journal that no careful reader sees. */
    private void killWhenHeld(SeparateJvm process) {
        String held = process.awaitLine(line -> line.startsWith(HeldTransaction.HELD), PATIENCE);
        process.kill();
        int now = world.hiddenInTheJournal();
        assertThat(now).as("killed at " + held).isGreaterThan(hidden);
        hidden = now;
    }

    /** Prices and facts flow; the parties outside answer what they read. */
    private void pumpUntil(BooleanSupplier done, SeparateJvm process, Map<String, Outcome> expected) {
        Await.until(
                () -> {
                    price(CALM);
                    for (int i = 0; i < OPENED_AT_A_TIME && unopened.hasNext(); i++) {
                        loans.open(unopened.next(), world);
                    }
                    for (Disburse instruction : world.read(TopicCatalogue.PAYMENT_INSTRUCTIONS, Disburse.class)) {
                        if (paidOut.add(instruction.getLoanId())) {
                            loans.paidOut(instruction, world);
                        }
                    }
                    return done.getAsBoolean();
                },
                PATIENCE,
                () -> paidOut.size() + " loans paid out; " + differences(expected) + "; the process printed\n"
                        + String.join("\n", process.output()));
    }

    private void price(int dollars) {
        world.price(START.plusMillis(++ticks), Integer.toString(dollars), IndexState.LIVE);
    }

    private Map<String, Outcome> outcomes() {
        Map<String, Outcome> found = new TreeMap<>();
        world.foldOfTheJournal()
                .loans()
                .forEach(stored -> found.put(stored.loan().loanId(), Outcome.of(stored.loan())));
        return found;
    }

    private String differences(Map<String, Outcome> expected) {
        Map<String, Outcome> found = outcomes();
        List<String> different = expected.keySet().stream()
                .filter(id -> !expected.get(id).equals(found.get(id)))
                .map(id -> id + " is " + found.get(id) + ", not " + expected.get(id))
                .toList();
        return different.size() + " of " + expected.size() + " loans differ: "
                + different.stream().limit(5).toList();
    }

    private void journalHasNeitherGapNorDouble() {
        Map<Integer, Long> last = new TreeMap<>();
        for (JournalEntry entry : world.journal()) {
            int partition = entry.header().partition();
            assertThat(entry.header().sequence())
                    .as("sequence in partition %s", partition)
                    .isEqualTo(last.getOrDefault(partition, 0L) + 1);
            last.put(partition, entry.header().sequence());
        }
        assertThat(last).hasSize(PARTITIONS);
    }

    private void everyOutputStandsOnce(Map<String, Outcome> expected) {
        assertThat(world.read(TopicCatalogue.PAYMENT_INSTRUCTIONS, Disburse.class, LOANS, PATIENCE))
                .extracting(Disburse::getLoanId)
                .containsExactlyInAnyOrderElementsOf(loans.ids());
        List<String> called = idsOf(expected, true);
        assertThat(world.read(TopicCatalogue.MARGIN_CALLS, MarginCallIssued.class, called.size(), PATIENCE))
                .extracting(MarginCallIssued::getLoanId)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(called);
        List<String> sold = idsOf(expected, false);
        assertThat(world.read(TopicCatalogue.LIQUIDATION_REQUESTS, LiquidationRequested.class, sold.size(), PATIENCE))
                .extracting(LiquidationRequested::getLoanId)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(sold);
        assertThat(world.read(TopicCatalogue.REJECTIONS)).isEmpty();
        assertThat(world.read(TopicCatalogue.DEAD_LETTERS)).isEmpty();
    }

    private static List<String> idsOf(Map<String, Outcome> expected, boolean called) {
        return expected.entrySet().stream()
                .filter(loan ->
                        called ? loan.getValue().called() : loan.getValue().sold())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void delete(Path state) throws IOException {
        try (var files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
