package io.loanledger.local.terminal;

import java.io.PrintStream;
import java.util.List;

/** Redraws the live lines in place with ANSI sequences, at most ten times a second. */
final class LiveDisplay implements Display {

    private static final long REDRAW_NANOS = 100_000_000;
    private static final String CLEAR_TO_END = "\u001b[J";
    private static final String CLEAR_LINE_END = "\u001b[K";

    private final PrintStream out;
    private List<String> live = List.of();
    private int drawn;
    private long drawnAt = System.nanoTime() - REDRAW_NANOS;

    LiveDisplay(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void say(String line) {
        out.print(toFirstLine() + CLEAR_TO_END + line + "\n");
        drawn = 0;
        draw();
    }

    @Override
    public synchronized void show(List<String> lines) {
        live = List.copyOf(lines);
        if (System.nanoTime() - drawnAt >= REDRAW_NANOS) {
            draw();
        }
    }

    @Override
    public synchronized void close() {
        out.print(toFirstLine() + CLEAR_TO_END);
        out.flush();
        drawn = 0;
        live = List.of();
    }

    private void draw() {
        var text = new StringBuilder(toFirstLine());
        for (String line : live) {
            text.append(line.length() > WIDTH ? line.substring(0, WIDTH) : line)
                    .append(CLEAR_LINE_END)
                    .append('\n');
        }
        text.append(CLEAR_TO_END);
        // One write for a frame: no half-drawn table is ever seen.
        out.print(text);
        out.flush();
        drawn = live.size();
        drawnAt = System.nanoTime();
    }

    private String toFirstLine() {
        return drawn == 0 ? "\r" : "\r\u001b[" + drawn + "A";
    }
}
