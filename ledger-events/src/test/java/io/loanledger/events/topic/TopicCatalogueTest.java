package io.loanledger.events.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.events.AmendAck;
import io.loanledger.events.CollateralLocked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/**
 * The names of topics outlive the code: a changed expectation here is a changed contract with every counterparty, not a detail.
 */
final class TopicCatalogueTest {

    private static final Path CONTRACT = Path.of("../schemas/src/main/avro");
    private static final Path DOCUMENT = Path.of("../docs/topics.md");

    @Test
    void namesStayAsTheyAre() {
        assertThat(TopicCatalogue.ALL.stream().map(Topic::name))
                .containsExactly(
                        "custody.collateral.v1",
                        "lending.loans.v1",
                        "lending.terms.v1",
                        "lending.terms-fanned.v1",
                        "payments.movements.v1",
                        "prices.ticks.v1",
                        "prices.index.v1",
                        "ledger.journal.v1",
                        "ledger.margin-calls.v1",
                        "ledger.rejections.v1",
                        "custody.instructions.v1",
                        "payments.instructions.v1",
                        "liquidation.requests.v1",
                        "liquidation.replies.v1",
                        "liquidation.orders.v1",
                        "desk.executions.v1",
                        "liquidation.execution-records.v1",
                        "liquidation.strayed.v1",
                        "ledger.strayed.v1",
                        "ledger.claim-requests.v1",
                        "ledger.claim-results.v1",
                        "ledger.continuations.v1",
                        "ledger.dead-letters.v1");
    }

    @Test
    void noRecordStandsInTwoTopics() {
        List<Class<? extends SpecificRecord>> all = new ArrayList<>();
        TopicCatalogue.ALL.forEach(topic -> all.addAll(topic.values()));

        assertThat(all).doesNotHaveDuplicates();
    }

    /** A record that no other one contains stands in the folder of its topic, and every folder but types is a topic. */
    @Test
    void theFoldersOfTheContractAreTheTopics() throws IOException {
        Map<String, String> folderOf = new HashMap<>();
        try (Stream<Path> files = Files.walk(CONTRACT)) {
            files.filter(file -> file.toString().endsWith(".avsc")).forEach(file -> {
                String folder = file.getParent().getFileName().toString();
                String name = file.getFileName().toString().replace(".avsc", "");
                folderOf.put(folder + "/" + name, folder);
            });
        }

        assertThat(folderOf.values().stream()
                        .filter(folder -> !folder.equals("types"))
                        .distinct())
                .allSatisfy(folder -> assertThat(TopicCatalogue.byName(folder)).isPresent());
        TopicCatalogue.ALL.forEach(topic -> topic.values()
                .forEach(type -> assertThat(folderOf).containsKey(topic.name() + "/" + type.getSimpleName())));
    }

    @Test
    void onlyTheTermsAreInOnePartition() {
        assertThat(TopicCatalogue.ALL.stream().filter(topic -> topic.partitions() == Topic.Partitions.ONE))
                .containsExactly(TopicCatalogue.TERMS);
        assertThat(TopicCatalogue.COLLATERAL.partitions().count(24)).isEqualTo(24);
        assertThat(TopicCatalogue.TERMS.partitions().count(24)).isEqualTo(1);
    }

    @Test
    void theJournalIsNeverCleaned() {
        assertThat(TopicCatalogue.JOURNAL.configuration())
                .containsEntry("cleanup.policy", "")
                .containsEntry("retention.ms", "-1")
                .containsEntry("message.timestamp.type", "LogAppendTime");
    }

    @Test
    void factsAreKeptTwiceAsLongAsTheirIdsAreRemembered() {
        assertThat(TopicCatalogue.COLLATERAL.configuration())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", Long.toString(Duration.ofDays(90).toMillis()));
    }

    @Test
    void onlyAContinuationHandsAnOlderTimeOn() {
        assertThat(TopicCatalogue.ALL.stream().filter(topic -> topic.time() != Topic.Time.APPENDED))
                .containsExactly(TopicCatalogue.CONTINUATIONS);
    }

    @Test
    void aSubjectIsTheTopicAndTheRecord() {
        assertThat(TopicCatalogue.COLLATERAL.subject(CollateralLocked.class))
                .isEqualTo("custody.collateral.v1-io.loanledger.events.CollateralLocked");
        assertThatThrownBy(() -> TopicCatalogue.COLLATERAL.subject(AmendAck.class))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theDocumentHoldsTheTable() throws IOException {
        assertThat(Files.readString(DOCUMENT))
                .as("the table of docs/topics.md; copy the expected text there")
                .contains(TopicTable.toMarkdown());
    }
}
