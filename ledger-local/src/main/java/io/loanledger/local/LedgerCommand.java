package io.loanledger.local;

import io.loanledger.local.command.CommandLine;

/** The program behind {@code ./ledger}. */
public final class LedgerCommand {

    private LedgerCommand() {}

    public static void main(String[] arguments) throws InterruptedException {
        int exitCode;
        try {
            exitCode = new CommandLine(System.out, System.err).run(arguments);
        } catch (RuntimeException | Error fault) {
            fault.printStackTrace();
            exitCode = 1;
        }
        // Exit, not return: a client's thread that forgot to end must not keep the command from ending.
        System.exit(exitCode);
    }
}
