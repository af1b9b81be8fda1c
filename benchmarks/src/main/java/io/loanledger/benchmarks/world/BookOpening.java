package io.loanledger.benchmarks.world;

import io.loanledger.events.CollateralLocked;
import io.loanledger.events.CollateralProof;
import io.loanledger.events.CollateralProofKind;
import io.loanledger.events.CustodialAttestation;
import io.loanledger.events.LoanRequested;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.sim.DemoProducts;
import io.loanledger.local.topic.TopicOutbox;
import io.loanledger.streams.LedgerNames;
import io.loanledger.streams.LedgerTopology;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Opens every loan of a book the way a lender does: terms, requests, locked coin, payouts. Nothing is put into a store by hand. */
public final class BookOpening {

    private static final String PRODUCER = "bench";
    private static final Duration CURE = Duration.ofHours(24);
    private static final Duration FACT_LAG = Duration.ofMinutes(10);

    /** The most loans asked for before the bank's answers are waited for: what is on its way stays small beside the book. */
    public static final int AT_A_TIME = 20_000;

    private static final long PAUSE_MILLIS = 50;
    /** For each part of the book. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final BenchCluster cluster;
    private final TopicOutbox outbox;
    private final Counterparties counterparties;
    private final Runnable soundness;

    /** {@code soundness} throws when something has ended without which no loan is issued. */
    public BookOpening(BenchCluster cluster, TopicOutbox outbox, Counterparties counterparties, Runnable soundness) {
        this.soundness = soundness;
        this.cluster = cluster;
        this.outbox = outbox;
        this.counterparties = counterparties;
    }

    /** Is told how many loans are open, now and then. */
    @FunctionalInterface
    public interface Progress {
        void opened(int loans) throws InterruptedException;
    }

    /**
     * Returns when every loan is paid out and the ledger has nothing more to do. A feed has to write the opening price meanwhile.
     *
     * @param atATime loans after which the bank's answers are waited for, and {@code progress} is told
     */
    public void open(BenchBook book, int atATime, Progress progress) throws InterruptedException {
        outbox.send(
                TopicCatalogue.TERMS,
                DemoProducts.PATIENT,
                DemoProducts.terms(DemoProducts.PATIENT, CURE, FACT_LAG, Instant.now(), PRODUCER));
        outbox.flush();
        for (int next = 0; next < book.loans(); next += atATime) {
            int end = Math.min(book.loans(), next + atATime);
            for (int number = next; number < end; number++) {
                ask(book, number);
            }
            outbox.flush();
            awaitPaidOut(end);
            progress.opened(end);
        }
        outbox.flush();
        awaitQuietLedger();
    }

    /** Waits until the ledger has worked off everything that it reads. */
    public void awaitQuietLedger() throws InterruptedException {
        List<String> sources =
                LedgerTopology.SOURCES.stream().map(topic -> topic.name()).toList();
        // Index prices never end while the feed runs.
        List<String> read = sources.stream()
                .filter(name -> !name.equals(TopicCatalogue.INDEX_PRICES.name()))
                .toList();
        new GroupDrain(cluster.admin(), LedgerNames.APPLICATION_ID).awaitQuiet(read, PATIENCE);
    }

    private void ask(BenchBook book, int number) {
        String loanId = BenchBook.idOf(number);
        Instant now = Instant.now();
        outbox.send(
                TopicCatalogue.LOANS,
                loanId,
                LoanRequested.newBuilder()
                        .setEventId("request-" + loanId)
                        .setOccurredAt(now)
                        .setProducer(PRODUCER)
                        .setLoanId(loanId)
                        .setBorrowerId("borrower-" + number)
                        .setProductId(DemoProducts.PATIENT)
                        .setPrincipal(BenchBook.PRINCIPAL.toPlainString())
                        .setDebtAsset(DemoProducts.DEBT_ASSET)
                        .setCollateralAsset(DemoProducts.COLLATERAL_ASSET)
                        .build());
        CollateralProof proof = CollateralProof.newBuilder()
                .setKind(CollateralProofKind.CUSTODIAL_ATTESTATION)
                .setCustodialAttestation(new CustodialAttestation("vault", "coin-of-" + loanId))
                .build();
        outbox.send(
                TopicCatalogue.COLLATERAL,
                loanId,
                CollateralLocked.newBuilder()
                        .setEventId("lock-" + loanId)
                        .setOccurredAt(now)
                        .setProducer(PRODUCER)
                        .setLoanId(loanId)
                        .setAsset(DemoProducts.COLLATERAL_ASSET)
                        .setQuantity(book.collateral(number).toPlainString())
                        .setProof(proof)
                        .setConfirmations(6)
                        .build());
    }

    private void awaitPaidOut(int loans) throws InterruptedException {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (counterparties.paidOut() < loans) {
            soundness.run();
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException(
                        "only " + counterparties.paidOut() + " of " + loans + " loans were issued in time");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
