package io.loanledger.local.ledger;

import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.testing.CommittedReader;
import io.loanledger.local.testing.SeparateJvm;
import io.loanledger.streams.wire.JournalCodec;
import io.loanledger.streams.wire.JournalFold;
import io.loanledger.streams.wire.JournalSchemas;
import java.time.Duration;
import java.util.List;

/** Folds the journal in a process that has never seen the ledger, and prints the state's digest. */
public final class JournalFoldProcess {
    private static final String DIGEST = "digest ";

    private JournalFoldProcess() {}

    /** The digest that such a process finds. */
    static String digest(KafkaConnectionSettings kafka) {
        try (SeparateJvm process = SeparateJvm.start(
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Dlogback.configurationFile=logback-process.xml"),
                JournalFoldProcess.class,
                kafka.bootstrapServers(),
                String.join(",", kafka.registryUrls()))) {
            return process.awaitLine(line -> line.startsWith(DIGEST), Duration.ofSeconds(60))
                    .substring(DIGEST.length());
        }
    }

    public static void main(String[] arguments) {
        KafkaConnectionSettings kafka = KafkaConnectionSettings.plain(arguments[0], arguments[1]);
        try (SchemaRegistry registry = SchemaRegistry.open(kafka.registryProperties())) {
            SchemaIds ids = new SchemaRegistrar(registry).verifyAll();
            JournalCodec codec = new JournalCodec(JournalSchemas.of(ids, registry));
            JournalFold fold = new JournalFold();
            CommittedReader.everything(kafka.bootstrapServers(), TopicCatalogue.JOURNAL)
                    .forEach(record -> fold.accept(codec.decode(record.value())));
            System.out.println(DIGEST + fold.digest());
        }
    }
}
