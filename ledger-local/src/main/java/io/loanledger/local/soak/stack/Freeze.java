package io.loanledger.local.soak.stack;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A process stopped by SIGSTOP until {@link #close} sends it SIGCONT.
 *
 * <p>The signals are sent by a shell that reads its standard input in between: if this JVM ends in whatever way, that input ends, the
 * process goes on, finds its parent gone and ends too. Nothing stays behind stopped.
 */
public final class Freeze implements AutoCloseable {

    private static final String SCRIPT = "kill -STOP \"$1\" || exit 1; read _; kill -CONT \"$1\"";

    private final Process shell;

    private Freeze(Process shell) {
        this.shell = shell;
    }

    public static Freeze of(long pid) {
        try {
            return new Freeze(new ProcessBuilder("/bin/sh", "-c", SCRIPT, "sh", Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop process " + pid, e);
        }
    }

    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
            // Whatever it ends with: a process that was gone before has nothing to go on with.
            shell.waitFor();
        } catch (IOException gone) {
            shell.destroyForcibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
