package io.loanledger.local.topic;

import io.loanledger.events.serde.LedgerAvroDeserializer;
import io.loanledger.events.settings.KafkaConnectionSettings;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads with the public deserializer, as any party would; a record that cannot be read ends it. */
public final class TopicFeed extends ReaderThread<String, SpecificRecord> {

    public TopicFeed(TopicReader reader, KafkaConnectionSettings connection) {
        super(reader, connection, new StringDeserializer(), values(connection));
    }

    private static Deserializer<SpecificRecord> values(KafkaConnectionSettings connection) {
        LedgerAvroDeserializer deserializer = new LedgerAvroDeserializer();
        deserializer.configure(Map.copyOf(connection.registryProperties()), false);
        return deserializer;
    }

    @Override
    protected void hand(
            ConsumerRecords<String, SpecificRecord> polled,
            TopicReader reader,
            KafkaConsumer<String, SpecificRecord> consumer) {
        for (ConsumerRecord<String, SpecificRecord> record : polled) {
            reader.received(record);
        }
    }
}
