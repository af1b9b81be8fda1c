package io.loanledger.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.events.service.TransactionVersionCheck;
import io.loanledger.local.net.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {

    private static final String TOPIC = "kept";

    @TempDir
    Path folder;

    @Test
    void keepsCommittedRecordsOverARestartOnAnotherPort() throws Exception {
        try (var first = EmbeddedKafka.onFreePort(folder.resolve("kafka"))) {
            first.start();
            first.start();
            createTopic(first.bootstrapServers());
            writeInTransaction(first.bootstrapServers(), "before", true);
            writeInTransaction(first.bootstrapServers(), "aborted", false);
        }
        try (var second = new EmbeddedKafka(folder.resolve("kafka"), FreePorts.one())) {
            second.start();
            writeInTransaction(second.bootstrapServers(), "after", true);
            assertThat(readCommitted(second.bootstrapServers(), 2)).containsExactly("before", "after");
            closeTwice(second);
            second.start();
            assertThat(readCommitted(second.bootstrapServers(), 2)).containsExactly("before", "after");
        }
    }

    @Test
    void makesNoTopicThatNobodyAskedFor() {
        try (var broker = EmbeddedKafka.onFreePort(folder.resolve("kafka"))) {
            broker.start();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                assertThatThrownBy(() -> admin.describeTopics(List.of("misspelt"))
                                .allTopicNames()
                                .get())
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
            }
        }
    }

    @Test
    void saysWhatToDoAboutBrokersWithWeakerTransactions() {
        assertThat(TransactionVersionCheck.refusal((short) 1))
                .contains(
                        "transaction.version 1",
                        "needs 2",
                        "kafka-features.sh upgrade --feature transaction.version=2");
    }

    @Test
    void refusesBrokersThatDoNotAnswer() {
        Map<String, Object> nobody = Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + FreePorts.one(),
                "default.api.timeout.ms",
                500,
                "request.timeout.ms",
                500);
        assertThatThrownBy(() -> TransactionVersionCheck.require(nobody))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not say");
    }

    private static void closeTwice(EmbeddedKafka broker) {
        broker.close();
        broker.close();
    }

    private static void createTopic(String brokers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static void writeInTransaction(String brokers, String value, boolean commit) {
        Map<String, Object> settings = Map.of("bootstrap.servers", brokers, "transactional.id", "writer");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var sent = producer.send(new ProducerRecord<>(TOPIC, value));
            producer.flush();
            assertThat(sent).isDone();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private static List<String> readCommitted(String brokers, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", brokers, "isolation.level", "read_committed", "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            consumer.seekToBeginning(consumer.assignment());
            var values = new ArrayList<String>();
            long giveUpAt = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (values.size() < count && System.nanoTime() < giveUpAt) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    values.add(record.value());
                }
            }
            return values;
        }
    }
}
