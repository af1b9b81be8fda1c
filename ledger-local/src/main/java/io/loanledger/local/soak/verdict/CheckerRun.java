package io.loanledger.local.soak.verdict;

import io.loanledger.local.checker.CheckerProcess;
import io.loanledger.local.soak.stack.ChildProcess;
import io.loanledger.local.soak.stack.SoakStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The independent checker, run over the topics in a process of its own.
 *
 * @param lines what it printed
 * @param holds whether it found nothing wrong
 */
record CheckerRun(List<String> lines, boolean holds) {

    private static final int HEAP_MEGABYTES = 2_048;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String VERDICT = "CHECK ";
    private static final int MOST_SHOWN = 20;

    CheckerRun {
        lines = List.copyOf(lines);
    }

    static CheckerRun over(SoakStack stack) {
        Path log = stack.folder().resolve("checker.log");
        ChildProcess process = ChildProcess.start(new ChildProcess.Plan(
                CheckerProcess.class.getName(),
                List.of(
                        stack.connection().bootstrapServers(),
                        stack.connection().registryUrls().getFirst()),
                HEAP_MEGABYTES,
                Map.of(),
                false,
                List.of(),
                log));
        boolean ended = process.awaitEnd(PATIENCE);
        if (!ended) {
            process.kill();
        }
        return new CheckerRun(read(log), ended && process.exitCode() == 0);
    }

    /** Its last line, or that there is none. */
    String verdict() {
        return lines.stream()
                .filter(line -> line.startsWith(VERDICT))
                .reduce((first, second) -> second)
                .orElse("the checker gave no verdict: " + (lines.isEmpty() ? "it said nothing" : lines.getLast()));
    }

    /** The first things that it found wrong, in its words. */
    List<String> violations() {
        return lines.stream()
                .filter(line -> line.matches("[A-Z_]+ [^ ]+.*: .*") && !line.startsWith(VERDICT))
                .limit(MOST_SHOWN)
                .toList();
    }

    private static List<String> read(Path log) {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
