package io.loanledger.local.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.ProductTerms;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.audit.Findings;
import io.loanledger.local.audit.Invariant;
import io.loanledger.local.audit.JournalAudit;
import io.loanledger.local.audit.MarketAudit;
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
            assertThat(findings.notJudged()).hasSize(canBeJudged(scene.terms().get()) ? 0 : 1);
        }
    }

    /** By the price of one coin alone. */
    private static boolean canBeJudged(ProductTerms terms) {
        return !terms.getMixedCollateral()
                && (terms.getAgreement() == null || terms.getAgreement().getDebtPrice() == null);
    }

    @Test
    void saysOfWhichLoansItCannotTellThatNoBreachWasMissed(@TempDir Path folder) {
        try (RecordedLedger ledger = played(BasketScenes.measured(), folder)) {
            assertThat(audited(ledger, ledger.history).notJudged())
                    .containsExactly("BreachImpliesAction: a debt that has a price: 1 loans, one of them L1");
        }
    }

    /** With 40 % off, 5,000 on 1 BTC at 8,200 are over 100 %, and the ledger did nothing. */
    @Test
    void findsABreachByTheAddOn(@TempDir Path folder) {
        try (RecordedLedger ledger = played(BasketScenes.addedOn(), folder)) {
            Forger forger = new Forger(ledger.history);
            forger.alter(
                    Topics.TERMS_FANNED,
                    "FannedTerms",
                    fanned -> fanned.get("concentrationAddOn") != null,
                    fanned -> Forger.put(fanned, "concentrationAddOn/addOn", "0.4"));
            assertThat(audited(ledger, forger.history).sentences())
                    .anySatisfy(sentence -> assertThat(sentence).startsWith("BreachImpliesAction: L1"));
        }
    }

    /** 5,000 on 1 BTC at 6,600 are 75.8 %: sold under the terms of the rollover, and under those of before it not. */
    @Test
    void findsABreachOfTheTermsThatWereAgreedLast(@TempDir Path folder) {
        Scene rolled = new Scene(
                "rolled over",
                () -> SceneTerms.plain("0"),
                ledger -> {
                    ledger.active("L1");
                    ledger.terms(SceneTerms.product()
                            .setEventId("terms-2")
                            .setVersion(2)
                            .setAnnualRate("0")
                            .setLiquidation(SceneTerms.sale()
                                    .setThreshold(SceneTerms.reaches(75))
                                    .build())
                            .build());
                    ledger.priceAfter(1, "10000");
                    AmendmentScenes.amend(ledger, "L1", 2, null, "0");
                    ledger.priceAfter(1, "6600");
                },
                List.of(),
                List.of());
        try (RecordedLedger ledger = played(rolled, folder)) {
            assertThat(audited(ledger, ledger.history).sentences()).isEmpty();
            Forger forger = new Forger(ledger.history);
            forger.remove(Topics.JOURNAL, forger.fromOn("LiquidationRequested", "L1"));
            assertThat(audited(ledger, forger.history).sentences())
                    .anySatisfy(sentence -> assertThat(sentence).startsWith("BreachImpliesAction: L1"));
        }
    }

    @Test
    void findsDefaultInterestOfAnotherAmount(@TempDir Path folder) {
        int found = 0;
        for (Scene scene : DefaultScenes.all()) {
            try (RecordedLedger ledger = played(scene, folder.resolve(scene.name()))) {
                Forger forger = new Forger(ledger.history);
                if (forger.has(Topics.JOURNAL, AuditOfScenesTest::hasPenalty)) {
                    forger.alter(
                            Topics.JOURNAL,
                            AuditOfScenesTest::hasPenalty,
                            posted -> Forger.put(posted, "penalty/amount", "0.01"));
                    assertThat(audited(ledger, forger.history).sentences())
                            .anySatisfy(sentence -> assertThat(sentence)
                                    .startsWith("InterestDeterminism: ")
                                    .contains("default"));
                    found++;
                }
            }
        }
        assertThat(found).isPositive();
    }

    private static boolean hasPenalty(GenericRecord event) {
        return event.getSchema().getName().equals("InterestPosted")
                && event.get("penalty") != null
                && isSome((GenericRecord) event.get("penalty"), BigDecimal.ONE);
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
        return isSome((GenericRecord) posted.get("amount"), BigDecimal.ONE);
    }

    private static boolean isSome(GenericRecord amount, BigDecimal over) {
        return new BigDecimal(amount.get("amount").toString()).compareTo(over) > 0;
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
        new MarketAudit(told, audit::sawDefault, findings).check();
        return findings;
    }
}
