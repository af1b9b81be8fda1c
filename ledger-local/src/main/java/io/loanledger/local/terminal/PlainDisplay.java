package io.loanledger.local.terminal;

import java.io.PrintStream;
import java.util.List;

/** Plain lines for a file, a pipe or a dumb terminal: the live lines joined into one, at most every ten seconds. */
final class PlainDisplay implements Display {

    private static final long PAUSE_NANOS = 10_000_000_000L;

    private final PrintStream out;
    private long shownAt = System.nanoTime();

    PlainDisplay(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void say(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public synchronized void show(List<String> lines) {
        if (System.nanoTime() - shownAt >= PAUSE_NANOS) {
            shownAt = System.nanoTime();
            say(String.join(" | ", lines.stream().map(String::strip).toList()));
        }
    }

    @Override
    public synchronized void close() {
        out.flush();
    }
}
