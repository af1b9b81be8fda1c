package io.loanledger.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The command line behind {@code ./ledger}: ends with 0, or with 2 when it does not know the word. The usage is a resource that
 * the launcher prints too, so that {@code ./ledger --help} answers before anything is built.
 */
public final class LedgerCommand {

    private LedgerCommand() {}

    public static void main(String[] arguments) {
        if (arguments.length == 0 || arguments[0].equals("--help")) {
            System.out.print(usage());
            return;
        }
        System.err.println("unknown command: " + arguments[0]);
        System.err.print(usage());
        System.exit(2);
    }

    private static String usage() {
        try (InputStream text = Objects.requireNonNull(LedgerCommand.class.getResourceAsStream("usage.txt"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
