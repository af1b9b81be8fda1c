package io.loanledger.local.soak.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** What the brokers say about themselves, asked while they may be in any state. For one thread. */
public final class ClusterState {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final long REQUEST_SECONDS = 10;
    private static final String TRANSACTIONS = "__transaction_state";
    private static final String OFFSETS = "__consumer_offsets";

    private final Admin admin;

    public ClusterState(Admin admin) {
        this.admin = admin;
    }

    /** Waits until so many brokers answer; whether they do in time. */
    public boolean awaitBrokers(int count, Duration patience) throws InterruptedException {
        return await(
                patience,
                () -> answer(admin.describeCluster().nodes())
                        .filter(nodes -> nodes.size() >= count)
                        .isPresent());
    }

    /** Waits until every replica of every partition is in sync; whether that comes in time. */
    public boolean awaitInSync(Duration patience) throws InterruptedException {
        return await(patience, () -> {
            Optional<Map<String, TopicDescription>> topics = answer(
                            admin.listTopics(new ListTopicsOptions().listInternal(true))
                                    .names())
                    .flatMap(names -> answer(admin.describeTopics(names).allTopicNames()));
            return topics.isPresent()
                    && topics.get().values().stream()
                            .flatMap(topic -> topic.partitions().stream())
                            .allMatch(partition -> partition.isr().size()
                                    == partition.replicas().size());
        });
    }

    /**
     * Moves the coordinators of all transactions and groups from their broker to another, while all brokers run: the order of each partition's replicas
     * is turned by one, then the first of them is elected.
     *
     * @return how many partitions have another leader now
     */
    public int turnCoordinators() throws InterruptedException {
        Map<TopicPartition, Integer> before = coordinatorLeaders();
        Map<TopicPartition, Optional<NewPartitionReassignment>> turned = new HashMap<>();
        for (TopicDescription topic : answer(
                        admin.describeTopics(List.of(TRANSACTIONS, OFFSETS)).allTopicNames())
                .orElse(Map.of())
                .values()) {
            for (TopicPartitionInfo partition : topic.partitions()) {
                List<Integer> replicas = new ArrayList<>(
                        partition.replicas().stream().map(Node::id).toList());
                replicas.add(replicas.removeFirst());
                turned.put(
                        new TopicPartition(topic.name(), partition.partition()),
                        Optional.of(new NewPartitionReassignment(replicas)));
            }
        }
        boolean asked = answer(admin.alterPartitionReassignments(turned).all().thenApply(none -> true))
                .isPresent();
        boolean settled = asked
                && await(
                        Duration.ofSeconds(30),
                        () -> answer(admin.listPartitionReassignments().reassignments())
                                .filter(Map::isEmpty)
                                .isPresent());
        if (!settled) {
            return 0;
        }
        boolean elected = answer(admin.electLeaders(ElectionType.PREFERRED, turned.keySet())
                        .partitions())
                .isPresent();
        Map<TopicPartition, Integer> after = coordinatorLeaders();
        return elected
                ? (int) before.entrySet().stream()
                        .filter(leader -> !leader.getValue().equals(after.get(leader.getKey())))
                        .count()
                : 0;
    }

    /** Records of these topics that a group has not committed yet, transaction markers included; empty when the brokers do not say. */
    public Optional<Long> lag(String group, Collection<String> topics) {
        Optional<Map<TopicPartition, Long>> committed = answer(
                        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .map(found -> {
                    Map<TopicPartition, Long> offsets = new HashMap<>();
                    found.forEach((partition, offset) -> {
                        if (offset != null && topics.contains(partition.topic())) {
                            offsets.put(partition, offset.offset());
                        }
                    });
                    return offsets;
                });
        if (committed.isEmpty()) {
            return Optional.empty();
        }
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        committed.get().keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        return answer(admin.listOffsets(asked).all())
                .map(ends -> ends.entrySet().stream()
                        .mapToLong(end -> Math.max(
                                0, end.getValue().offset() - committed.get().getOrDefault(end.getKey(), 0L)))
                        .sum());
    }

    private Map<TopicPartition, Integer> coordinatorLeaders() {
        Map<TopicPartition, Integer> leaders = new HashMap<>();
        answer(admin.describeTopics(List.of(TRANSACTIONS, OFFSETS)).allTopicNames())
                .orElse(Map.of())
                .values()
                .forEach(topic -> topic.partitions().forEach(partition -> {
                    if (partition.leader() != null) {
                        leaders.put(
                                new TopicPartition(topic.name(), partition.partition()),
                                partition.leader().id());
                    }
                }));
        return leaders;
    }

    private interface Condition {
        boolean holds();
    }

    private static boolean await(Duration patience, Condition condition) throws InterruptedException {
        long giveUpAt = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > giveUpAt) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
        return true;
    }

    /** Empty when the brokers refuse or do not answer in time: they are under faults. */
    private static <T> Optional<T> answer(KafkaFuture<T> future) {
        try {
            return Optional.ofNullable(future.get(REQUEST_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException noAnswer) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
