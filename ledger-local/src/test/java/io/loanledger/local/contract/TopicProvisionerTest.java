package io.loanledger.local.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.events.topic.TopicProvisioner;
import io.loanledger.events.topic.TopicSettings;
import io.loanledger.events.topic.TopicSettings.Startup;
import io.loanledger.events.topic.TopicsRefused;
import io.loanledger.local.testing.BrokerForTests;
import io.loanledger.local.testing.BrokerForTests.Broker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What start-up does to the topics of a real broker, and what it refuses to start on. */
@ExtendWith(BrokerForTests.class)
class TopicProvisionerTest {

    private static final int PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration WEEK = Duration.ofDays(7);

    @Test
    void createsEveryTopicOfTheCatalogueAndFindsNothingToRefuseAfterwards(Broker broker) {
        try (Admin admin = admin(broker)) {
            // Another test of this JVM may have made some of them, with the count that the local run has.
            provisioner(admin, BrokerForTests.PARTITIONS, Startup.CREATE).provision(TopicCatalogue.ALL);
            provisioner(admin, BrokerForTests.PARTITIONS, Startup.CREATE).provision(TopicCatalogue.ALL);
            provisioner(admin, BrokerForTests.PARTITIONS, Startup.CHECK).provision(TopicCatalogue.ALL);
        }
    }

    @Test
    void takesAnIdempotentWriteOnATopicMadeAMomentAgo(Broker broker) throws Exception {
        Topic topic = topic("provisioner.fresh.v1", new Topic.Retention.AtLeast(WEEK));
        try (Admin admin = admin(broker)) {
            provisioner(admin, PARTITIONS, Startup.CREATE).provision(List.of(topic));
        }
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                var written = producer.send(new ProducerRecord<>(topic.name(), partition, "key", "value"));
                assertThat(written.get().offset()).isZero();
            }
        }
    }

    @Test
    void refusesAnotherNumberOfPartitions(Broker broker) {
        Topic topic = topic("provisioner.miscounted.v1", new Topic.Retention.AtLeast(WEEK));
        try (Admin admin = admin(broker)) {
            create(admin, topic, PARTITIONS + 1, topic.configuration());
            assertThatThrownBy(
                            () -> provisioner(admin, PARTITIONS, Startup.CREATE).provision(List.of(topic)))
                    .isInstanceOfSatisfying(
                            TopicsRefused.class,
                            refused -> assertThat(refused.problems())
                                    .singleElement()
                                    .asString()
                                    .contains(topic.name(), "4", "3"));
        }
    }

    @Test
    void refusesAShorterRetention(Broker broker) {
        Topic topic = topic("provisioner.forgetful.v1", new Topic.Retention.AtLeast(WEEK));
        try (Admin admin = admin(broker)) {
            create(
                    admin,
                    topic,
                    PARTITIONS,
                    Map.of(
                            "message.timestamp.type", topic.time().kafkaName(),
                            "cleanup.policy", "delete",
                            "retention.ms", Long.toString(WEEK.toMillis() - 1)));
            assertThatThrownBy(
                            () -> provisioner(admin, PARTITIONS, Startup.CHECK).provision(List.of(topic)))
                    .isInstanceOfSatisfying(
                            TopicsRefused.class,
                            refused -> assertThat(refused.problems())
                                    .singleElement()
                                    .asString()
                                    .contains(topic.name(), "604799999", "604800000"));
        }
    }

    @Test
    void refusesToDeleteWhatIsKeptForEver(Broker broker) {
        Topic topic = topic("provisioner.lasting.v1", new Topic.Retention.Forever());
        try (Admin admin = admin(broker)) {
            create(
                    admin,
                    topic,
                    PARTITIONS,
                    Map.of("message.timestamp.type", topic.time().kafkaName(), "cleanup.policy", "delete"));
            assertThatThrownBy(
                            () -> provisioner(admin, PARTITIONS, Startup.CHECK).provision(List.of(topic)))
                    .isInstanceOf(TopicsRefused.class)
                    .hasMessageContaining(topic.name());
        }
    }

    @Test
    void namesEveryMissingTopicWhenItMayNotCreate(Broker broker) {
        List<Topic> topics = List.of(
                topic("provisioner.absent.v1", new Topic.Retention.Forever()),
                topic("provisioner.missing.v1", new Topic.Retention.Forever()));
        try (Admin admin = admin(broker)) {
            assertThatThrownBy(
                            () -> provisioner(admin, PARTITIONS, Startup.CHECK).provision(topics))
                    .isInstanceOfSatisfying(
                            TopicsRefused.class,
                            refused -> assertThat(refused.problems())
                                    .containsExactly(
                                            "provisioner.absent.v1 does not exist",
                                            "provisioner.missing.v1 does not exist"));
        }
    }

    private static Admin admin(Broker broker) {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static TopicProvisioner provisioner(Admin admin, int partitions, Startup startup) {
        return new TopicProvisioner(admin, new TopicSettings(partitions, (short) 1, startup), PATIENCE);
    }

    private static void create(Admin admin, Topic topic, int partitions, Map<String, String> configuration) {
        var created = admin.createTopics(
                        List.of(new NewTopic(topic.name(), partitions, (short) 1).configs(configuration)))
                .all();
        assertThat(created.toCompletionStage().toCompletableFuture()).succeedsWithin(PATIENCE);
    }

    private static Topic topic(String name, Topic.Retention retention) {
        return new Topic(
                name,
                Topic.KeyKind.LOAN,
                List.of(),
                Topic.Partitions.SHARED,
                retention,
                Topic.Time.APPENDED,
                Topic.Party.CUSTODY,
                "For a test.");
    }
}
