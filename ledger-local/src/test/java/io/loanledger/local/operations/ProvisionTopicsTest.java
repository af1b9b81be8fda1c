package io.loanledger.local.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.topic.ProvisionTopics;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.kafka.EmbeddedKafka;
import io.loanledger.local.net.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that runs before any service, on a broker of its own: the catalogue's names cannot be made unique. */
class ProvisionTopicsTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ByteArrayOutputStream refused = new ByteArrayOutputStream();

    @Test
    void createsWhatIsMissingOnceAndRefusesAnotherNumberOfPartitions() {
        try (EmbeddedKafka broker = EmbeddedKafka.onFreePort(folder)) {
            broker.start();

            assertThat(run(broker.bootstrapServers(), "2")).as("first run").isZero();
            assertThat(said.toString(StandardCharsets.UTF_8).lines())
                    .hasSize(TopicCatalogue.ALL.size())
                    .contains("custody.collateral.v1 partitions=2", "lending.terms.v1 partitions=1");
            assertThat(run(broker.bootstrapServers(), "2")).as("second run").isZero();
            assertThat(refused.toString(StandardCharsets.UTF_8)).isEmpty();

            assertThat(run(broker.bootstrapServers(), "3"))
                    .as("with another count")
                    .isEqualTo(1);
            assertThat(refused.toString(StandardCharsets.UTF_8)).contains("custody.collateral.v1");
        }
    }

    @Test
    void namesEverySettingThatIsWrong() {
        assertThat(run("127.0.0.1:" + FreePorts.one(), "many")).isEqualTo(2);
        assertThat(refused.toString(StandardCharsets.UTF_8)).contains("LEDGER_PARTITIONS");
    }

    private int run(String bootstrapServers, String partitions) {
        Map<String, String> environment = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers,
                "LEDGER_PARTITIONS", partitions,
                "LEDGER_REPLICATION_FACTOR", "1");
        return ProvisionTopics.run(
                () -> ProvisionTopics.TABLE.read(environment),
                new PrintStream(said, true, StandardCharsets.UTF_8),
                new PrintStream(refused, true, StandardCharsets.UTF_8));
    }
}
