package io.loanledger.events.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares what a broker says about a topic with what the catalogue promises. Pure: it asks nobody.
 *
 * @param partitions how many there are
 * @param replicas copies of the partition that has fewest
 * @param configuration Kafka's settings of the topic, defaults of the broker included
 */
record TopicInspection(int partitions, int replicas, Map<String, String> configuration) {

    private static final String UNLIMITED = "-1";

    TopicInspection {
        configuration = Map.copyOf(configuration);
    }

    /** One sentence for each promise that is not kept. */
    List<String> problems(Topic topic, TopicSettings settings) {
        List<String> problems = new ArrayList<>();
        int promised = topic.partitions().count(settings.sharedPartitions());
        if (partitions != promised) {
            problems.add("%s has %d partitions instead of %d; records would meet the wrong task"
                    .formatted(topic.name(), partitions, promised));
        }
        if (replicas < settings.replicationFactor()) {
            problems.add("%s has %d copies of a partition instead of %d"
                    .formatted(topic.name(), replicas, settings.replicationFactor()));
        }
        expect(topic, "message.timestamp.type", topic.time().kafkaName(), problems);
        switch (topic.retention()) {
            case Topic.Retention.Forever forever -> expect(topic, "cleanup.policy", "", problems);
            case Topic.Retention.AtLeast least -> {
                expect(topic, "cleanup.policy", "delete", problems);
                expect(topic, "retention.bytes", UNLIMITED, problems);
                String kept = setting("retention.ms");
                if (!kept.equals(UNLIMITED)
                        && Long.parseLong(kept) < least.time().toMillis()) {
                    problems.add("%s keeps records %s ms, less than the %d ms that are promised"
                            .formatted(topic.name(), kept, least.time().toMillis()));
                }
            }
        }
        return problems;
    }

    private void expect(Topic topic, String key, String value, List<String> problems) {
        if (!setting(key).equals(value)) {
            problems.add("%s has %s=%s instead of %s=%s".formatted(topic.name(), key, setting(key), key, value));
        }
    }

    private String setting(String key) {
        return configuration.getOrDefault(key, "");
    }
}
