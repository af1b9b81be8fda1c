package io.loanledger.local.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.service.LagGauges;
import io.loanledger.events.service.LedgerMeter;
import io.loanledger.local.testing.Await;
import io.loanledger.local.testing.BrokerForTests;
import io.loanledger.local.testing.BrokerForTests.Broker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lag on a real broker, where transactions leave markers and an open one hides what follows it. */
@ExtendWith(BrokerForTests.class)
class LagGaugesOnABrokerTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Broker broker;
    private final String topic;
    private final String group;
    private Admin admin;
    private LagGauges gauges;

    LagGaugesOnABrokerTest(Broker broker) {
        this.broker = broker;
        this.topic = broker.unique("lag");
        this.group = broker.unique("lag-group");
    }

    @BeforeEach
    void start() throws Exception {
        admin = Admin.create(client());
        admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        gauges = LagGauges.start(registry, client(), group, List.of(topic), Duration.ofMillis(200));
    }

    @AfterEach
    void close() {
        gauges.close();
        admin.close();
    }

    @Test
    void tellsHowManyRecordsAreUnreadAndHowOldTheOldestIs() throws Exception {
        Instant now = Instant.now();
        try (Producer<byte[], byte[]> producer = producer(Map.of())) {
            for (int age : new int[] {900, 600, 300}) {
                producer.send(at(now.minusSeconds(age), 0)).get();
            }
        }
        commit(0, 1);

        awaitGauge(LedgerMeter.LAG_RECORDS, 0, value -> value == 2);
        awaitGauge(LedgerMeter.LAG_SECONDS, 0, value -> value >= 600 && value < 900);
        commit(0, 3);
        awaitGauge(LedgerMeter.LAG_RECORDS, 0, value -> value == 0);
        awaitGauge(LedgerMeter.LAG_SECONDS, 0, value -> value == 0);
    }

    @Test
    void countsEverythingForAGroupThatHasReadNothing() throws Exception {
        try (Producer<byte[], byte[]> producer = producer(Map.of())) {
            producer.send(at(Instant.now(), 0)).get();
            producer.send(at(Instant.now(), 0)).get();
        }

        awaitGauge(LedgerMeter.LAG_RECORDS, 0, value -> value == 2);
    }

    @Test
    void doesNotCountTheMarkerOfATransaction() throws Exception {
        try (Producer<byte[], byte[]> producer = producer(Map.of("transactional.id", group))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(at(Instant.now(), 1)).get();
            producer.commitTransaction();
        }
        awaitGauge(LedgerMeter.LAG_RECORDS, 1, value -> value > 0);
        commit(1, 1);

        awaitGauge(LedgerMeter.LAG_RECORDS, 1, value -> value == 0);
    }

    @Test
    void showsAnOpenTransactionUntilItEnds() throws Exception {
        try (Producer<byte[], byte[]> producer = producer(Map.of("transactional.id", group))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(at(Instant.now(), 1)).get();

            awaitGauge(LedgerMeter.OPEN_TRANSACTION_RECORDS, 1, value -> value == 1);
            awaitGauge(LedgerMeter.OPEN_TRANSACTION_SECONDS, 1, value -> value > 0.3);
            awaitGauge(LedgerMeter.LAG_RECORDS, 1, value -> value == 0);
            producer.abortTransaction();
        }

        awaitGauge(LedgerMeter.OPEN_TRANSACTION_RECORDS, 1, value -> value == 0);
        awaitGauge(LedgerMeter.OPEN_TRANSACTION_SECONDS, 1, value -> value == 0);
        assertThat(gauge(LedgerMeter.LAG_RECORDS, 1))
                .as("an aborted record is no lag")
                .isZero();
    }

    private ProducerRecord<byte[], byte[]> at(Instant appended, int partition) {
        return new ProducerRecord<>(
                topic, partition, appended.toEpochMilli(), null, "fact".getBytes(StandardCharsets.UTF_8));
    }

    private void commit(int partition, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(
                        group, Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    private void awaitGauge(LedgerMeter meter, int partition, Predicate<Double> expected) {
        Await.until(
                () -> expected.test(gauge(meter, partition)),
                Duration.ofSeconds(60),
                () -> "%s of partition %d is %s".formatted(meter, partition, gauge(meter, partition)));
    }

    private double gauge(LedgerMeter meter, int partition) {
        Gauge gauge = registry.find(meter.prometheusName())
                .tags("group", group, "topic", topic, "partition", Integer.toString(partition))
                .gauge();
        return gauge == null ? Double.NaN : gauge.value();
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private Producer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(client());
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
