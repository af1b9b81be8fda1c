package io.loanledger.local.topic;

import io.loanledger.events.topic.Topic;
import org.apache.avro.specific.SpecificRecord;

/** Where a party puts what it has to say. */
@FunctionalInterface
public interface RecordSink {

    /** Takes the record; records of one key keep their order. */
    void send(Topic topic, String key, SpecificRecord record);
}
