package io.loanledger.local.command;

import io.loanledger.local.soak.Soak;
import io.loanledger.local.soak.SoakProgram;
import io.loanledger.local.soak.SoakSettings;
import io.loanledger.local.soak.fault.FaultKind;
import io.loanledger.local.soak.stack.SoakStack;
import io.loanledger.local.stack.RunFolder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** {@code ./ledger soak}: every part as a process of its own, under load and faults, then the verdict. */
final class SoakCommand {

    private static final Set<String> OPTIONS =
            Set.of("--minutes", "--seed", "--instances", "--standbys", "--rate", "--book", "--faults", "--keep");
    private static final long LONGEST_MINUTES = 24 * 60;

    /** A wave of prices reaches its low after 75 s, and a soak without a sale proves little. */
    private static final long SHORTEST_MINUTES = 2;

    private static final long MINUTES = 5;
    private static final long SEED = 1;
    private static final long INSTANCES = 2;
    private static final long STANDBYS = 1;
    private static final long LOANS_PER_SECOND = 5;
    private static final long BOOK = 60;
    private static final String NO_FAULTS = "none";

    private SoakCommand() {}

    static int run(List<String> words, PrintStream out) throws InterruptedException {
        Arguments arguments = Arguments.of(words, OPTIONS);
        var settings = new SoakSettings(
                Duration.ofMinutes(arguments.number("--minutes", MINUTES, SHORTEST_MINUTES, LONGEST_MINUTES)),
                arguments.number("--seed", SEED, 0, Long.MAX_VALUE),
                Math.toIntExact(arguments.number("--instances", INSTANCES, 1, 4)),
                Math.toIntExact(arguments.number("--standbys", STANDBYS, 0, 3)),
                Math.toIntExact(arguments.number("--rate", LOANS_PER_SECOND, 1, 1_000)),
                Math.toIntExact(arguments.number("--book", BOOK, 1, 1_000_000)),
                kinds(arguments.text("--faults")));
        var guard = new ShutdownGuard();
        Optional<String> keep = arguments.text("--keep");
        RunFolder folder =
                guard.guard(keep.map(kept -> RunFolder.kept(Path.of(kept))).orElseGet(RunFolder::throwAway));
        LogFile.use(folder.log());
        out.println("soak with seed " + settings.seed() + " in " + folder.path());
        String last;
        try {
            SoakStack stack = guard.guard(new SoakStack(
                    folder.path(), settings.instances(), settings.standbys(), line -> out.println("       " + line)));
            Soak soak = guard.guard(new Soak(settings, stack, out::println));
            last = SoakProgram.run(soak, folder.path(), out::println);
        } catch (RuntimeException e) {
            // Made only here: the first logger of the process fixes where the log goes.
            LoggerFactory.getLogger(SoakCommand.class).error("the soak failed", e);
            last = "SOAK FAILED " + e.getMessage();
        }
        boolean ok = last.startsWith("SOAK OK");
        if (!ok && !guard.isClosed()) {
            folder.keep();
            out.println("kept for a look: " + folder.path());
        }
        guard.close();
        // After everything has ended: nothing may follow the last line.
        out.println(last);
        return ok ? CommandLine.DONE : CommandLine.FAILED;
    }

    private static Set<FaultKind> kinds(Optional<String> text) {
        if (text.isEmpty()) {
            return EnumSet.allOf(FaultKind.class);
        }
        if (text.get().equals(NO_FAULTS)) {
            return EnumSet.noneOf(FaultKind.class);
        }
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        for (String title : text.get().split(",", -1)) {
            kinds.add(Stream.of(FaultKind.values())
                    .filter(kind -> kind.title().equals(title.strip().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new Arguments.Misused("--faults knows no " + title + ", but "
                            + Stream.of(FaultKind.values())
                                    .map(FaultKind::title)
                                    .collect(Collectors.joining(", ")) + " and " + NO_FAULTS)));
        }
        return kinds;
    }
}
