package io.loanledger.benchmarks.subject;

import io.loanledger.benchmarks.process.ChildLink;
import io.loanledger.local.kafka.EmbeddedKafka;
import java.nio.file.Path;

/** The broker of a run, with the settings of {@code ./ledger demo}. Arguments: its folder. It says where it listens. */
public final class BrokerSubject {

    private BrokerSubject() {}

    public static void main(String[] arguments) throws InterruptedException {
        ChildLink link = ChildLink.open();
        try (EmbeddedKafka kafka = EmbeddedKafka.onFreePort(Path.of(arguments[0]))) {
            kafka.start();
            link.serve(kafka.bootstrapServers(), command -> "unknown");
        }
        System.exit(0);
    }
}
