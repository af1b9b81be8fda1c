package io.loanledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.Refusal;
import io.loanledger.events.IndexState;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.PaySurplus;
import io.loanledger.events.Rejection;
import io.loanledger.events.header.DeadLetter;
import io.loanledger.events.header.Origin;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in an input topic, processing goes on, nothing is applied twice or in the wrong place, and nothing is lost. */
class BadInputTest {
    private static final byte[] KEY = "L1".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    LedgerUnderTest ledger;

    @BeforeEach
    void open() {
        ledger = LedgerUnderTest.open(folder);
    }

    @AfterEach
    void goesOnAndKeepsItsJournal() {
        ledger.price(ledger.appendedAt.plusSeconds(1), "10000");
        ledger.active("after");
        assertThat(ledger.loan("after").status()).isEqualTo(LoanStatus.ACTIVE);
        assertThat(ledger.fold().findings()).isEmpty();
        assertThat(ledger.fold().digest()).isEqualTo(ledger.stores());
        ledger.close();
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of("NO_VALUE", null),
                Arguments.of("EMPTY", new byte[0]),
                Arguments.of("TRUNCATED_HEAD", new byte[] {0}),
                Arguments.of("WRONG_MAGIC", new byte[] {1, 0, 0, 0, 1, 2}),
                Arguments.of("UNKNOWN_SCHEMA_ID", new byte[] {0, 0x7f, 0, 0, 0, 2}));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void setsUnreadableBytesAsideWithTheirPlaceAndReason(String reason, byte[] value) {
        ledger.send(TopicCatalogue.MOVEMENTS, KEY, value, new RecordHeaders());

        TestRecord<byte[], byte[]> record =
                ledger.drain(TopicCatalogue.DEAD_LETTERS).getFirst();
        assertThat(record.key()).isEqualTo(KEY);
        assertThat(record.value()).isEqualTo(value);
        DeadLetter letter = DeadLetter.readFrom(record.headers()).orElseThrow();
        assertThat(letter.reason()).isEqualTo(reason);
        assertThat(letter.origin().topic()).isEqualTo(TopicCatalogue.MOVEMENTS.name());
        assertThat(letter.origin().partition()).isZero();
        assertThat(letter.service()).isEqualTo(LedgerNames.APPLICATION_ID);
        assertThat(ledger.counted("ledger_dead_letters", "topic", TopicCatalogue.MOVEMENTS.name(), "reason", reason))
                .isEqualTo(1);
    }

    @Test
    void setsTruncatedBytesAside() {
        byte[] whole = ledger.bytes(TopicCatalogue.MOVEMENTS, Facts.repaid("e", ledger.appendedAt, "L1", "1.00"));
        ledger.send(TopicCatalogue.MOVEMENTS, KEY, Arrays.copyOf(whole, whole.length - 3), new RecordHeaders());
        assertThat(ledger.deadLetters()).extracting(DeadLetter::reason).containsExactly("MALFORMED");
    }

    @Test
    void setsARecordThatTheTopicDoesNotCarryAside() {
        byte[] request = ledger.bytes(TopicCatalogue.LOANS, Facts.requested("e", ledger.appendedAt, "L1", "1.00"));
        ledger.send(TopicCatalogue.MOVEMENTS, KEY, request, new RecordHeaders());
        assertThat(ledger.deadLetters()).extracting(DeadLetter::reason).containsExactly("WRONG_TYPE");
    }

    @Test
    void setsARecordWithoutAKeyAside() {
        byte[] value = ledger.bytes(TopicCatalogue.MOVEMENTS, Facts.repaid("e", ledger.appendedAt, "L1", "1.00"));
        ledger.send(TopicCatalogue.MOVEMENTS, null, value, new RecordHeaders());
        ledger.send(TopicCatalogue.MOVEMENTS, new byte[0], value, new RecordHeaders());
        ledger.send(TopicCatalogue.MOVEMENTS, new byte[] {(byte) 0xC3}, value, new RecordHeaders());
        assertThat(ledger.deadLetters())
                .extracting(DeadLetter::reason)
                .containsExactly("NO_KEY", "NO_KEY", "MALFORMED_KEY");
    }

    @Test
    void setsARecordUnderAnotherLoansKeyAside() {
        ledger.send(TopicCatalogue.MOVEMENTS, "L2", Facts.repaid("e", ledger.appendedAt, "L1", "1.00"));
        assertThat(ledger.deadLetters()).extracting(DeadLetter::reason).containsExactly("KEY_MISMATCH");
        assertThat(ledger.knows("L2")).isFalse();
    }

    static Stream<Arguments> amounts() {
        return Stream.of(
                Arguments.of("0.00", Refusal.NOT_POSITIVE),
                Arguments.of("-1.00", Refusal.NOT_POSITIVE),
                Arguments.of("1.001", Refusal.OVER_PRECISE),
                Arguments.of("1" + "0".repeat(30), Refusal.ABOVE_LIMIT),
                Arguments.of("1e3", Refusal.MALFORMED_AMOUNT),
                Arguments.of("", Refusal.MALFORMED_AMOUNT));
    }

    @ParameterizedTest
    @MethodSource("amounts")
    void refusesAnAmountThatNoLoanCanTake(String amount, Refusal refusal) {
        ledger.active("L1");
        int records = ledger.journal.size();
        ledger.repaid("L1", amount);

        Rejection rejection =
                ledger.read(TopicCatalogue.REJECTIONS, Rejection.class).getFirst();
        assertThat(rejection.getReason()).isEqualTo(refusal.name());
        assertThat(rejection.getRecordType()).isEqualTo("RepaymentReceived");
        assertThat(rejection.getTopic()).isEqualTo(TopicCatalogue.MOVEMENTS.name());
        assertThat(ledger.journal).hasSize(records);
    }

    @Test
    void keepsMoneyForALoanThatNobodyRequestedInSuspense() {
        ledger.repaid("nobody", "10.00");
        assertThat(ledger.journalOf("nobody")).containsExactly("MoneySuspended");
    }

    @Test
    void owesTheBorrowerWhatIsPaidTooMuch() {
        ledger.active("L1");
        ledger.repaid("L1", "6000.00");
        assertThat(ledger.events(LoanEvent.RepaymentApplied.class)
                        .getFirst()
                        .allocation()
                        .surplus()
                        .amount())
                .isEqualByComparingTo("1000.00");
        assertThat(ledger.read(TopicCatalogue.PAYMENT_INSTRUCTIONS, PaySurplus.class))
                .extracting(PaySurplus::getAmount)
                .containsExactly("1000.00");
        assertThat(ledger.journalOf("L1")).contains("RepaymentApplied", "LoanRepaid");
    }

    @Test
    void refusesAReleaseWhileCoinIsBeingSold() {
        ledger.active("L1");
        ledger.price(LedgerUnderTest.START.plusSeconds(1), "6250");
        ledger.send(TopicCatalogue.LOANS, "L1", Facts.releaseRequested("rel", ledger.appendedAt, "L1", "0.10000000"));
        assertThat(ledger.read(TopicCatalogue.REJECTIONS, Rejection.class))
                .extracting(Rejection::getReason)
                .containsExactly(Refusal.RELEASE_WHILE_LIQUIDATING.name());
    }

    @Test
    void booksAnOverfillApartAndRefusesASettlementOfAnUnknownCase() {
        ledger.active("L1");
        ledger.price(LedgerUnderTest.START.plusSeconds(1), "6250");
        LiquidationRequested request = ledger.read(TopicCatalogue.LIQUIDATION_REQUESTS, LiquidationRequested.class)
                .getFirst();
        ledger.send(
                TopicCatalogue.LIQUIDATION_REPLIES,
                "L1",
                Facts.settled(ledger.appendedAt, "L1", request.getCaseId(), "2.00000000", "12000.00", false));
        ledger.send(
                TopicCatalogue.LIQUIDATION_REPLIES,
                "L1",
                Facts.settled(ledger.appendedAt, "L1", "L1/case/99", "0.10000000", "600.00", false));
        assertThat(ledger.read(TopicCatalogue.REJECTIONS, Rejection.class))
                .extracting(Rejection::getReason)
                .containsExactly(Refusal.CASE_UNKNOWN.name());
        assertThat(ledger.counted("ledger_named_account_postings", "account", "OVERFILL"))
                .isEqualTo(1);
    }

    // --- broadcasts --------------------------------------------------------------------------------------------------

    @Test
    void takesOnlyRisingIndexRecordsThatDoNotRunAheadOfTheClock() {
        ledger.active("L1");
        String topic = TopicCatalogue.INDEX_PRICES.name();
        send(TopicCatalogue.INDEX_PRICES, Facts.price(1, ledger.appendedAt, "5000", IndexState.LIVE));
        assertThat(ledger.counted("ledger_broadcast_refused", "topic", topic, "reason", "NOT_RISING"))
                .isEqualTo(1);
        send(
                TopicCatalogue.INDEX_PRICES,
                Facts.price(50, ledger.appendedAt.plus(Duration.ofMillis(5_001)), "5000", IndexState.LIVE));
        assertThat(ledger.counted("ledger_broadcast_refused", "topic", topic, "reason", "AHEAD_OF_CLOCK"))
                .isEqualTo(1);
        assertThat(ledger.journalOf("L1")).doesNotContain("LiquidationRequested");
    }

    @Test
    void keepsTheFormerTermsWhenTheSameVersionComesWithOtherContent() {
        ledger.terms(2, Facts.product(1, "0.99"));
        assertThat(ledger.deadLetters()).extracting(DeadLetter::reason).containsExactly("CONFLICTING_TERMS");
        ledger.requested("L1", "100.00");
        assertThat(ledger.loan("L1").terms().terms().interest().annualRate().toString())
                .isEqualTo("12/100");
    }

    private void send(Topic topic, SpecificRecord value) {
        ledger.send(topic, Facts.MARKET, value);
    }

    // --- strays ------------------------------------------------------------------------------------------------------

    @Test
    void sendsAStrayHomeOnceAndSetsItAsideIfItIsStillNotThere() {
        // Of two partitions the test driver has the first only: a key of the second strays, comes back, and is set
        // aside.
        try (LedgerUnderTest two = new LedgerUnderTest(folder.resolve("two"), 2)) {
            two.terms(1, Facts.product(1, "0.12"));
            String elsewhere = Stream.iterate(0, i -> i + 1)
                    .map(i -> "L" + i)
                    .filter(id -> partition(id, 2) == 1)
                    .findFirst()
                    .orElseThrow();
            two.requested(elsewhere, "100.00");

            assertThat(two.knows(elsewhere)).isFalse();
            assertThat(two.counted("ledger_strayed", "topic", TopicCatalogue.LOANS.name()))
                    .isEqualTo(1);
            TestRecord<byte[], byte[]> stray = two.drain(TopicCatalogue.STRAYED).getFirst();
            assertThat(Origin.readFrom(stray.headers()).orElseThrow().topic()).isEqualTo(TopicCatalogue.LOANS.name());
            assertThat(two.deadLetters()).extracting(DeadLetter::reason).containsExactly("STRAYED_AGAIN");
        }
    }

    @Test
    void appliesAStrayThatCameHomeAsIfItHadBeenThereFirst() {
        Headers headers = new RecordHeaders();
        new Origin(TopicCatalogue.LOANS.name(), 7, 42, ledger.appendedAt.toEpochMilli()).writeTo(headers);
        ledger.send(
                TopicCatalogue.STRAYED,
                KEY,
                ledger.bytes(TopicCatalogue.LOANS, Facts.requested("e", ledger.appendedAt, "L1", "100.00")),
                headers);
        assertThat(ledger.journalOf("L1")).containsExactly("LoanRequested", "TermsBound");
        var cause = ledger.journal.getFirst().header().cause();
        assertThat(cause.topic()).isEqualTo(TopicCatalogue.LOANS.name());
        assertThat(cause.partition()).isEqualTo(7);
        assertThat(cause.offset()).isEqualTo(42);
    }

    @Test
    void setsAStrayWithoutOriginAside() {
        ledger.send(TopicCatalogue.STRAYED, KEY, new byte[] {0}, new RecordHeaders());
        assertThat(ledger.deadLetters()).extracting(DeadLetter::reason).containsExactly("STRAY_WITHOUT_ORIGIN");
    }

    private static int partition(String key, int partitions) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(bytes)) % partitions;
    }
}
