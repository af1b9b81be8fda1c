package io.loanledger.events.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the project promises about one topic. {@link TopicCatalogue} holds them all; nothing else writes a topic's name.
 *
 * @param name the topic's name, with the version of its meaning; it outlives the code
 * @param key what the record's key is, always plain UTF-8
 * @param values the records it may carry; empty if it carries bytes as they came
 * @param partitions how the number of partitions is found
 * @param retention how long a record can be read at least
 * @param time what a record's timestamp is
 * @param writer who may write, and nobody else: the broker's ACLs follow it
 * @param doc one sentence
 */
public record Topic(
        String name,
        KeyKind key,
        List<Class<? extends SpecificRecord>> values,
        Partitions partitions,
        Retention retention,
        Time time,
        Party writer,
        String doc) {

    /** What a key names. */
    public enum KeyKind {
        LOAN("loan id"),
        MARKET("market"),
        TERMS_SUBJECT("product or market"),
        OUTPOINT("proof of collateral"),
        OWN_PARTITION("market, sent to the writer's own partition"),
        AS_IT_CAME("as it came");

        private final String title;

        KeyKind(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** How many partitions. */
    public enum Partitions {
        /** The one count that all topics share which one task reads together; it can never change. */
        SHARED,
        /** A single partition: its records have one order. */
        ONE;

        /** The count, given the shared one. */
        public int count(int shared) {
            return switch (this) {
                case SHARED -> shared;
                case ONE -> 1;
            };
        }
    }

    /** How long a record can be read at least. */
    public sealed interface Retention {
        /** Never deleted: an empty cleanup policy. */
        record Forever() implements Retention {}

        /** Deleted after this time at the earliest. */
        record AtLeast(Duration time) implements Retention {
            public AtLeast {
                if (time.toMillis() <= 0) {
                    throw new IllegalArgumentException("a retention is more than zero: " + time);
                }
            }
        }
    }

    /** What a record's timestamp is. */
    public enum Time {
        /** The broker's clock when it took the record: what the ledger calls append time. */
        APPENDED("LogAppendTime"),
        /** What the writer says, because it hands an older append time on. */
        HANDED_ON("CreateTime");

        private final String kafkaName;

        Time(String kafkaName) {
            this.kafkaName = kafkaName;
        }

        /** Kafka's name of it, the value of {@code message.timestamp.type}. */
        public String kafkaName() {
            return kafkaName;
        }
    }

    /** Who writes. */
    public enum Party {
        CUSTODY("custody systems"),
        ORIGINATION("loan origination"),
        RISK_TEAM("the lender's risk team; ledger-streams, to engage the kill switch"),
        PAYMENTS("payment systems"),
        TERMS_FAN_OUT("the fan-out of the terms"),
        PRICE_FEED("price-ingest, or an outside feed"),
        PRICE_INGEST("price-ingest"),
        LEDGER_STREAMS("ledger-streams"),
        LIQUIDATION_PROCESSOR("liquidation-processor"),
        TRADING_DESK("trading desks"),
        EVERY_SERVICE("every service");

        private final String title;

        Party(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    public Topic {
        values = List.copyOf(values);
        if (!name.matches("[a-z-]+\\.[a-z-]+\\.v[1-9][0-9]*")) {
            throw new IllegalArgumentException("not of the form area.subject.v1: " + name);
        }
    }

    /** Whether this record may stand in this topic. */
    public boolean carries(Class<?> type) {
        return values.contains(type);
    }

    /** Kafka's settings of the topic that hold the promise, as the broker shows them. */
    public Map<String, String> configuration() {
        Map<String, String> configuration = new TreeMap<>();
        configuration.put("message.timestamp.type", time.kafkaName());
        switch (retention) {
            case Retention.Forever forever -> {
                configuration.put("cleanup.policy", "");
                configuration.put("retention.ms", "-1");
            }
            case Retention.AtLeast least -> {
                configuration.put("cleanup.policy", "delete");
                configuration.put("retention.ms", Long.toString(least.time().toMillis()));
            }
        }
        return configuration;
    }

    /** The subject under which a record of this topic is registered: topic, hyphen, the record's full name. */
    public String subject(Class<? extends SpecificRecord> type) {
        if (!carries(type)) {
            throw new IllegalArgumentException(name + " does not carry " + type.getSimpleName());
        }
        return name + "-" + type.getName();
    }

    /** Every subject of this topic, in the order of its values. */
    public List<String> subjects() {
        List<String> subjects = new ArrayList<>();
        values.forEach(type -> subjects.add(subject(type)));
        return subjects;
    }
}
