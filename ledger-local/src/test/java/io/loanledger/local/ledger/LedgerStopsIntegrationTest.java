package io.loanledger.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.events.CollateralLocked;
import io.loanledger.events.CollateralProof;
import io.loanledger.events.CollateralProofKind;
import io.loanledger.events.CustodialAttestation;
import io.loanledger.events.OperatorSkip;
import io.loanledger.events.approval.OperatorKeys;
import io.loanledger.events.approval.SkipApproval;
import io.loanledger.events.service.ServicePhase;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.net.FreePorts;
import io.loanledger.local.testing.Await;
import io.loanledger.streams.LedgerNames;
import io.loanledger.streams.service.LedgerService;
import io.loanledger.streams.wire.JournalEntry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What stops an instance, and what gets it going again, on a real broker: a start that fails leaves nothing behind; a record that two
 * operators skip is set aside though the order stands behind it; what a stranger wrote into a changelog ends the instance before it
 * commits anything.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LedgerStopsIntegrationTest {
    private static final Instant START = Instant.parse("2020-03-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void stopsBeforeItCommitsAndIsSkippedPast() throws Exception {
        KeyPair ada = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KeyPair grace = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        try (LedgerOnABroker ledger = new LedgerOnABroker(folder, 1)) {
            ledger.knowOperators(OperatorKeys.parse(List.of(line("ada", ada), line("grace", grace))));
            ledger.openWorld();
            aStartThatFailsLeavesNothingOpen(ledger);

            ledger.startService();
            ledger.requested("L1", START, "5000.00");
            ledger.locked("L1", START, "first-coin", "1.00000000");
            Await.until(
                    () -> ledger.loan("L1")
                            .filter(loan -> loan.pledges().size() == 1)
                            .isPresent(),
                    PATIENCE,
                    () -> "the first coin was never read");
            ledger.service().close();

            // The record first, the order behind it: only who knows the order before the tasks start can follow it.
            long offset = sendRaw(ledger, TopicCatalogue.COLLATERAL, "L1", lock(ledger, "second-coin"))
                    .offset();
            ledger.send(TopicCatalogue.TERMS, "skip", approved(offset, ada, grace));
            ledger.startService();
            ledger.locked("L1", START, "third-coin", "1.00000000");
            Await.until(
                    () -> ledger.loan("L1")
                            .filter(loan -> loan.pledges().size() == 2)
                            .isPresent(),
                    PATIENCE,
                    () -> "what follows the skipped record was never read");
            assertThat(ledger.loan("L1").orElseThrow().pledge("vault/second-coin"))
                    .isEmpty();
            Await.until(() -> skipped(ledger).size() == 1, PATIENCE, () -> "the skip never reached the journal");
            assertThat(skipped(ledger).getFirst().offset()).isEqualTo(offset);
            assertThat(ledger.foldOfTheJournal().findings()).isEmpty();
            ledger.service().close();

            aStrangerInTheChangelogEndsTheInstance(ledger);
        }
    }

    private static void aStartThatFailsLeavesNothingOpen(LedgerOnABroker ledger) throws Exception {
        try (ServerSocket taken = new ServerSocket(FreePorts.one(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> ledger.begin(taken.getLocalPort())).hasMessageContaining("in use");
        }
        Await.until(() -> threadsOfTheLedger().isEmpty(), PATIENCE, () -> "left " + threadsOfTheLedger());
    }

    private static List<String> threadsOfTheLedger() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("-StreamThread-") || name.contains(LedgerOnABroker.INSTANCE_ID))
                .toList();
    }

    private static void aStrangerInTheChangelogEndsTheInstance(LedgerOnABroker ledger) throws Exception {
        List<JournalEntry> before = ledger.journal();
        String changelog = LedgerNames.APPLICATION_ID + "-" + LedgerNames.TASK_STATE_STORE + "-changelog";
        sendBytes(ledger, changelog, "terms-position", new byte[] {1, 2, 3});
        ledger.locked("L1", START, "fourth-coin", "1.00000000");

        LedgerService service = ledger.begin(FreePorts.one());
        try {
            assertThat(CompletableFuture.supplyAsync(() -> ended(service)).get(120, TimeUnit.SECONDS))
                    .as("ended by itself, which is exit code 1 of the process")
                    .isFalse();
            assertThat(service.phase()).isEqualTo(ServicePhase.FAILED);
        } finally {
            service.close();
        }
        assertThat(ledger.journal())
                .as("nothing is committed beyond the last good record")
                .isEqualTo(before);
    }

    private static boolean ended(LedgerService service) {
        try {
            return service.awaitEnd();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static List<LoanEvent.RecordSkipped> skipped(LedgerOnABroker ledger) {
        return ledger.journal().stream()
                .map(JournalEntry::event)
                .filter(LoanEvent.RecordSkipped.class::isInstance)
                .map(LoanEvent.RecordSkipped.class::cast)
                .toList();
    }

    private static OperatorSkip approved(long offset, KeyPair ada, KeyPair grace) {
        OperatorSkip order = new OperatorSkip(
                "skip-1", START, "test", TopicCatalogue.COLLATERAL.name(), 0, offset, null, "a drill", List.of());
        return OperatorSkip.newBuilder(order)
                .setApprovals(List.of(
                        SkipApproval.sign(order, "ada", "ada-1", ada.getPrivate()),
                        SkipApproval.sign(order, "grace", "grace-1", grace.getPrivate())))
                .build();
    }

    private static String line(String operator, KeyPair pair) {
        return operator + " " + operator + "-1 "
                + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    private static byte[] lock(LedgerOnABroker ledger, String proof) {
        CollateralProof attested = new CollateralProof(
                CollateralProofKind.CUSTODIAL_ATTESTATION, null, null, null, new CustodialAttestation("vault", proof));
        return ledger.bytes(
                TopicCatalogue.COLLATERAL,
                new CollateralLocked("poison-1", START, "test", "L1", "BTC", "1.00000000", attested, 6));
    }

    private static RecordMetadata sendRaw(LedgerOnABroker ledger, Topic topic, String key, byte[] value)
            throws Exception {
        return sendBytes(ledger, topic.name(), key, value);
    }

    private static RecordMetadata sendBytes(LedgerOnABroker ledger, String topic, String key, byte[] value)
            throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                ledger.connection().clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(topic, 0, key.getBytes(StandardCharsets.UTF_8), value))
                    .get(30, TimeUnit.SECONDS);
        }
    }
}
