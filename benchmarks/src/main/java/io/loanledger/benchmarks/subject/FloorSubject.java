package io.loanledger.benchmarks.subject;

import io.loanledger.benchmarks.process.ChildLink;
import io.loanledger.events.service.ServicePhase;
import io.loanledger.events.streams.StreamsInstance;
import io.loanledger.events.streams.StreamsProperties;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * A {@link Floor} in a process of its own, with the settings of Kafka Streams that the ledger has by default. Arguments: the floor, then
 * {@link ServiceArguments}.
 */
public final class FloorSubject {

    private FloorSubject() {}

    public static void main(String[] words) throws InterruptedException {
        ChildLink link = ChildLink.open();
        Floor floor = Floor.valueOf(words[0]);
        ServiceArguments arguments = ServiceArguments.of(Arrays.copyOfRange(words, 1, words.length));
        StreamsConfig config = StreamsProperties.of(new StreamsInstance(
                floor.applicationId(),
                floor.applicationId() + "-1",
                arguments.connection(),
                arguments.state(),
                arguments.threads(),
                0,
                1,
                arguments.ofLedger().rocksDbMegabytes(),
                arguments.ofLedger().commitEvery()));
        try (var streams = new KafkaStreams(floor.topology(config), config)) {
            streams.start();
            long nanos = LedgerSubject.nanosUntilRunning(() -> phase(streams));
            link.serve(Long.toString(nanos), command -> "unknown");
            streams.close(Duration.ofSeconds(30));
        }
        System.exit(0);
    }

    private static ServicePhase phase(KafkaStreams streams) {
        return switch (streams.state()) {
            case RUNNING -> ServicePhase.RUNNING;
            case PENDING_ERROR, ERROR -> ServicePhase.FAILED;
            default -> ServicePhase.RESTORING;
        };
    }
}
