package io.loanledger.local.command;

import io.loanledger.events.settings.SettingsTable;
import io.loanledger.ingest.PriceIngestSettings;
import io.loanledger.liquidation.LiquidationSettings;
import io.loanledger.streams.service.LedgerSettings;
import java.io.PrintStream;

/** {@code ./ledger settings}: what every service reads from its environment, in Markdown. */
final class SettingsCommand {

    private SettingsCommand() {}

    static void run(PrintStream out) {
        table(out, "price-ingest", PriceIngestSettings.TABLE);
        table(out, "ledger-streams", LedgerSettings.TABLE);
        table(out, "liquidation-processor", LiquidationSettings.TABLE);
    }

    private static void table(PrintStream out, String service, SettingsTable table) {
        out.println("## " + service);
        out.println();
        out.println(table.toMarkdown());
    }
}
