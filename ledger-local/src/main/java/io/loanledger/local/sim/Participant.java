package io.loanledger.local.sim;

import io.loanledger.events.topic.Topic;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** A party of the simulated world that reads public topics; {@link TopicFeed} calls it, always from one thread. */
public interface Participant {

    /** For the thread's name and for messages. */
    String name();

    /** What it reads. */
    List<Topic> reads();

    /** One committed record. */
    void received(String key, SpecificRecord record);

    /** Called at least 20 times a second, after what was read: time to do what is due. */
    default void attend() {}
}
