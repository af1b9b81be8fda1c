package io.loanledger.ingest.feed;

import io.loanledger.events.PriceTick;
import io.loanledger.events.serde.LedgerAvroSerializer;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.TopicCatalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes ticks to the topic of ticks, keyed by market, idempotently and in order. One thread. */
public final class TickPublisher implements AutoCloseable {
    private final KafkaProducer<String, SpecificRecord> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    public TickPublisher(KafkaConnectionSettings kafka) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "loan-ledger-tick-publisher");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        LedgerAvroSerializer values = new LedgerAvroSerializer();
        values.configure(kafka.registryProperties(), false);
        this.producer = new KafkaProducer<>(properties, new StringSerializer(), values);
    }

    /**
     * Hands ticks to the producer; returns before they are written.
     *
     * @throws KafkaException when an earlier one could not be written
     */
    public void publish(List<PriceTick> ticks) {
        throwFailure();
        for (PriceTick tick : ticks) {
            ProducerRecord<String, SpecificRecord> record =
                    new ProducerRecord<>(TopicCatalogue.TICKS_OF_VENUES.name(), tick.getMarket(), tick);
            // The outcome is looked at by the callback; the answer itself adds nothing.
            var unused = producer.send(record, (written, failed) -> {
                if (failed != null) {
                    failure.compareAndSet(null, failed);
                }
            });
        }
    }

    /** Waits until everything handed over is written. */
    public void flush() {
        producer.flush();
        throwFailure();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void throwFailure() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new KafkaException("a tick could not be written", failed);
        }
    }
}
