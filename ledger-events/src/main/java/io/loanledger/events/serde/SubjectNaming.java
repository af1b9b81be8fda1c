package io.loanledger.events.serde;

import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Under which subject a record's schema stands in the registry. The contract uses {@link #TOPIC_RECORD}; the others are there for
 * topics of a user's own.
 */
public enum SubjectNaming {
    /** The topic and "-value": one type for each topic. */
    TOPIC("io.confluent.kafka.serializers.subject.TopicNameStrategy") {
        @Override
        String subject(String topic, String recordName) {
            return topic + "-value";
        }
    },
    /** The record's full name: one history of the type over all topics. */
    RECORD("io.confluent.kafka.serializers.subject.RecordNameStrategy") {
        @Override
        String subject(String topic, String recordName) {
            return recordName;
        }
    },
    /** The topic, a hyphen and the record's full name: several types in a topic, each with its own history. */
    TOPIC_RECORD("io.confluent.kafka.serializers.subject.TopicRecordNameStrategy") {
        @Override
        String subject(String topic, String recordName) {
            return topic + "-" + recordName;
        }
    };

    /** Confluent's configuration key, whose values are the names of Confluent's classes or of these constants. */
    public static final String KEY = "value.subject.name.strategy";

    private final String confluentName;

    SubjectNaming(String confluentName) {
        this.confluentName = confluentName;
    }

    abstract String subject(String topic, String recordName);

    /** What a configuration asks for; {@link #TOPIC_RECORD} if it asks for nothing. */
    static SubjectNaming of(@Nullable Object configured) {
        if (configured == null) {
            return TOPIC_RECORD;
        }
        String name = configured instanceof Class<?> type ? type.getName() : configured.toString();
        for (SubjectNaming naming : values()) {
            if (naming.name().equals(name) || naming.confluentName.equals(name)) {
                return naming;
            }
        }
        throw new ConfigException(KEY, name, "expects one of Confluent's three strategies");
    }
}
