package io.loanledger.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.LoanStatus;
import io.loanledger.events.IndexState;
import io.loanledger.events.service.ServicePhase;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A thread that stands still for longer than its transaction may last: the instance goes on, and decides the same once. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class StalledTransactionIntegrationTest {
    private static final Instant START = Instant.parse("2020-03-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** The transaction's five seconds, and time for the broker to notice. */
    private static final Duration TOO_LONG = Duration.ofSeconds(9);

    @TempDir
    Path folder;

    @Test
    void goesOnFromWhatIsCommitted() {
        try (LedgerOnABroker ledger = new LedgerOnABroker(folder, 1)) {
            ledger.configureClients(Map.of("producer.interceptor.classes", HeldTransaction.class.getName()));
            ledger.startService();
            ledger.terms(1, "0.12");
            HeldTransaction.holdOnceAfter(TopicCatalogue.JOURNAL.name(), 1, TOO_LONG);
            ledger.requested("L1", START, "5000.00");
            ledger.locked("L1", START, "coin", "1.00000000");

            Await.until(HeldTransaction::wasHeld, PATIENCE, () -> "nothing was written");
            Await.until(
                    () -> {
                        ledger.price(START, "10000", IndexState.LIVE);
                        return ledger.loan("L1")
                                .map(loan -> loan.status() == LoanStatus.ISSUED)
                                .orElse(false);
                    },
                    PATIENCE,
                    () -> ledger.service().phase() + ", " + ledger.loan("L1"));

            ledger.foldThatGivesTheStores(PATIENCE);
            assertThat(ledger.service().phase()).isEqualTo(ServicePhase.RUNNING);
        }
    }
}
