package io.loanledger.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.CollateralLocked;
import io.loanledger.events.CollateralProof;
import io.loanledger.events.CollateralProofKind;
import io.loanledger.events.CustodialAttestation;
import io.loanledger.events.Disburse;
import io.loanledger.events.DisbursementConfirmed;
import io.loanledger.events.IndexState;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.LoanRequested;
import io.loanledger.events.SweepContinuation;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.net.FreePorts;
import io.loanledger.local.registry.RegistryHome;
import io.loanledger.local.registry.SchemaRegistryProcess;
import io.loanledger.local.testing.Await;
import io.loanledger.local.testing.SeparateJvm;
import io.loanledger.local.topic.TopicFeed;
import io.loanledger.local.topic.TopicOutbox;
import io.loanledger.local.topic.TopicReader;
import io.loanledger.streams.LedgerNames;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One price fires more loans of a task than one record works off. The ledger is killed with SIGKILL when the second continuation stands
 * in the log of an open transaction, with the second chunk's requests before it; the next one finishes the sweep: the deepest were
 * requested first, each loan once, on the price that fired it although the next price had come.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class SweepCrashTest {
    private static final int LOANS = 4_100;
    private static final int CHUNK = 2_000;
    private static final int OPENED_AT_A_TIME = 800;
    /** 4,550.00; each loan owes 10 cents more than the one before it, the last 4,959.90: all of them over 80 % of a coin at 5,000. */
    private static final int SMALLEST_CENTS = 455_000;

    private static final Instant START = Instant.parse("2020-03-12T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> IDS =
            IntStream.range(0, LOANS).mapToObj("swept-%04d"::formatted).toList();

    @TempDir
    private Path folder;

    private SchemaRegistryProcess registry;
    private LedgerOnABroker world;
    private long ticks;

    @BeforeEach
    void start() {
        registry = new SchemaRegistryProcess(RegistryHome.find(), folder.resolve("registry"), FreePorts.one());
        registry.start(PATIENCE);
        world = new LedgerOnABroker(folder, 1, registry.url());
        world.openWorld();
        // Without interest a trigger is the debt's alone, so that the deepest are known to the loan.
        world.terms(1, "0");
    }

    @AfterEach
    void stop() {
        world.close();
        registry.close();
    }

    @Test
    void requestsEachLoanOnceWhenKilledBetweenTwoChunks() {
        try (SeparateJvm process = LedgerProcess.start(world, 1, TopicCatalogue.CONTINUATIONS.name(), 2)) {
            openLoans(process);
            price("5000");
            process.awaitLine(line -> line.startsWith(HeldTransaction.HELD), PATIENCE);
            process.kill();
        }
        // A task reads its continuation once that is committed, so the first chunk is, and nothing of the second
        // counts. Only where
        // the machine was so slow that the first one's transaction had run out, it was the first that was tried twice.
        if (!requests().isEmpty()) {
            assertThat(requestedLoans()).containsExactlyInAnyOrderElementsOf(IDS.subList(LOANS - CHUNK, LOANS));
        }

        price("9000"); // the next price is there before the last chunk, and takes back nothing of the sweep
        world.startService();
        Await.until(() -> requests().size() >= LOANS, PATIENCE, () -> requests().size() + " requests");
        assertThat(requestedLoans()).containsExactlyInAnyOrderElementsOf(IDS);
        assertThat(requests())
                .extracting(request -> request.getEvidence().getPrice())
                .containsOnly("5000");
        assertThat(chunks("read_committed")).containsExactly(1, 2);
        assertThat(chunks("read_uncommitted"))
                .as("with what was lost by the kill")
                .hasSizeGreaterThan(2)
                .containsOnly(1, 2);
        world.foldThatGivesTheStores(PATIENCE);
    }

    /** Opened some hundred at a time: one flood of all of them would outlast a transaction on a slow machine. */
    private void openLoans(SeparateJvm process) {
        try (TopicOutbox out = new TopicOutbox(world.connection());
                Bank bank = new Bank(out)) {
            Iterator<String> unopened = IDS.iterator();
            AtomicInteger opened = new AtomicInteger();
            Await.until(
                    () -> {
                        assertThat(bank.feed.failure()).isEmpty();
                        while (unopened.hasNext() && opened.get() - bank.paid.get() < OPENED_AT_A_TIME) {
                            open(unopened.next(), opened.getAndIncrement(), out);
                        }
                        price("10000");
                        return bank.paid.get() == LOANS;
                    },
                    PATIENCE,
                    () -> bank.paid + " loans paid out of " + opened + "\n" + String.join("\n", process.output()));
            out.flush();
        }
        Await.until(() -> movementsRead() == LOANS, PATIENCE, () -> movementsRead() + " payouts read");
    }

    private static void open(String id, int number, TopicOutbox out) {
        String principal = BigDecimal.valueOf(SMALLEST_CENTS + 10L * number, 2).toPlainString();
        out.send(
                TopicCatalogue.LOANS,
                id,
                new LoanRequested(
                        id + "-request",
                        START,
                        "test",
                        id,
                        "alice",
                        LedgerOnABroker.PRODUCT,
                        principal,
                        "USD",
                        "BTC",
                        null));
        CollateralProof proof = new CollateralProof(
                CollateralProofKind.CUSTODIAL_ATTESTATION,
                null,
                null,
                null,
                new CustodialAttestation("vault", "coin-of-" + id));
        out.send(
                TopicCatalogue.COLLATERAL,
                id,
                new CollateralLocked(id + "-lock", START, "test", id, "BTC", "1.00000000", proof, 6));
    }

    /** Up to where the ledger has committed its reading: a fact a record, and nothing else in that partition. */
    private long movementsRead() {
        return world.readUpTo(LedgerNames.APPLICATION_ID, TopicCatalogue.MOVEMENTS, 0);
    }

    /** Pays out what it is told to, once. */
    private final class Bank implements TopicReader, AutoCloseable {
        private final AtomicInteger paid = new AtomicInteger();
        private final TopicOutbox out;
        private final TopicFeed feed;

        Bank(TopicOutbox out) {
            this.out = out;
            feed = new TopicFeed(this, world.connection());
            feed.start();
        }

        @Override
        public String name() {
            return "bank";
        }

        @Override
        public List<Topic> reads() {
            return List.of(TopicCatalogue.PAYMENT_INSTRUCTIONS);
        }

        @Override
        public void received(ConsumerRecord<String, SpecificRecord> read) {
            Disburse told = (Disburse) read.value();
            out.send(
                    TopicCatalogue.MOVEMENTS,
                    told.getLoanId(),
                    new DisbursementConfirmed(
                            told.getLoanId() + "-paid",
                            START,
                            "test",
                            told.getLoanId(),
                            told.getInstructionId(),
                            told.getAmount(),
                            told.getAsset()));
            paid.incrementAndGet();
        }

        @Override
        public void close() {
            feed.close();
        }
    }

    private void price(String price) {
        world.price(START.plusMillis(++ticks), price, IndexState.LIVE);
    }

    private List<LiquidationRequested> requests() {
        return world.read(TopicCatalogue.LIQUIDATION_REQUESTS, LiquidationRequested.class);
    }

    private List<String> requestedLoans() {
        return requests().stream().map(LiquidationRequested::getLoanId).toList();
    }

    private List<Integer> chunks(String isolation) {
        return world.read(TopicCatalogue.CONTINUATIONS, SweepContinuation.class, isolation).stream()
                .map(SweepContinuation::getChunk)
                .toList();
    }
}
