package io.loanledger.local;

/** The command line behind {@code ./ledger}: prints the usage and ends with 0, or with 2 when it does not know the word. */
public final class LedgerCommand {

    private static final String USAGE = """
            Usage: ./ledger COMMAND

              --help   this text
            """;

    private LedgerCommand() {}

    public static void main(String[] arguments) {
        if (arguments.length == 0 || arguments[0].equals("--help")) {
            System.out.print(USAGE);
            return;
        }
        System.err.println("unknown command: " + arguments[0]);
        System.err.print(USAGE);
        System.exit(2);
    }
}
