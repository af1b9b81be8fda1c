package io.loanledger.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.Pledge;
import io.loanledger.core.loan.Position;
import io.loanledger.events.Disburse;
import io.loanledger.events.DisbursementConfirmed;
import io.loanledger.events.IndexState;
import io.loanledger.events.LoanRequested;
import io.loanledger.events.RepaymentReceived;
import io.loanledger.events.header.DeadLetter;
import io.loanledger.events.header.Origin;
import io.loanledger.events.service.ServicePhase;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.net.FreePorts;
import io.loanledger.local.registry.RegistryHome;
import io.loanledger.local.registry.SchemaRegistryProcess;
import io.loanledger.local.testing.Await;
import io.loanledger.local.testing.CommittedReader;
import io.loanledger.streams.wire.JournalEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What producers get wrong, and a registry that goes away, on a real broker with a real registry: nothing is lost, nothing is applied
 * twice or where it does not belong, and the ledger goes on. Each test has loans of its own.
 */
@Timeout(value = 400, unit = TimeUnit.SECONDS)
class LedgerBadInputIntegrationTest {
    private static final int PARTITIONS = 3;
    private static final Instant START = Instant.parse("2020-03-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CONFLUENT = "io.confluent.kafka.serializers.KafkaAvroSerializer";

    @TempDir
    private static Path folder;

    private static SchemaRegistryProcess registry;
    private static LedgerOnABroker ledger;
    private static KafkaProducer<byte[], byte[]> producer;
    private static long ticks;

    @BeforeAll
    static void start() {
        registry = new SchemaRegistryProcess(RegistryHome.find(), folder.resolve("registry"), FreePorts.one());
        registry.start(PATIENCE);
        ledger = new LedgerOnABroker(folder, PARTITIONS, registry.url());
        ledger.startService();
        ledger.terms(1, "0.12");
        producer = new KafkaProducer<>(
                ledger.connection().clientProperties(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        ledger.close();
        registry.close();
    }

    /** Whatever a test did: the ledger runs, and its journal can be told again. */
    @AfterEach
    void standsWhole() {
        assertThat(ledger.service().phase()).isEqualTo(ServicePhase.RUNNING);
        ledger.foldThatGivesTheStores(PATIENCE);
    }

    @Test
    void setsPoisonAsideWithItsPlaceAndReasonAndGoesOn() {
        String loan = "poisoned";
        byte[] whole = ledger.bytes(TopicCatalogue.LOANS, request(loan));
        byte[] unknownId = whole.clone();
        unknownId[1] = 0x7f;
        Map<Origin, String> expected = new HashMap<>();
        expected.put(poison(loan, new byte[0]), "EMPTY");
        expected.put(poison(loan, new byte[] {7}), "WRONG_MAGIC");
        expected.put(poison(loan, new byte[] {0, 0, 0}), "TRUNCATED_HEAD");
        expected.put(poison(loan, unknownId), "UNKNOWN_SCHEMA_ID");
        expected.put(poison(loan, Arrays.copyOf(whole, whole.length - 3)), "MALFORMED");
        expected.put(poison(loan, Arrays.copyOf(whole, whole.length + 1)), "TRAILING_BYTES");
        expected.put(poison(loan, ledger.bytes(TopicCatalogue.MOVEMENTS, repayment(loan, "1.00"))), "WRONG_TYPE");
        expected.put(poison(loan, null), "NO_VALUE");
        expected.put(origin(sendBytes(TopicCatalogue.LOANS, 1, null, whole)), "NO_KEY");
        expected.put(origin(sendBytes(TopicCatalogue.LOANS, 1, new byte[0], whole)), "NO_KEY");
        ledger.send(TopicCatalogue.LOANS, loan, request(loan));

        Await.until(() -> ledger.loan(loan).isPresent(), PATIENCE, () -> "never read what follows the poison");
        Await.until(
                () -> deadLetters().keySet().containsAll(withoutTime(expected).keySet()),
                PATIENCE,
                () -> "set aside: " + deadLetters());
        assertThat(deadLetters()).containsAllEntriesOf(withoutTime(expected));
        Await.until(() -> !journalOf(loan).isEmpty(), PATIENCE, () -> "nothing of it is committed");
    }

    /** As librdkafka's default does, whose hash is another one. */
    @Test
    void appliesWhatStoodInAnotherPartitionOnceAtHome() {
        String loan = "strayed";
        int home = home(loan);
        for (int elsewhere = 1; elsewhere < PARTITIONS; elsewhere++) {
            sendBytes(
                    TopicCatalogue.LOANS,
                    (home + elsewhere) % PARTITIONS,
                    loan.getBytes(StandardCharsets.UTF_8),
                    ledger.bytes(TopicCatalogue.LOANS, request(loan)));
        }
        ledger.send(TopicCatalogue.LOANS, loan, request(loan));

        Await.until(
                () -> CommittedReader.everything(ledger.connection().bootstrapServers(), TopicCatalogue.STRAYED)
                                .size()
                        == PARTITIONS - 1,
                PATIENCE,
                () -> "strayed: "
                        + CommittedReader.everything(ledger.connection().bootstrapServers(), TopicCatalogue.STRAYED));
        lockAndAwaitPledge(loan, "coin-of-strayed");
        ledger.foldThatGivesTheStores(PATIENCE);
        assertThat(CommittedReader.everything(ledger.connection().bootstrapServers(), TopicCatalogue.STRAYED))
                .allMatch(record -> record.partition() == home);
        assertThat(journalOf(loan)).allMatch(entry -> entry.header().partition() == home);
        assertThat(journalOf(loan))
                .filteredOn(entry -> entry.event().getClass().getSimpleName().equals("LoanRequested"))
                .hasSize(1);
    }

    @Test
    void takesWhatConfluentsSerializerWroteAndWaitsWhileTheRegistryIsDown() {
        // With its defaults the schema carries Java's property and stands in the registry under an id of its own, which
        // the ledger
        // has not met.
        byte[] theirs = confluentBytes("theirs");
        assertThat(Arrays.copyOf(theirs, 5))
                .isNotEqualTo(Arrays.copyOf(ledger.bytes(TopicCatalogue.LOANS, request("theirs")), 5));
        ledger.send(TopicCatalogue.LOANS, "known-before", request("known-before"));
        Await.until(() -> ledger.loan("known-before").isPresent(), PATIENCE, () -> "not read with the registry up");
        int setAside = deadLetters().size();

        registry.close();
        ledger.send(TopicCatalogue.LOANS, "known-while-down", request("known-while-down"));
        Await.until(
                () -> ledger.loan("known-while-down").isPresent(),
                PATIENCE,
                () -> "an id that was known did not go on");
        RecordMetadata waiting =
                sendBytes(TopicCatalogue.LOANS, home("theirs"), "theirs".getBytes(StandardCharsets.UTF_8), theirs);
        assertThat(ledger.loan("theirs")).isEmpty();
        assertThat(deadLetters()).hasSize(setAside);

        registry.start(PATIENCE);
        Await.until(
                () -> ledger.service().phase() == ServicePhase.RUNNING
                        && ledger.foldOfTheJournal().loan("theirs") != null,
                PATIENCE,
                () -> "still waits for " + waiting + ", phase "
                        + ledger.service().phase());
        assertThat(journalOf("theirs").getFirst().header().cause().offset()).isEqualTo(waiting.offset());
        assertThat(deadLetters()).hasSize(setAside);
    }

    @Test
    void endsInTheSamePositionHoweverALoansFactsAreRepeatedAndReordered() {
        List<String> amounts = List.of("10.01", "20.02", "30.03", "40.04");
        ledger.send(TopicCatalogue.LOANS, "in-order", request("in-order"));
        ledger.locked("in-order", START, "coin-in-order", "1.00000000");
        ledger.locked("shuffled", START, "coin-shuffled", "1.00000000");
        ledger.send(TopicCatalogue.LOANS, "shuffled", request("shuffled"));
        ledger.send(TopicCatalogue.LOANS, "shuffled", request("shuffled"));

        confirm("in-order", 1);
        confirm("shuffled", 2);
        amounts.forEach(amount -> repay("in-order", amount));
        amounts.reversed().forEach(amount -> repay("shuffled", amount));
        amounts.forEach(amount -> repay("shuffled", amount));

        Position ordered = awaitRepaid("in-order", amounts.size());
        Position shuffled = awaitRepaid("shuffled", amounts.size());
        assertThat(shuffled).isEqualTo(ordered);
        assertThat(ordered.debt().posted().amount()).isEqualByComparingTo("4899.90");
        assertThat(ledger.read(TopicCatalogue.REJECTIONS)).isEmpty();
    }

    @Test
    void creditsAProofThatTwoLoansOfTwoPartitionsPledgeToExactlyOne() {
        String first = "pledges-0";
        String second = IntStream.range(1, 100)
                .mapToObj(i -> "pledges-" + i)
                .filter(id -> home(id) != home(first))
                .findFirst()
                .orElseThrow();
        for (String loan : List.of(first, second)) {
            ledger.locked(loan, START, "the-same-coin", "1.00000000");
            ledger.send(TopicCatalogue.LOANS, loan, request(loan));
        }

        Await.until(
                () -> List.of(first, second).stream()
                        .allMatch(loan -> isBound(loan)
                                && (stages(loan).contains(Pledge.Stage.CREDITED)
                                        || stages(loan).contains(Pledge.Stage.DENIED))),
                PATIENCE,
                () -> stages(first) + " and " + stages(second));
        assertThat(List.of(stages(first).getFirst(), stages(second).getFirst()))
                .containsExactlyInAnyOrder(Pledge.Stage.CREDITED, Pledge.Stage.DENIED);
        assertThat(List.of(first, second))
                .extracting(loan ->
                        ledger.loan(loan).orElseThrow().collateral().held().toString())
                .containsExactlyInAnyOrder("1.00000000 BTC", "0.00000000 BTC");
    }

    // --- facts -------------------------------------------------------------------------------------------------------

    private static LoanRequested request(String loanId) {
        return new LoanRequested(
                loanId + "-request",
                START,
                "test",
                loanId,
                "alice",
                LedgerOnABroker.PRODUCT,
                "5000.00",
                "USD",
                "BTC",
                null);
    }

    private static RepaymentReceived repayment(String loanId, String amount) {
        String id = loanId + "-repayment-" + amount;
        return new RepaymentReceived(id, START, "test", loanId, id, amount, "USD");
    }

    private static void repay(String loanId, String amount) {
        ledger.send(TopicCatalogue.MOVEMENTS, loanId, repayment(loanId, amount));
    }

    private static void confirm(String loanId, int times) {
        Disburse instruction = Await.present(
                () -> {
                    ledger.price(START.plusMillis(++ticks), "20000", IndexState.LIVE);
                    return ledger.read(TopicCatalogue.PAYMENT_INSTRUCTIONS, Disburse.class).stream()
                            .filter(found -> found.getLoanId().equals(loanId))
                            .findFirst();
                },
                PATIENCE,
                () -> "not issued: " + ledger.loan(loanId));
        for (int i = 0; i < times; i++) {
            ledger.send(
                    TopicCatalogue.MOVEMENTS,
                    loanId,
                    new DisbursementConfirmed(
                            loanId + "-confirmed",
                            START,
                            "test",
                            loanId,
                            instruction.getInstructionId(),
                            instruction.getAmount(),
                            instruction.getAsset()));
        }
    }

    private static Position awaitRepaid(String loanId, int repayments) {
        Loan loan = Await.present(
                () -> ledger.loan(loanId)
                        .filter(found -> found.status() == LoanStatus.ACTIVE
                                && found.payments().size() == repayments),
                PATIENCE,
                () -> "stays " + ledger.loan(loanId));
        return loan.held();
    }

    private static void lockAndAwaitPledge(String loanId, String proof) {
        ledger.locked(loanId, START, proof, "1.00000000");
        Await.until(
                () -> stages(loanId).contains(Pledge.Stage.CREDITED), PATIENCE, () -> loanId + ": " + stages(loanId));
    }

    private static boolean isBound(String loanId) {
        return ledger.loan(loanId).filter(loan -> loan.position() != null).isPresent();
    }

    private static List<Pledge.Stage> stages(String loanId) {
        return ledger.loan(loanId)
                .map(loan -> loan.pledges().stream().map(Pledge::stage).toList())
                .orElse(List.of());
    }

    // --- bytes -------------------------------------------------------------------------------------------------------

    private static byte[] confluentBytes(String loanId) {
        try (Serializer<Object> serializer = confluentSerializer()) {
            serializer.configure(Map.of("schema.registry.url", registry.url()), false);
            return serializer.serialize(TopicCatalogue.LOANS.name(), request(loanId));
        }
    }

    @SuppressWarnings("unchecked") // takes every record, as Kafka uses it
    private static Serializer<Object> confluentSerializer() {
        try {
            return (Serializer<Object>) Utils.newInstance(CONFLUENT, Object.class);
        } catch (ClassNotFoundException missing) {
            throw new AssertionError("Confluent's classes were not unpacked by the build of ledger-events", missing);
        }
    }

    private static Origin poison(String loanId, byte @Nullable [] value) {
        return origin(sendBytes(TopicCatalogue.LOANS, home(loanId), loanId.getBytes(StandardCharsets.UTF_8), value));
    }

    private static RecordMetadata sendBytes(
            Topic topic, int partition, byte @Nullable [] key, byte @Nullable [] value) {
        try {
            return producer.send(new ProducerRecord<>(topic.name(), partition, key, value))
                    .get();
        } catch (ExecutionException refused) {
            throw new AssertionError(refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static Origin origin(RecordMetadata written) {
        return new Origin(written.topic(), written.partition(), written.offset(), 0);
    }

    private static Map<Origin, String> withoutTime(Map<Origin, String> reasons) {
        Map<Origin, String> plain = new HashMap<>();
        reasons.forEach((origin, reason) ->
                plain.put(new Origin(origin.topic(), origin.partition(), origin.offset(), 0), reason));
        return plain;
    }

    /** Reason by place. */
    private static Map<Origin, String> deadLetters() {
        Map<Origin, String> reasons = new HashMap<>();
        CommittedReader.everything(ledger.connection().bootstrapServers(), TopicCatalogue.DEAD_LETTERS)
                .forEach(record -> {
                    DeadLetter letter = DeadLetter.readFrom(record.headers()).orElseThrow();
                    String former = reasons.put(letter.origin(), letter.reason());
                    assertThat(former).as("set aside twice: %s", letter).isNull();
                });
        return withoutTime(reasons);
    }

    private static int home(String loanId) {
        return Utils.toPositive(Utils.murmur2(loanId.getBytes(StandardCharsets.UTF_8))) % PARTITIONS;
    }

    private static List<JournalEntry> journalOf(String loanId) {
        List<JournalEntry> entries = new ArrayList<>(ledger.journal());
        entries.removeIf(entry -> !entry.header().loanId().equals(loanId));
        return entries;
    }
}
