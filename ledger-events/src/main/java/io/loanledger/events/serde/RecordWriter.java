package io.loanledger.events.serde;

import io.loanledger.events.topic.Topic;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes bytes in Confluent's wire format out of a record of the contract. It never asks the registry: the ids are known from the
 * start.
 *
 * <p>For one thread, because it uses one buffer again and again: a Streams processor holds its own. The ids may be shared.
 */
public final class RecordWriter {

    private final SchemaIds ids;
    private final RecordEncoder encoder = new RecordEncoder();

    public RecordWriter(SchemaIds ids) {
        this.ids = ids;
    }

    /**
     * The record's value, as it is to stand in this topic. What is refused here is a fault in the program, never in the data.
     *
     * @throws IllegalArgumentException if the topic does not carry the record, or if an enum in it is UNKNOWN
     */
    public byte[] bytes(Topic topic, SpecificRecord record) {
        if (!topic.carries(record.getClass())) {
            throw new IllegalArgumentException(
                    topic.name() + " does not carry " + record.getClass().getSimpleName());
        }
        return encoder.encode(ids.of(record.getClass()), record);
    }
}
