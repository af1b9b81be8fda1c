package io.loanledger.local.demo;

import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a service has committed what it reads, asked of the broker. For one thread.
 *
 * <p>Offsets count the markers of transactions too, and a group never commits past a trailing marker: a service that has read
 * everything may stand {@value #MARKERS} offsets before the end of each partition.
 */
final class GroupProgress implements AutoCloseable {

    /** A committed transaction ends in one marker. */
    private static final int MARKERS = 1;

    private static final long REQUEST_SECONDS = 15;
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Admin admin;

    GroupProgress(KafkaConnectionSettings connection) {
        this.admin = Admin.create(connection.clientProperties());
    }

    /**
     * Waits until the group stands at most {@code behind} offsets, beside markers, before the present end of the topic's partitions.
     *
     * @return whether that came in time
     */
    boolean await(String group, Topic topic, int partitions, long behind, Duration deadline)
            throws InterruptedException {
        long giveUpAt = System.nanoTime() + deadline.toNanos();
        Map<TopicPartition, Long> ends = ends(topic, partitions);
        while (!isCaughtUp(group, ends, behind)) {
            if (System.nanoTime() > giveUpAt) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
        return true;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }

    private boolean isCaughtUp(String group, Map<TopicPartition, Long> ends, long behind) throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = answer(() -> admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(REQUEST_SECONDS, TimeUnit.SECONDS));
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata at = committed.get(end.getKey());
            long next = at == null ? 0 : at.offset();
            return end.getValue() - next <= behind + MARKERS || end.getValue() == 0;
        });
    }

    private Map<TopicPartition, Long> ends(Topic topic, int partitions) throws InterruptedException {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        for (int number = 0; number < partitions; number++) {
            asked.put(new TopicPartition(topic.name(), number), OffsetSpec.latest());
        }
        var ends = new HashMap<TopicPartition, Long>();
        answer(() -> admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all()
                        .get(REQUEST_SECONDS, TimeUnit.SECONDS))
                .forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    private interface Question<T> {
        T ask() throws ExecutionException, TimeoutException, InterruptedException;
    }

    private static <T> T answer(Question<T> question) throws InterruptedException {
        try {
            return question.ask();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the broker did not say how far a service is", e);
        }
    }

    /** Topics of which a service must have read everything before the demo may call itself drained. */
    record Readings(String group, List<Topic> topics) {}
}
