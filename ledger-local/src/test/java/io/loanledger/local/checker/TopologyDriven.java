package io.loanledger.local.checker;

import io.loanledger.events.approval.OperatorKeys;
import io.loanledger.events.service.ObservabilitySettings;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.streams.StreamsProperties;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicSettings;
import io.loanledger.streams.LedgerTopology;
import io.loanledger.streams.service.LedgerSettings;
import io.loanledger.streams.task.TaskParts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The ledger's whole topology in Kafka's test driver: what it writes to itself is read at once. */
record TopologyDriven(TopologyTestDriver driver) implements RecordedLedger.Driven {
    static TopologyDriven of(TaskParts parts, String scope, Path folder) {
        StreamsConfig config = StreamsProperties.of(new LedgerSettings(
                        KafkaConnectionSettings.plain("127.0.0.1:1", "mock://" + scope),
                        new TopicSettings(1, (short) 1, TopicSettings.Startup.CHECK),
                        new ObservabilitySettings("127.0.0.1", 1, Duration.ofSeconds(5)),
                        "test",
                        folder,
                        1,
                        0,
                        16,
                        Duration.ofMillis(20),
                        LedgerSettings.Schemas.CHECK,
                        OperatorKeys.NONE)
                .streamsInstance());
        Properties properties = new Properties();
        properties.putAll(config.originals());
        return new TopologyDriven(
                new TopologyTestDriver(LedgerTopology.build(parts, config), properties, RecordedLedger.START));
    }

    @Override
    public void take(Topic topic, TestRecord<byte[], byte[]> record) {
        driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(record);
    }

    @Override
    public List<TestRecord<byte[], byte[]>> written(Topic topic) {
        return driver.createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    @Override
    public KeyValueStore<String, byte[]> store(String name) {
        return driver.getKeyValueStore(name);
    }

    @Override
    public void close() {
        driver.close();
    }
}
