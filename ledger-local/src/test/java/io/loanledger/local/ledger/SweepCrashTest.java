package io.loanledger.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.LoanEvent;
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
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.net.FreePorts;
import io.loanledger.local.registry.RegistryHome;
import io.loanledger.local.registry.SchemaRegistryProcess;
import io.loanledger.local.testing.Await;
import io.loanledger.local.testing.SeparateJvm;
import io.loanledger.local.topic.TopicOutbox;
import io.loanledger.streams.wire.JournalFold;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One price fires more loans of a task than one record works off. The ledger is killed with SIGKILL when the second continuation stands
 * in the log of an open transaction, with the second chunk's requests before it; the next one finishes the sweep.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SweepCrashTest {
    private static final int LOANS = 4_500;
    private static final int CHUNK = 2_000;
    private static final Instant START = Instant.parse("2020-03-12T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
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
        world.terms(1, "0.12");
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
            price("6000");
            process.awaitLine(line -> line.startsWith(HeldTransaction.HELD), PATIENCE);
            process.kill();
        }
        // The former transaction is gone with its records; what was committed is at most the first chunk.
        assertThat(requests().size()).isIn(0, CHUNK);

        world.startService();
        Await.until(() -> requests().size() >= LOANS, PATIENCE, () -> requests().size() + " requests");
        assertThat(requests()).containsExactlyInAnyOrderElementsOf(IDS);
        assertThat(world.read(TopicCatalogue.CONTINUATIONS, SweepContinuation.class))
                .extracting(SweepContinuation::getChunk)
                .containsExactly(1, 2);
        JournalFold fold = world.foldOfTheJournal();
        assertThat(fold.findings()).isEmpty();
        assertThat(fold.digest()).isEqualTo(world.storeDigest());
    }

    private void openLoans(SeparateJvm process) {
        try (TopicOutbox out = new TopicOutbox(world.connection())) {
            for (String id : IDS) {
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
                                "5000.00",
                                "USD",
                                "BTC"));
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
            out.flush();
            Await.until(
                    () -> {
                        price("10000");
                        return disbursements().size() == LOANS;
                    },
                    PATIENCE,
                    () -> disbursements().size() + " disbursements\n" + String.join("\n", process.output()));
            for (Disburse instruction : disbursements()) {
                out.send(
                        TopicCatalogue.MOVEMENTS,
                        instruction.getLoanId(),
                        new DisbursementConfirmed(
                                instruction.getLoanId() + "-paid",
                                START,
                                "test",
                                instruction.getLoanId(),
                                instruction.getInstructionId(),
                                instruction.getAmount(),
                                instruction.getAsset()));
            }
            out.flush();
        }
        Await.until(() -> paidOut() == LOANS, PATIENCE, () -> paidOut() + " loans paid out");
    }

    private long paidOut() {
        return world.journal().stream()
                .filter(entry -> entry.event() instanceof LoanEvent.DisbursementConfirmed)
                .count();
    }

    private void price(String price) {
        world.price(START.plusMillis(++ticks), price, IndexState.LIVE);
    }

    private List<Disburse> disbursements() {
        return world.read(TopicCatalogue.PAYMENT_INSTRUCTIONS, Disburse.class);
    }

    private List<String> requests() {
        return world.read(TopicCatalogue.LIQUIDATION_REQUESTS, LiquidationRequested.class).stream()
                .map(LiquidationRequested::getLoanId)
                .toList();
    }
}
