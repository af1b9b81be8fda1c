package io.loanledger.events.topic;

import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.settings.SettingValues;
import io.loanledger.events.settings.SettingsRefused;
import io.loanledger.events.settings.SettingsTable;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * Creates the topics of the catalogue that are missing, checks all, and ends: to be run before the services start and before an upgrade.
 * It never changes a topic that is there.
 *
 * <p>Exit code 0 when every topic is as promised, 1 when one is not or the brokers do not answer, 2 when a setting is wrong.
 */
public final class ProvisionTopics {

    /** How to reach the brokers, and what a deployment says about the topics. */
    public static final SettingsTable TABLE = KafkaConnectionSettings.TABLE.and(TopicSettings.TABLE);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private ProvisionTopics() {}

    public static void main(String[] arguments) {
        System.exit(run(TABLE::readEnvironment, System.out, System.err));
    }

    /** As {@link #main}, with the settings from elsewhere; answers the exit code. */
    public static int run(Supplier<SettingValues> settings, PrintStream said, PrintStream refused) {
        SettingValues values;
        try {
            values = settings.get();
        } catch (SettingsRefused wrong) {
            wrong.problems().forEach(refused::println);
            return 2;
        }
        TopicSettings topics = TopicSettings.from(values);
        try (Admin admin = Admin.create(KafkaConnectionSettings.from(values).clientProperties())) {
            new TopicProvisioner(admin, topics, PATIENCE).provision(TopicCatalogue.ALL);
        } catch (TopicsRefused broken) {
            broken.problems().forEach(refused::println);
            return 1;
        } catch (KafkaException unreachable) {
            refused.println("the topics cannot be prepared: " + unreachable.getMessage());
            return 1;
        }
        TopicCatalogue.ALL.forEach(topic ->
                said.println(topic.name() + " partitions=" + topic.partitions().count(topics.sharedPartitions())));
        return 0;
    }
}
