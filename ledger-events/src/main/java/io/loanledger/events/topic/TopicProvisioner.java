package io.loanledger.events.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Brings topics into being, or checks them, before a service starts.
 *
 * <p>It refuses what would go wrong in silence: another number of partitions (Streams would run with the wrong tasks), a cleanup
 * policy that deletes or compacts what is promised to stay, a shorter retention. All problems of all topics are reported together.
 * When it returns, every partition has a leader that answers: an idempotent producer on a topic made a moment ago can otherwise be
 * refused for good.
 *
 * <p>Several services may do this at the same time. Throws {@link KafkaException} if the brokers do not answer in time.
 */
public final class TopicProvisioner {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Admin admin;
    private final TopicSettings settings;
    private final Duration patience;

    /**
     * @param patience how long to wait for new topics to answer on all their partitions
     */
    public TopicProvisioner(Admin admin, TopicSettings settings, Duration patience) {
        this.admin = admin;
        this.settings = settings;
        this.patience = patience;
    }

    /**
     * Does what {@link TopicSettings#startup} says.
     *
     * @throws TopicsRefused with every promise that is not kept
     */
    public void provision(Collection<Topic> topics) {
        switch (settings.startup()) {
            case CREATE -> createMissing(topics);
            case CHECK -> {}
        }
        check(topics);
        awaitLeaders(topics);
    }

    /** Checks and changes nothing. */
    public void check(Collection<Topic> topics) {
        Map<Topic, TopicDescription> found = describe(topics);
        Map<String, Map<String, String>> configurations = configurations(found.keySet());
        List<String> problems = new ArrayList<>();
        for (Topic topic : topics) {
            TopicDescription description = found.get(topic);
            if (description == null) {
                problems.add(topic.name() + " does not exist");
                continue;
            }
            int replicas = description.partitions().stream()
                    .mapToInt(partition -> partition.replicas().size())
                    .min()
                    .orElse(0);
            Map<String, String> configuration = configurations.getOrDefault(topic.name(), Map.of());
            problems.addAll(new TopicInspection(description.partitions().size(), replicas, configuration)
                    .problems(topic, settings));
        }
        if (!problems.isEmpty()) {
            throw new TopicsRefused(problems);
        }
    }

    private void createMissing(Collection<Topic> topics) {
        Map<Topic, TopicDescription> found = describe(topics);
        List<NewTopic> missing = new ArrayList<>();
        for (Topic topic : topics) {
            if (!found.containsKey(topic)) {
                Map<String, String> configuration = new TreeMap<>(topic.configuration());
                configuration.put("min.insync.replicas", settings.replicationFactor() > 2 ? "2" : "1");
                missing.add(new NewTopic(
                                topic.name(),
                                topic.partitions().count(settings.sharedPartitions()),
                                settings.replicationFactor())
                        .configs(configuration));
            }
        }
        admin.createTopics(missing)
                .values()
                .values()
                .forEach(created -> answer(created, TopicExistsException.class)); // another service may have been first
        eventually("the new topics are known", () -> describe(topics).size() == topics.size());
    }

    private void awaitLeaders(Collection<Topic> topics) {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (Topic topic : topics) {
            for (int number = 0; number < topic.partitions().count(settings.sharedPartitions()); number++) {
                partitions.put(new TopicPartition(topic.name(), number), OffsetSpec.latest());
            }
        }
        eventually(
                "every partition answers",
                () -> answer(admin.listOffsets(partitions).all(), RetriableException.class)
                        .isPresent());
    }

    private Map<Topic, TopicDescription> describe(Collection<Topic> topics) {
        Map<String, KafkaFuture<TopicDescription>> answers =
                admin.describeTopics(topics.stream().map(Topic::name).toList()).topicNameValues();
        Map<Topic, TopicDescription> found = new HashMap<>();
        for (Topic topic : topics) {
            KafkaFuture<TopicDescription> described = answers.get(topic.name());
            if (described != null) {
                answer(described, UnknownTopicOrPartitionException.class)
                        .ifPresent(description -> found.put(topic, description));
            }
        }
        return found;
    }

    private Map<String, Map<String, String>> configurations(Collection<Topic> topics) {
        List<ConfigResource> asked = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
                .toList();
        Map<ConfigResource, Config> found = answer(
                        admin.describeConfigs(asked).all(), UnknownTopicOrPartitionException.class)
                .orElse(Map.of());
        Map<String, Map<String, String>> configurations = new HashMap<>();
        found.forEach((resource, config) -> {
            Map<String, String> values = new HashMap<>();
            config.entries().forEach(entry -> values.put(entry.name(), entry.value() == null ? "" : entry.value()));
            configurations.put(resource.name(), values);
        });
        return configurations;
    }

    private void eventually(String what, Supplier<Boolean> holds) {
        long start = System.nanoTime();
        while (!holds.get()) {
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new KafkaException("after " + patience + " it does not hold that " + what);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException interrupted) {
                throw new InterruptException(interrupted);
            }
        }
    }

    /** The brokers' answer; empty if it is the expected failure or one of its kind. Every other failure is thrown. */
    private static <T> Optional<T> answer(KafkaFuture<T> future, Class<? extends KafkaException> expected) {
        try {
            return Optional.ofNullable(future.get());
        } catch (ExecutionException failed) {
            if (expected.isInstance(failed.getCause())) {
                return Optional.empty();
            }
            throw failed.getCause() instanceof KafkaException known ? known : new KafkaException(failed.getCause());
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }
}
