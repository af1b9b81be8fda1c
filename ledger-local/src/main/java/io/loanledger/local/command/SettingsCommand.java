package io.loanledger.local.command;

import io.loanledger.events.service.ObservabilitySettings;
import io.loanledger.events.settings.KafkaConnectionSettings;
import java.io.PrintStream;

/** {@code ./ledger settings}: what every service reads from its environment, in Markdown. */
final class SettingsCommand {

    private SettingsCommand() {}

    static void run(PrintStream out) {
        out.println("Every service: brokers and schema registry");
        out.println();
        out.println(KafkaConnectionSettings.TABLE.toMarkdown());
        out.println("Every service: metrics and health");
        out.println();
        out.println(ObservabilitySettings.TABLE.toMarkdown());
    }
}
