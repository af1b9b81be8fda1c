package io.loanledger.benchmarks.subject;

import io.loanledger.benchmarks.process.ChildLink;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.local.journal.FoldProcess;

/**
 * The fold of {@code ./ledger fold} in a process of its own. Arguments: broker and registry. To every command it answers with nanoseconds, records
 * and faults of one fold.
 */
public final class FoldSubject {

    private FoldSubject() {}

    public static void main(String[] words) throws InterruptedException {
        ChildLink link = ChildLink.open();
        KafkaConnectionSettings connection = KafkaConnectionSettings.plain(words[0], words[1]);
        link.serve("", command -> {
            long began = System.nanoTime();
            FoldProcess.Outcome outcome = FoldProcess.foldHere(connection);
            return (System.nanoTime() - began) + " " + outcome.records() + " " + outcome.faults();
        });
        System.exit(0);
    }
}
