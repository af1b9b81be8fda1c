package io.loanledger.local.topic;

import io.loanledger.events.topic.Topic;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Somebody who reads public topics; a {@link TopicFeed} calls it, always from one thread. */
public interface TopicReader {

    /** For the thread's name and for messages. */
    String name();

    /** What it reads. */
    List<Topic> reads();

    /** One committed record. */
    void received(ConsumerRecord<String, SpecificRecord> read);

    /** Called some 20 times a second and after what was read: time to do what is due. */
    default void attend() {}
}
