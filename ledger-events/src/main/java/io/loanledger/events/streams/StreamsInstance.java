package io.loanledger.events.streams;

import io.loanledger.events.settings.KafkaConnectionSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One instance of a Kafka Streams service, as its operator sets it up.
 *
 * @param applicationId names the group, the changelogs and the transactions; outlives the process and never changes
 * @param instanceId this instance's lasting name within the group
 * @param kafka how to reach the brokers
 * @param stateDirectory where its stores are kept; has to last
 * @param threads stream threads
 * @param standbys copies of each store on other instances
 * @param replicationFactor of the changelogs
 * @param rocksDbMegabytes bound of the memory that all stores share
 * @param commitEvery longest time between two commits while there is something to commit
 */
public record StreamsInstance(
        String applicationId,
        String instanceId,
        KafkaConnectionSettings kafka,
        Path stateDirectory,
        int threads,
        int standbys,
        int replicationFactor,
        int rocksDbMegabytes,
        Duration commitEvery) {}
