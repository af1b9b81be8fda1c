package io.loanledger.liquidation;

import io.loanledger.events.topic.Topic;
import org.apache.kafka.streams.processor.api.Record;

/** The record under way and where it stood. */
record Arrival(Topic topic, int partition, long offset, Record<byte[], byte[]> record) {}
