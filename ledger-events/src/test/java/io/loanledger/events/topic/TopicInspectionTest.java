package io.loanledger.events.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each promise that a broker can break, one by one and all together. */
final class TopicInspectionTest {

    private static final TopicSettings SETTINGS = new TopicSettings(24, (short) 3, TopicSettings.Startup.CHECK);

    @Test
    void findsNothingWhereAllIsAsPromised() {
        for (Topic topic : TopicCatalogue.ALL) {
            assertThat(inspection(topic, topic.partitions().count(24), 3, Map.of())
                            .problems(topic, SETTINGS))
                    .isEmpty();
        }
    }

    @Test
    void aLongerRetentionKeepsThePromise() {
        assertThat(problems(Map.of("retention.ms", "-1"))).isEmpty();
        assertThat(problems(Map.of("retention.ms", "7776000001"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    retention.ms           | 7775999999     | custody.collateral.v1 keeps records 7775999999 ms, less than the 7776000000 ms that are promised
                    retention.bytes        | 1000000        | custody.collateral.v1 has retention.bytes=1000000 instead of retention.bytes=-1
                    cleanup.policy         | compact        | custody.collateral.v1 has cleanup.policy=compact instead of cleanup.policy=delete
                    cleanup.policy         | compact,delete | custody.collateral.v1 has cleanup.policy=compact,delete instead of cleanup.policy=delete
                    message.timestamp.type | CreateTime     | custody.collateral.v1 has message.timestamp.type=CreateTime instead of message.timestamp.type=LogAppendTime
                    """)
    void seesASettingThatBreaksThePromise(String key, String value, String problem) {
        assertThat(problems(Map.of(key, value))).containsExactly(problem);
    }

    @Test
    void theJournalMayNotBeDeletedHoweverLateItWouldBe() {
        Topic journal = TopicCatalogue.JOURNAL;

        assertThat(inspection(journal, 24, 3, Map.of("cleanup.policy", "delete"))
                        .problems(journal, SETTINGS))
                .containsExactly("ledger.journal.v1 has cleanup.policy=delete instead of cleanup.policy=");
    }

    @Test
    void reportsAllProblemsTogether() {
        Topic topic = TopicCatalogue.COLLATERAL;

        assertThat(inspection(topic, 23, 1, Map.of("cleanup.policy", "", "retention.ms", "1"))
                        .problems(topic, SETTINGS))
                .containsExactly(
                        "custody.collateral.v1 has 23 partitions instead of 24; records would meet the wrong task",
                        "custody.collateral.v1 has 1 copies of a partition instead of 3",
                        "custody.collateral.v1 has cleanup.policy= instead of cleanup.policy=delete",
                        "custody.collateral.v1 keeps records 1 ms, less than the 7776000000 ms that are promised");
    }

    private static Iterable<String> problems(Map<String, String> changes) {
        Topic topic = TopicCatalogue.COLLATERAL;
        return inspection(topic, 24, 3, changes).problems(topic, SETTINGS);
    }

    private static TopicInspection inspection(Topic topic, int partitions, int replicas, Map<String, String> changes) {
        Map<String, String> configuration = new HashMap<>(topic.configuration());
        configuration.put("retention.bytes", "-1");
        configuration.putAll(changes);
        return new TopicInspection(partitions, replicas, configuration);
    }
}
