package io.loanledger.local.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.serde.Decoded;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.audit.Findings;
import io.loanledger.local.audit.Invariant;
import io.loanledger.local.audit.JournalAudit;
import io.loanledger.local.audit.PublicHistory;
import io.loanledger.streams.wire.JournalCodec;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The audit of a run, over what the ledger did under every kind of terms; interest by every kind of rate is told again. */
class AuditOfScenesTest {
    static List<Scene> scenes() {
        return ScenesCheckTest.scenes();
    }

    static Stream<Scene> ratesOfEveryKind() {
        return RateScenes.all().stream();
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void findsNothingWrong(Scene scene, @TempDir Path folder) {
        try (RecordedLedger ledger = played(scene, folder)) {
            Findings findings = audited(ledger, ledger.history);
            assertThat(findings.sentences()).isEmpty();
            assertThat(findings.checks()).containsKey(Invariant.POSTINGS_BALANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("ratesOfEveryKind")
    void findsInterestOfAnotherRate(Scene scene, @TempDir Path folder) {
        try (RecordedLedger ledger = played(scene, folder)) {
            assertThat(audited(ledger, ledger.history).checks()).containsKey(Invariant.INTEREST_DETERMINISM);
            Forger forger = new Forger(ledger.history);
            forger.alter(Topics.JOURNAL, "InterestPosted", AuditOfScenesTest::isSome, event -> {
                GenericRecord amount = (GenericRecord) event.get("amount");
                amount.put("amount", "1" + amount.get("amount"));
            });
            assertThat(audited(ledger, forger.history).sentences())
                    .anySatisfy(sentence -> assertThat(sentence).startsWith("InterestDeterminism: "));
        }
    }

    private static boolean isSome(GenericRecord posted) {
        return new BigDecimal(((GenericRecord) posted.get("amount"))
                                .get("amount")
                                .toString())
                        .compareTo(BigDecimal.ONE)
                > 0;
    }

    @Test
    void findsARateThatWasNotTheFixings(@TempDir Path folder) {
        try (RecordedLedger ledger = played(RateScenes.floats(), folder)) {
            Forger forger = new Forger(ledger.history);
            forger.alter(
                    Topics.TERMS_FANNED,
                    "FannedTerms",
                    fanned -> fanned.get("rateFixing") != null,
                    fanned -> Forger.put(fanned, "rateFixing/value", "0.0431"));
            assertThat(audited(ledger, forger.history).sentences())
                    .anySatisfy(sentence -> assertThat(sentence).startsWith("InterestDeterminism: "));
        }
    }

    private static RecordedLedger played(Scene scene, Path folder) {
        RecordedLedger ledger = new RecordedLedger(folder);
        ledger.terms(scene.terms().get());
        ledger.price(RecordedLedger.START, "10000");
        scene.play().accept(ledger);
        return ledger;
    }

    private static Findings audited(RecordedLedger ledger, RecordedHistory history) {
        PublicHistory told = new PublicHistory();
        for (Topic topic : TopicCatalogue.ALL) {
            for (Message message : topic.equals(TopicCatalogue.JOURNAL) || topic.equals(TopicCatalogue.DEAD_LETTERS)
                    ? List.<Message>of()
                    : history.of(topic.name())) {
                if (ledger.reader().read(topic, message.value()) instanceof Decoded.Readable readable) {
                    told.add(
                            readable.value(),
                            message.partition(),
                            message.offset(),
                            Instant.ofEpochMilli(message.timestampMillis()));
                }
            }
        }
        Findings findings = new Findings();
        JournalAudit audit = new JournalAudit(told, RecordedLedger.MARKET, findings);
        JournalCodec codec = ledger.journal();
        history.of(Topics.JOURNAL).forEach(message -> audit.follow(codec.decode(message.value())));
        audit.end();
        return findings;
    }
}
