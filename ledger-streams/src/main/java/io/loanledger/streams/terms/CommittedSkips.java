package io.loanledger.streams.terms;

import io.loanledger.events.OperatorSkip;
import io.loanledger.events.approval.OperatorKeys;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.task.OperatorSkips;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The orders to skip records that stand in {@code lending.terms.v1} when an instance starts. They are read before its tasks are:
 * a record that stops a task may come before the order, and would stop the instance at every start.
 */
public final class CommittedSkips {
    private static final Logger LOG = LoggerFactory.getLogger(CommittedSkips.class);

    private CommittedSkips() {}

    /** Gives every committed order to {@code skips}, which judges it. */
    public static void read(KafkaConnectionSettings kafka, SchemaRegistry registry, OperatorSkips skips) {
        RecordReader reader = new RecordReader(registry);
        CommittedReading.readAll(kafka, new TopicPartition(TopicCatalogue.TERMS.name(), 0), 0, record -> {
            switch (reader.read(TopicCatalogue.TERMS, record.value())) {
                case Decoded.Readable readable -> {
                    if (readable.value() instanceof OperatorSkip order) {
                        OperatorKeys.Verdict verdict = skips.accept(order);
                        if (verdict != OperatorKeys.Verdict.APPROVED) {
                            LOG.error("the order to skip at offset {} is not followed: {}", record.offset(), verdict);
                        }
                    }
                }
                case Decoded.Unreadable unreadable -> {} // the fan-out sets it aside
                case Decoded.Unavailable unavailable -> throw new RegistryAway(unavailable.cause());
            }
        });
        LOG.info("{} records are to be skipped by order of operators", skips.size());
    }
}
