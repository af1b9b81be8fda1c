package io.loanledger.benchmarks.subject;

import io.loanledger.events.service.ObservabilitySettings;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.TopicSettings;
import io.loanledger.streams.service.LedgerSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a service's process is told on its command line.
 *
 * @param bootstrapServers the broker
 * @param registryUrl the registry
 * @param state folder of its stores
 * @param partitions that all topics share
 * @param threads stream threads
 * @param metricsPort where it shows its meters
 * @param instance its lasting name, for a service of which more than one may run
 * @param standbys copies of its stores on other instances
 */
public record ServiceArguments(
        String bootstrapServers,
        String registryUrl,
        Path state,
        int partitions,
        int threads,
        int metricsPort,
        String instance,
        int standbys) {

    /** As words of a command line. */
    public List<String> words() {
        return List.of(
                bootstrapServers,
                registryUrl,
                state.toString(),
                Integer.toString(partitions),
                Integer.toString(threads),
                Integer.toString(metricsPort),
                instance,
                Integer.toString(standbys));
    }

    static ServiceArguments of(String[] words) {
        return new ServiceArguments(
                words[0],
                words[1],
                Path.of(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]),
                Integer.parseInt(words[5]),
                words[6],
                Integer.parseInt(words[7]));
    }

    /** What every service reads from its environment, as a process of production would find it there. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put(KafkaConnectionSettings.BOOTSTRAP_SERVERS.name(), bootstrapServers);
        environment.put(KafkaConnectionSettings.REGISTRY_URL.name(), registryUrl);
        environment.put(TopicSettings.PARTITIONS.name(), Integer.toString(partitions));
        environment.put(TopicSettings.REPLICATION_FACTOR.name(), "1");
        environment.put(ObservabilitySettings.PORT.name(), Integer.toString(metricsPort));
        return environment;
    }

    /** The settings that the ledger has by default beside these. */
    public LedgerSettings ofLedger() {
        return LedgerSettings.from(LedgerSettings.TABLE.read(Map.copyOf(environment())));
    }

    KafkaConnectionSettings connection() {
        return KafkaConnectionSettings.plain(bootstrapServers, registryUrl);
    }
}
