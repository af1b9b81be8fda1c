package io.loanledger.liquidation;

import io.loanledger.events.header.Origin;
import io.loanledger.events.topic.Topic;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The record under way and where it stood at first.
 *
 * @param strayed whether it has come by the topic of strayed records: topic, partition and offset are then those of its origin
 */
record Arrival(Topic topic, int partition, long offset, boolean strayed, Record<byte[], byte[]> record) {
    Origin origin() {
        return new Origin(topic.name(), partition, offset, record.timestamp());
    }

    /** A record among the strayed ones, as it was where it stood at first; empty when its headers do not say where that was. */
    Optional<Arrival> fromOrigin() {
        return Origin.readFrom(record.headers())
                .filter(origin -> LiquidationTopology.KEYED.stream()
                        .anyMatch(topic -> topic.name().equals(origin.topic())))
                .map(origin -> new Arrival(
                        LiquidationTopology.KEYED.stream()
                                .filter(topic -> topic.name().equals(origin.topic()))
                                .findFirst()
                                .orElseThrow(),
                        origin.partition(),
                        origin.offset(),
                        true,
                        record.withTimestamp(origin.appendTime())));
    }
}
