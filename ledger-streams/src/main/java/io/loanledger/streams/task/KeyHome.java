package io.loanledger.streams.task;

import org.apache.kafka.common.utils.Utils;

/**
 * Which partition a key lives in: murmur2 of its bytes, as Kafka's own producer partitions. Clients that are not Java often
 * partition otherwise, and a loan split over two tasks would be two loans.
 *
 * @param partitions the count that all loan-keyed topics share
 */
record KeyHome(int partitions) {
    int of(byte[] key) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
