package io.loanledger.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.events.Disburse;
import io.loanledger.events.FannedTerms;
import io.loanledger.events.IndexState;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.ReleaseCollateral;
import io.loanledger.events.service.ServicePhase;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.testing.Await;
import io.loanledger.streams.wire.StateDigest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loans over three partitions on a real broker with exactly_once_v2: from request to close and through a sale, a restart of the
 * ledger in between. What is compared was read back with read_committed.
 */
class LedgerLifeIntegrationTest {
    private static final Instant START = Instant.parse("2020-03-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> LOANS =
            IntStream.range(0, 12).mapToObj(i -> "life-" + i).toList();
    private static final String REPAID = LOANS.get(0);
    private static final String SOLD = LOANS.get(1);

    @TempDir
    static Path folder;

    static LedgerOnABroker ledger;

    @BeforeAll
    static void start() {
        ledger = new LedgerOnABroker(folder, 3);
        ledger.startService();
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @Test
    void livesThroughRequestSaleRestartAndCloseWithoutAGapOrADouble() {
        ledger.terms(1, "0.12");
        for (String loan : LOANS) {
            ledger.requested(loan, START, "5000.00");
            ledger.locked(loan, START, "coin-of-" + loan, "1.00000000");
        }
        awaitAll(LoanStatus.ISSUED, "10000");
        // The stores show what is not committed yet, the topics do not.
        Await.until(
                () -> ledger.read(TopicCatalogue.PAYMENT_INSTRUCTIONS, Disburse.class)
                                .size()
                        == LOANS.size(),
                PATIENCE,
                () -> ledger.read(TopicCatalogue.PAYMENT_INSTRUCTIONS).toString());
        for (Disburse disburse : ledger.read(TopicCatalogue.PAYMENT_INSTRUCTIONS, Disburse.class)) {
            ledger.disbursed(disburse, START);
        }
        awaitAll(LoanStatus.ACTIVE, "10000");

        ledger.price(START.plusSeconds(1), "6250", IndexState.LIVE); // 5,000 / 6,250 = 80 %: all are sold
        Await.until(
                () -> ledger.read(TopicCatalogue.LIQUIDATION_REQUESTS, LiquidationRequested.class)
                                .size()
                        == LOANS.size(),
                PATIENCE,
                () -> "liquidation requests: " + ledger.read(TopicCatalogue.LIQUIDATION_REQUESTS));

        StateDigest before = ledger.foldThatGivesTheStores(PATIENCE).digest();
        ledger.restartService();
        assertThat(ledger.storeDigest()).isEqualTo(before);

        settle(SOLD, "3300.00");
        settle(REPAID, "3300.00");
        Await.until(
                () -> ledger.loan(REPAID).map(loan -> loan.openCase() == null).orElse(false),
                PATIENCE,
                () -> "still open: " + ledger.loan(REPAID));
        ledger.repaid(REPAID, START.plusSeconds(1), "5000.00");
        ReleaseCollateral back = Await.present(
                () -> ledger.read(TopicCatalogue.CUSTODY_INSTRUCTIONS, ReleaseCollateral.class).stream()
                        .filter(instruction -> instruction.getLoanId().equals(REPAID))
                        .findFirst(),
                PATIENCE,
                () -> "no coin goes back: " + ledger.loan(REPAID));
        ledger.released(back, START.plusSeconds(1));
        Await.until(
                () -> ledger.loan(REPAID)
                        .map(loan -> loan.status() == LoanStatus.REPAID
                                && loan.instructions().stream()
                                        .noneMatch(i -> i.instructionId().equals(back.getInstructionId())))
                        .orElse(false),
                PATIENCE,
                () -> "stays " + ledger.loan(REPAID));

        assertThat(ledger.foldThatGivesTheStores(PATIENCE).loans()).hasSize(LOANS.size());
        assertThat(ledger.service().phase()).isEqualTo(ServicePhase.RUNNING);
        assertThat(ledger.read(TopicCatalogue.DEAD_LETTERS)).isEmpty();
        assertThat(ledger.read(TopicCatalogue.REJECTIONS)).isEmpty();
    }

    @Test
    void fansOutEachTermsOnceOverRestartsInARisingSequence() {
        int former = ledger.read(TopicCatalogue.TERMS_FANNED, FannedTerms.class).size();
        ledger.restartService();
        ledger.terms(7, "0.13");
        List<FannedTerms> fanned = Await.present(
                () -> Optional.of(ledger.read(TopicCatalogue.TERMS_FANNED, FannedTerms.class))
                        .filter(all -> all.size() >= former + 3),
                PATIENCE,
                () -> "fanned out: " + ledger.read(TopicCatalogue.TERMS_FANNED));
        ledger.restartService();
        ledger.terms(8, "0.14");
        Await.until(
                () -> ledger.read(TopicCatalogue.TERMS_FANNED, FannedTerms.class)
                                .size()
                        >= former + 6,
                PATIENCE,
                () -> "fanned out: " + fanned);

        for (int partition = 0; partition < 3; partition++) {
            List<FannedTerms> here = ledger.readPartition(TopicCatalogue.TERMS_FANNED, partition, FannedTerms.class);
            assertThat(here)
                    .extracting(terms -> terms.getProductTerms().getEventId())
                    .doesNotHaveDuplicates()
                    .endsWith("terms-7", "terms-8");
            for (int i = 1; i < here.size(); i++) {
                FannedTerms one = here.get(i - 1);
                FannedTerms next = here.get(i);
                assertThat(next.getEpoch() > one.getEpoch()
                                || (next.getEpoch() == one.getEpoch() && next.getSequence() > one.getSequence()))
                        .isTrue();
            }
        }
    }

    private static void settle(String loanId, String gross) {
        Loan loan = ledger.loan(loanId).orElseThrow();
        ledger.settled(new LiquidationSettled(
                loan.openCase().caseId(),
                loanId,
                0,
                1,
                loan.openCase().reserved().amount().toPlainString(),
                gross,
                "0.00",
                true,
                START.plusSeconds(1)));
    }

    /** A loan is issued on a fresh price only, so each look is preceded by one. */
    private static void awaitAll(LoanStatus status, String price) {
        Await.until(
                () -> {
                    ledger.price(START, price, IndexState.LIVE);
                    return LOANS.stream()
                            .allMatch(id -> ledger.loan(id)
                                    .map(loan -> loan.status() == status)
                                    .orElse(false));
                },
                PATIENCE,
                () -> LOANS.stream()
                        .map(id -> id + " " + ledger.loan(id).map(Loan::status))
                        .toList()
                        .toString());
    }
}
