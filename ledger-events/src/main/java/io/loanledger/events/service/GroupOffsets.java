package io.loanledger.events.service;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;

/** What a lag is computed from, asked of the broker anew at each call. Not thread-safe. */
interface GroupOffsets extends AutoCloseable {

    /**
     * Where a group stands in every partition of its topics.
     *
     * @param next offset that the group reads next: its committed one, or the log's first without a commit
     * @param stable last stable offset: end of what a read_committed consumer may read
     * @param end end of the log
     */
    record Position(long next, long stable, long end) {}

    /** A record that the group has not read. */
    record Unread(long offset, long appendedAtMillis) {}

    Map<TopicPartition, Position> positions() throws InterruptedException, ExecutionException, TimeoutException;

    /**
     * The first committed record at or after each offset. A partition is absent when there is none up to its last stable offset, which is
     * usual: markers of transactions take offsets too.
     *
     * @return the records found, and the partitions for which the time given did not suffice
     */
    Answer firstUnread(Map<TopicPartition, Position> behind, Duration atMost);

    /** See {@link #firstUnread}. */
    record Answer(Map<TopicPartition, Unread> found, Set<TopicPartition> unanswered) {}

    @Override
    void close();
}
