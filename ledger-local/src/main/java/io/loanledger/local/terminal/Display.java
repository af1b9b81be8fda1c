package io.loanledger.local.terminal;

import java.util.List;

/**
 * What a command shows while it works. On a terminal the live lines stand in place and change; without one they are printed now and
 * then, as plain lines, so that a log file reads well. Safe for any thread.
 */
public interface Display extends AutoCloseable {

    /** The widest line that is shown whole on the narrowest usual terminal. */
    int WIDTH = 78;

    /** A line that stays. */
    void say(String line);

    /** Replaces the live lines. */
    void show(List<String> lines);

    /** Removes the live lines; what was said stays. */
    @Override
    void close();

    /** The display that suits where standard output goes. */
    static Display ofThisProcess(TerminalSettings settings) {
        return settings.isTerminal() ? new LiveDisplay(System.out) : new PlainDisplay(System.out);
    }
}
