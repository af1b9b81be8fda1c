package io.loanledger.streams.wire;

import io.loanledger.events.topic.Topic;
import org.apache.avro.specific.SpecificRecord;

/** A record for the world outside, or for another task. */
public record Outbound(Topic topic, String key, SpecificRecord value) {}
