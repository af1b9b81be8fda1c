package io.loanledger.local.command;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Ends what a command started, last first, once: at the command's end or when the process is told to end (Ctrl-C, SIGTERM),
 * whichever comes first. What does not end in time is left to the end of the process, which nothing here outlives.
 */
final class ShutdownGuard implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closed;

    ShutdownGuard() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::closeInTime, "shutdown"));
    }

    /** Takes responsibility for a part. It is closed at once when the end has begun already. */
    <T extends AutoCloseable> T guard(T part) {
        synchronized (parts) {
            if (!closed) {
                parts.push(part);
                return part;
            }
        }
        closePart(part);
        throw new IllegalStateException("the command is being ended");
    }

    /** Whether the end has begun. */
    boolean isClosed() {
        synchronized (parts) {
            return closed;
        }
    }

    @Override
    public void close() {
        while (true) {
            AutoCloseable next;
            synchronized (parts) {
                closed = true;
                next = parts.poll();
            }
            if (next == null) {
                return;
            }
            closePart(next);
        }
    }

    private void closeInTime() {
        var closing = new Thread(this::close, "shutdown-parts");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(DEADLINE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closePart(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) { // One part that cannot end well must not keep the others.
            System.err.println("while ending: " + e);
        }
    }
}
