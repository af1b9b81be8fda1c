package io.loanledger.benchmarks.world;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** How far a consumer group has committed what it reads, which under exactly-once is how far its results can be seen. */
public final class GroupDrain {

    private static final long PAUSE_MILLIS = 10;

    /** The marker of a partition's last transaction lies behind its last record; a group may not have passed it yet. */
    private static final long MARKER = 1;

    private final Admin admin;
    private final String group;

    public GroupDrain(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /** Waits until everything committed in these topics has been worked off, and nothing more came meanwhile. */
    public void awaitQuiet(Collection<String> topics, Duration patience) throws InterruptedException {
        long giveUpAt = System.nanoTime() + patience.toNanos();
        int calm = 0;
        while (calm < 3) {
            Map<TopicPartition, Long> ends = ends(topics);
            calm = behind(ends) == 0 ? calm + 1 : 0;
            giveUp(giveUpAt, "not at the end of " + topics);
            Thread.sleep(20 * PAUSE_MILLIS);
        }
    }

    /** Waits until the group has committed up to these offsets. */
    public void await(Map<TopicPartition, Long> targets, Duration patience) throws InterruptedException {
        long giveUpAt = System.nanoTime() + patience.toNanos();
        while (behind(targets) > 0) {
            giveUp(giveUpAt, "not at " + targets);
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void giveUp(long giveUpAt, String what) throws InterruptedException {
        if (System.nanoTime() > giveUpAt) {
            throw new IllegalStateException(group + " is " + what + " in time, but at " + committed());
        }
    }

    private long behind(Map<TopicPartition, Long> targets) throws InterruptedException {
        Map<TopicPartition, Long> committed = committed();
        return targets.entrySet().stream()
                .mapToLong(target -> Math.max(0, target.getValue() - committed.getOrDefault(target.getKey(), 0L)))
                .sum();
    }

    private Map<TopicPartition, Long> committed() throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, Long> committed = new HashMap<>();
            offsets.forEach((partition, offset) -> {
                if (offset != null) {
                    committed.put(partition, offset.offset());
                }
            });
            return committed;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot read the offsets of " + group, e.getCause());
        }
    }

    /** The ends of what has been committed, less a marker. */
    private Map<TopicPartition, Long> ends(Collection<String> topics) throws InterruptedException {
        try {
            Map<String, TopicDescription> descriptions =
                    admin.describeTopics(topics).allTopicNames().get();
            List<TopicPartition> partitions = descriptions.values().stream()
                    .flatMap(topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .toList();
            Map<TopicPartition, OffsetSpec> wanted =
                    partitions.stream().collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest()));
            Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> found = admin.listOffsets(
                            wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get();
            Map<TopicPartition, Long> ends = new HashMap<>();
            found.forEach((partition, info) -> ends.put(partition, info.offset() - MARKER));
            return ends;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot read the ends of " + topics, e.getCause());
        }
    }
}
