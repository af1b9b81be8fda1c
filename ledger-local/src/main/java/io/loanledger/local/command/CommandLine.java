package io.loanledger.local.command;

import io.loanledger.events.settings.SettingsRefused;
import io.loanledger.local.LedgerCommand;
import io.loanledger.local.operator.OrderRefused;
import io.loanledger.local.stack.PortTaken;
import io.loanledger.local.stack.RunFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Finds the command and runs it. Exit codes: 0 done, 1 failed (with the reason on the last line), 2 not understood.
 *
 * <p>The usage is a resource that the launcher prints too, so that {@code ./ledger --help} answers before anything is built.
 */
public final class CommandLine {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int NOT_UNDERSTOOD = 2;

    private final PrintStream out;
    private final PrintStream err;

    public CommandLine(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs to the command's end and says the exit code. */
    public int run(String... words) throws InterruptedException {
        String command = words.length == 0 ? "--help" : words[0];
        List<String> rest = Arrays.asList(words).subList(Math.min(1, words.length), words.length);
        try {
            return switch (command) {
                case "--help", "-h", "help" -> print(resource("usage.txt"));
                case "--version" -> print(resource("version.txt"));
                case "up" -> UpCommand.run(rest, out);
                case "demo" -> DemoCommand.run(rest, out);
                case "compare" -> CompareCommand.run(rest, out);
                case "soak" -> SoakCommand.run(rest, out);
                case "fold" -> {
                    Arguments.of(rest, Set.of());
                    yield FoldCommand.run(out);
                }
                case "skip" -> SkipCommand.run(rest, out);
                case "check" -> CheckCommand.run(rest, out);
                case "topics" -> {
                    TopicsCommand.run(out);
                    yield DONE;
                }
                case "settings" -> {
                    SettingsCommand.run(out);
                    yield DONE;
                }
                case "bench" ->
                    throw new Arguments.Misused("bench is a program of its own, which ./ledger bench starts");
                default -> throw new Arguments.Misused("unknown command: " + command);
            };
        } catch (Arguments.Misused e) {
            err.println(e.getMessage());
            err.print(resource("usage.txt"));
            return NOT_UNDERSTOOD;
        } catch (PortTaken | RunFolder.FolderInUse | SettingsRefused | OrderRefused e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    private int print(String text) {
        out.print(text);
        return DONE;
    }

    private static String resource(String name) {
        try (InputStream text = Objects.requireNonNull(LedgerCommand.class.getResourceAsStream(name), name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
