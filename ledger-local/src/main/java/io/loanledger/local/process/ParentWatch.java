package io.loanledger.local.process;

import java.io.IOException;

/**
 * For a process that must not outlive the one that started it: that one holds the other end of its standard input and never
 * writes to it. However the parent ends (by itself, by Ctrl-C, by SIGKILL, by a fault of its JVM), the system closes that end, the
 * read returns, and this process halts. That needs no heartbeat, no pid file and no particular operating system.
 */
public final class ParentWatch {

    private ParentWatch() {}

    /** Begins to watch, in a daemon thread. */
    public static void start() {
        var watch = new Thread(ParentWatch::haltWhenTheParentIsGone, "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void haltWhenTheParentIsGone() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever sent; whatever comes is not the end.
            }
        } catch (IOException brokenPipe) {
            // As good as an end of file.
        }
        // Not exit(): shutdown hooks could hang.
        Runtime.getRuntime().halt(0);
    }
}
