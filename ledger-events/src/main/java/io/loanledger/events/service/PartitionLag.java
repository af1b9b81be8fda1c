package io.loanledger.events.service;

import org.apache.kafka.common.TopicPartition;

/**
 * How far a consumer group is behind in one partition, at one moment.
 *
 * @param records committed offsets not yet read, up to the last stable offset
 * @param seconds age by append time of the oldest of them; 0 when there is none, NaN when it could not be fetched in time
 * @param openTransactionRecords offsets between the last stable offset and the end
 * @param openTransactionSeconds how long the last stable offset has stood still behind the end
 */
record PartitionLag(
        TopicPartition partition,
        long records,
        double seconds,
        long openTransactionRecords,
        double openTransactionSeconds) {}
