package io.loanledger.local.soak.stack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that runs one class of this class path beside the soak and ends with it, however the soak ends: it holds the other end of its
 * standard input (see {@link ChildMain}). What it prints and logs goes to one file.
 *
 * <p>Safe for any thread.
 */
public final class ChildProcess {

    /** A service is started again and again, and has paid for the optimising compiler when it is killed; a broker mostly runs on. */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.loanledger",
            "-Dlogback.configurationFile=io/loanledger/local/soak/logback-child.xml");

    /**
     * What to run.
     *
     * @param main the class, by its name
     * @param heapMegabytes the most heap it may take
     * @param environment set in addition to this process's own
     * @param quickStart whether starting soon matters more than running fast
     * @param prefix words before {@code java}, for a process that runs in a place of its own; mostly empty
     * @param log takes what it prints, behind what is there
     */
    public record Plan(
            String main,
            List<String> arguments,
            int heapMegabytes,
            Map<String, String> environment,
            boolean quickStart,
            List<String> prefix,
            Path log) {
        public Plan {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
            prefix = List.copyOf(prefix);
        }
    }

    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    public static ChildProcess start(Plan plan) {
        var command = new ArrayList<>(plan.prefix());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + plan.heapMegabytes() + "m");
        command.addAll(OPTIONS);
        if (plan.quickStart()) {
            command.add(QUICK_START);
        }
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChildMain.class.getName(), plan.main()));
        command.addAll(plan.arguments());
        try {
            Files.createDirectories(plan.log().getParent());
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log().toFile()))
                    .directory(new File(System.getProperty("user.dir")));
            builder.environment().putAll(plan.environment());
            return new ChildProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + plan.main(), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code of a process that has ended: 128 and the signal's number when a signal ended it. */
    public int exitCode() {
        return process.exitValue();
    }

    /** SIGKILL. Returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(20));
    }

    /** SIGTERM, and SIGKILL after the patience; whether it ended by itself. */
    public boolean stop(Duration patience) {
        // Not Process.destroy(): that closes the standard input too, and the child would halt as if its parent were
        // gone.
        boolean told = process.toHandle().destroy();
        if (!told && !process.isAlive()) {
            return true;
        }
        if (awaitEnd(patience)) {
            return true;
        }
        kill();
        return false;
    }

    /** Whether it ended in time. */
    public boolean awaitEnd(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
