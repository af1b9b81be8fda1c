package io.loanledger.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.LoanStatus;
import io.loanledger.events.Disburse;
import io.loanledger.events.FannedTerms;
import io.loanledger.events.IndexState;
import io.loanledger.events.LiquidationDeclined;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.SellOrder;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.liquidation.LiquidationService;
import io.loanledger.liquidation.LiquidationSettings;
import io.loanledger.local.net.FreePorts;
import io.loanledger.local.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ledger, or both services, stood still for an hour in which the price fell and came back. What they then read says that loans had
 * to be sold half an hour ago: the ledger asks for it, the processor declines, no order leaves.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class OldEvidenceIntegrationTest {
    private static final int PARTITIONS = 2;
    private static final String LOAN = "wicked";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private LedgerOnABroker ledger;
    private LiquidationService liquidation;

    @BeforeEach
    void start() {
        ledger = new LedgerOnABroker(folder, PARTITIONS);
        ledger.startService();
        liquidation = processor();
        Instant anHourAgo = now().minus(Duration.ofMinutes(61));
        ledger.terms(1, "0.12");
        Await.until(
                () -> !ledger.readPartition(TopicCatalogue.TERMS_FANNED, 0, FannedTerms.class)
                        .isEmpty(),
                PATIENCE,
                () -> "no terms");
        ledger.price(anHourAgo, "10000", IndexState.LIVE);
        ledger.requested(LOAN, anHourAgo, "5000.00");
        ledger.locked(LOAN, anHourAgo, "coin", "1.00000000");
        Disburse instruction = Await.present(
                () -> {
                    ledger.price(now().minus(Duration.ofMinutes(60)), "10000", IndexState.LIVE);
                    return ledger.read(TopicCatalogue.PAYMENT_INSTRUCTIONS, Disburse.class).stream()
                            .findFirst();
                },
                PATIENCE,
                () -> "no disbursement");
        ledger.disbursed(instruction, anHourAgo);
        Await.until(
                () -> ledger.loan(LOAN)
                        .filter(loan -> loan.status() == LoanStatus.ACTIVE)
                        .isPresent(),
                PATIENCE,
                () -> "not active");
    }

    @AfterEach
    void stop() {
        liquidation.close();
        ledger.close();
    }

    @Test
    void sellsNothingOnTheWickThatTheLedgerSlept() {
        ledger.service().close();
        wickAndRecovery();
        ledger.startService();

        declinedAndNothingSold();
        sellsOnAPriceOfNow();
    }

    @Test
    void sellsNothingOnTheWickThatBothSlept() {
        ledger.service().close();
        liquidation.close();
        wickAndRecovery();
        ledger.startService();
        Await.until(() -> !requests().isEmpty(), PATIENCE, () -> "the ledger asked for no sale");
        liquidation = processor();

        declinedAndNothingSold();
        sellsOnAPriceOfNow();
    }

    private void wickAndRecovery() {
        Instant now = now();
        ledger.price(now.minus(Duration.ofMinutes(40)), "9000", IndexState.LIVE);
        ledger.price(now.minus(Duration.ofMinutes(30)), "6000", IndexState.LIVE);
        ledger.price(now.minus(Duration.ofMinutes(29)), "9000", IndexState.LIVE);
        ledger.price(now, "9500", IndexState.LIVE);
    }

    private void declinedAndNothingSold() {
        LiquidationDeclined declined = Await.present(
                () -> ledger.read(TopicCatalogue.LIQUIDATION_REPLIES, LiquidationDeclined.class).stream()
                        .findFirst(),
                PATIENCE,
                () -> "nothing was declined of " + requests());
        assertThat(requests()).singleElement().satisfies(request -> {
            assertThat(request.getEvidence().getPrice()).isEqualTo("6000");
            assertThat(request.getCaseId()).isEqualTo(declined.getCaseId());
        });
        // Not because the breach is over, which it is as well: that is asked of evidence which is young enough.
        assertThat(declined.getReason()).isEqualTo("REQUEST_TOO_OLD");
        Await.until(
                () -> ledger.loan(LOAN).filter(loan -> loan.openCase() == null).isPresent(),
                PATIENCE,
                () -> "the case is still open");
        assertThat(orders()).isEmpty();
    }

    /** The loan is armed again: it was the age of the evidence alone that kept it from being sold. */
    private void sellsOnAPriceOfNow() {
        Await.until(
                () -> {
                    ledger.price(now(), "6000", IndexState.LIVE);
                    return !orders().isEmpty();
                },
                PATIENCE,
                () -> "no order for " + requests());
        assertThat(orders()).hasSize(1);
    }

    private List<LiquidationRequested> requests() {
        return ledger.read(TopicCatalogue.LIQUIDATION_REQUESTS, LiquidationRequested.class);
    }

    private List<SellOrder> orders() {
        return ledger.read(TopicCatalogue.ORDERS, SellOrder.class);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private LiquidationService processor() {
        return LiquidationService.start(LiquidationSettings.from(LiquidationSettings.TABLE.read(Map.ofEntries(
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", ledger.connection().bootstrapServers()),
                Map.entry(
                        "SCHEMA_REGISTRY_URL",
                        String.join(",", ledger.connection().registryUrls())),
                Map.entry("LEDGER_PARTITIONS", Integer.toString(PARTITIONS)),
                Map.entry("LEDGER_REPLICATION_FACTOR", "1"),
                Map.entry("METRICS_PORT", Integer.toString(FreePorts.one())),
                Map.entry("LIQUIDATION_STATE_DIR", folder.resolve("liquidation").toString()),
                Map.entry("LIQUIDATION_MARKETS", "BTC-USD:BTC/8:USD/2:0.01:10:1000000"),
                // A busy machine may take its time; half an hour is old all the same.
                Map.entry("LIQUIDATION_PRICE_MAX_AGE_MS", "60000"),
                Map.entry("LIQUIDATION_REQUEST_MAX_AGE_MS", "60000"),
                Map.entry("LIQUIDATION_ORDER_LIFE_MS", "120000")))));
    }
}
