package io.loanledger.local.command;

import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.local.journal.JournalReading;
import io.loanledger.streams.wire.JournalFold;
import io.loanledger.streams.wire.StateDigest;
import java.io.PrintStream;

/**
 * {@code ./ledger fold}: tells a ledger's journal again from its first record and prints what follows from it. It reads only, beside a
 * running ledger or without one; brokers and registry come from the environment, as for every service.
 */
final class FoldCommand {

    private FoldCommand() {}

    static int run(PrintStream out) {
        KafkaConnectionSettings connection =
                KafkaConnectionSettings.from(KafkaConnectionSettings.TABLE.readEnvironment());
        var fold = new JournalFold();
        try (SchemaRegistry registry = SchemaRegistry.open(connection.registryProperties())) {
            JournalReading.read(connection, registry, fold::accept);
        }
        StateDigest digest = fold.digest();
        fold.findings().forEach(out::println);
        out.println("journal records  " + fold.records());
        out.println("faults           " + fold.faults());
        out.println("loans            " + digest.loans());
        out.println("state sha256     " + digest.sha256());
        return fold.holds() ? CommandLine.DONE : CommandLine.FAILED;
    }
}
