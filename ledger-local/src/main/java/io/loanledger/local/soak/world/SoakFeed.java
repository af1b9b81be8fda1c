package io.loanledger.local.soak.world;

import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.topic.ReaderThread;
import io.loanledger.local.topic.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The thread of a simulated party that lives through everything a soak does to its surroundings: bytes that cannot be read are passed
 * over, and while the registry is away it waits where it is.
 */
final class SoakFeed extends ReaderThread<byte[], byte[]> {

    private static final Duration REGISTRY_PAUSE = Duration.ofMillis(200);

    private final RecordReader records;

    SoakFeed(TopicReader reader, KafkaConnectionSettings connection, SchemaRegistry registry) {
        super(reader, connection, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.records = new RecordReader(registry);
    }

    @Override
    protected void hand(
            ConsumerRecords<byte[], byte[]> polled, TopicReader reader, KafkaConsumer<byte[], byte[]> consumer) {
        for (TopicPartition partition : polled.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
                Optional<Topic> topic = TopicCatalogue.byName(record.topic());
                Decoded decoded = records.read(topic.orElseThrow(), record.value());
                if (decoded instanceof Decoded.Readable readable) {
                    reader.received(withValue(record, readable.value()));
                } else if (decoded instanceof Decoded.Unavailable) {
                    consumer.seek(partition, record.offset());
                    pause();
                    break;
                }
            }
        }
    }

    private static ConsumerRecord<String, SpecificRecord> withValue(
            ConsumerRecord<byte[], byte[]> record, SpecificRecord value) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        return new ConsumerRecord<>(record.topic(), record.partition(), record.offset(), key, value);
    }

    private static void pause() {
        try {
            Thread.sleep(REGISTRY_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
