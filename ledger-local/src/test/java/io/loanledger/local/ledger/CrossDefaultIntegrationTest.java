package io.loanledger.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.DefaultReason;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.events.AgreementTerms;
import io.loanledger.events.AssetDefinition;
import io.loanledger.events.ClockStopper;
import io.loanledger.events.CollateralTerms;
import io.loanledger.events.CrossDefaultDeclared;
import io.loanledger.events.DayCount;
import io.loanledger.events.DefaultDeclared;
import io.loanledger.events.DefaultTerms;
import io.loanledger.events.DefaultWaived;
import io.loanledger.events.Disburse;
import io.loanledger.events.ExposureBasis;
import io.loanledger.events.Fraction;
import io.loanledger.events.IndexState;
import io.loanledger.events.LiquidationTerms;
import io.loanledger.events.LoanRequested;
import io.loanledger.events.MarginCallTerms;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.ScheduleKind;
import io.loanledger.events.ScheduleTerms;
import io.loanledger.events.Threshold;
import io.loanledger.events.ThresholdComparator;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.testing.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Loans of one borrower live in partitions of their own; the default of one reaches the others, each once, and nobody else's. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class CrossDefaultIntegrationTest {
    private static final int PARTITIONS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PRODUCT = "crossed";

    @TempDir
    private Path folder;

    private final Set<String> paidOut = new HashSet<>();
    private LedgerOnABroker ledger;
    private int facts;

    @BeforeEach
    void start() {
        ledger = new LedgerOnABroker(folder, PARTITIONS);
        ledger.startService();
        publishTerms();
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    @Test
    void theDefaultOfOneIsTheDefaultOfTheBorrowersOthers() {
        String first = idIn(0, "first");
        String other = idIn(1, "other");
        String bobs = idIn(1, "bobs");
        live(first, "alice");
        live(other, "alice");
        live(bobs, "bob");

        declare(first);
        until(() -> defaultsOf(other).size() == 1, other + " has not heard");
        assertThat(defaultsOf(other))
                .containsExactly(new LoanEvent.LoanDefaulted(
                        DefaultReason.CROSS_DEFAULT,
                        defaultsOf(other).getFirst().since(),
                        first,
                        defaultsOf(other).getFirst().interest(),
                        defaultsOf(other).getFirst().principal()));

        // Waived and declared again: it is said again, and the other loan has heard of it.
        waive(first);
        until(() -> !isInDefault(first), first + " was not let go");
        declare(first);
        until(() -> declaredTo(other) == 2, "the default was not said again");

        // A loan that goes live beside it is crossed as well; what was waived for the other one stays waived.
        waive(other);
        until(() -> !isInDefault(other), other + " was not let go");
        String late = idIn(1, "late");
        live(late, "alice");
        until(() -> defaultsOf(late).size() == 1, late + " has not heard");
        assertThat(defaultsOf(late).getFirst().detail()).isEqualTo(first);

        ledger.foldThatGivesTheStores(PATIENCE);
        assertThat(defaultsOf(other)).hasSize(1);
        assertThat(isInDefault(other)).isFalse();
        assertThat(defaultsOf(bobs)).isEmpty();
        assertThat(defaultsOf(first)).hasSize(2);
    }

    /** The first id of a name that lands in a partition, by the partitioner of Kafka's clients. */
    private static String idIn(int partition, String name) {
        return IntStream.range(0, 100)
                .mapToObj(number -> name + "-" + number)
                .filter(id ->
                        Utils.toPositive(Utils.murmur2(id.getBytes(StandardCharsets.UTF_8))) % PARTITIONS == partition)
                .findFirst()
                .orElseThrow();
    }

    private void live(String loanId, String borrower) {
        ledger.send(
                TopicCatalogue.LOANS,
                loanId,
                LoanRequested.newBuilder()
                        .setEventId(nextId())
                        .setOccurredAt(now())
                        .setProducer("test")
                        .setLoanId(loanId)
                        .setBorrowerId(borrower)
                        .setProductId(PRODUCT)
                        .setPrincipal("1000.00")
                        .setDebtAsset("USD")
                        .setCollateralAsset("BTC")
                        .build());
        ledger.locked(loanId, now(), "coin-of-" + loanId, "1.00000000");
        Await.until(
                () -> {
                    ledger.price(now(), "10000.00", IndexState.LIVE);
                    return ledger.read(TopicCatalogue.PAYMENT_INSTRUCTIONS, Disburse.class).stream()
                            .filter(instruction -> instruction.getLoanId().equals(loanId))
                            .findFirst()
                            .filter(instruction -> paidOut.add(instruction.getInstructionId()))
                            .map(instruction -> {
                                ledger.disbursed(instruction, now());
                                return true;
                            })
                            .orElse(false);
                },
                PATIENCE,
                () -> loanId + " was not issued");
        until(
                () -> ledger.loan(loanId).map(Loan::status).orElse(LoanStatus.UNKNOWN) == LoanStatus.ACTIVE,
                loanId + " is not paid out");
    }

    private void declare(String loanId) {
        ledger.send(TopicCatalogue.LOANS, loanId, new DefaultDeclared(nextId(), now(), "test", loanId, "insolvent"));
    }

    private void waive(String loanId) {
        ledger.send(TopicCatalogue.LOANS, loanId, new DefaultWaived(nextId(), now(), "test", loanId, "agreed"));
    }

    private boolean isInDefault(String loanId) {
        return ledger.loan(loanId).orElseThrow().servicing().isInDefault();
    }

    private long declaredTo(String loanId) {
        return ledger.read(TopicCatalogue.CLAIM_RESULTS, CrossDefaultDeclared.class).stream()
                .filter(declared -> declared.getLoanId().equals(loanId))
                .count();
    }

    private List<LoanEvent.LoanDefaulted> defaultsOf(String loanId) {
        return ledger.journal().stream()
                .filter(entry -> entry.header().loanId().equals(loanId))
                .map(entry -> entry.event())
                .filter(LoanEvent.LoanDefaulted.class::isInstance)
                .map(LoanEvent.LoanDefaulted.class::cast)
                .toList();
    }

    private void until(java.util.function.BooleanSupplier holds, String otherwise) {
        Await.until(holds, PATIENCE, () -> otherwise);
    }

    private String nextId() {
        return "default-fact-" + ++facts;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private void publishTerms() {
        AssetDefinition dollar = new AssetDefinition("USD", 2, "swift/iso4217:USD");
        AssetDefinition bitcoin = new AssetDefinition("BTC", 8, "bip122:000000000019d6689c085ae165831e93/slip44:0");
        ScheduleTerms bullet =
                new ScheduleTerms(ScheduleKind.BULLET, 0, 0, List.of(), 0, 3_600L, "0.00", new Fraction("0", "1"));
        ledger.send(
                TopicCatalogue.TERMS,
                PRODUCT,
                ProductTerms.newBuilder()
                        .setEventId("terms-" + PRODUCT)
                        .setOccurredAt(Instant.EPOCH)
                        .setProducer("test")
                        .setProductId(PRODUCT)
                        .setVersion(1)
                        .setDebtAsset(dollar)
                        .setCollateral(List.of(CollateralTerms.newBuilder()
                                .setAsset(bitcoin)
                                .setMarket(LedgerOnABroker.MARKET)
                                .setHaircut("0")
                                .setLotSize("0.00010000")
                                .build()))
                        .setOpenLtv(percent(50))
                        .setMarginCall(
                                new MarginCallTerms(reaches(70), percent(60), 86_400L, 3_600L, ClockStopper.DETECTED))
                        .setLiquidation(
                                new LiquidationTerms(reaches(80), percent(60), "500.00", "0.0099", "0.02", null))
                        .setAnnualRate("0")
                        .setDayCount(DayCount.IN_AGREEMENT)
                        .setExposureBasis(ExposureBasis.OUTSTANDING)
                        .setTermDays(365)
                        .setAgreement(AgreementTerms.newBuilder()
                                .setDayCount(DayCount.ACT_365F)
                                .setSchedule(bullet)
                                .setOnDefault(new DefaultTerms(30, "0.05", true, false, true))
                                .build())
                        .build());
    }

    private static Fraction percent(int percent) {
        return new Fraction(Integer.toString(percent), "100");
    }

    private static Threshold reaches(int percent) {
        return new Threshold(percent(percent), ThresholdComparator.REACHES);
    }
}
