package io.loanledger.local.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A class of the test class path running as a process of its own, so that a test can kill it as a machine would: with SIGKILL, at a
 * moment that the class names by a line on its standard output.
 *
 * <p>The process ends with {@link #close}, whatever it does. Its output, errors included, is kept and printed by {@link #awaitLine}
 * when the line does not come.
 */
public final class SeparateJvm implements AutoCloseable {

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private SeparateJvm(Process process) {
        this.process = process;
        this.reader = new Thread(this::collect, "output-of-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts {@code main} with this JVM's class path and the given arguments, with at most 512 MiB of heap. */
    public static SeparateJvm start(Class<?> main, String... arguments) {
        return start(List.of("-Xmx512m"), main, arguments);
    }

    /** As {@link #start(Class, String...)}, with own options for the JVM. */
    public static SeparateJvm start(List<String> jvmOptions, Class<?> main, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        try {
            return new SeparateJvm(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Surefire may hide the real class path behind a manifest jar; it says the real one in a property of its own. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    public long pid() {
        return process.pid();
    }

    /** Everything the process has printed so far. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** The first line that fits, waiting for it; fails with the whole output when it does not come. */
    public String awaitLine(Predicate<String> fits, Duration deadline) {
        return Await.present(
                () -> output.stream().filter(fits).findFirst(),
                deadline,
                () -> "no such line from the process; it printed\n" + String.join("\n", output));
    }

    /** SIGKILL: no shutdown hook, no flush, no goodbye. Returns when the process is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(60));
    }

    /** SIGTERM, as an operator or an orchestrator asks a process to end. */
    public void terminate() {
        process.destroy();
    }

    /** The exit code, waiting for it. */
    public int awaitExit(Duration deadline) {
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(
                        "the process did not end within " + deadline + "; it printed\n" + String.join("\n", output));
            }
            reader.join(TimeUnit.SECONDS.toMillis(5));
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the process", e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }

    private void collect() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException killed) {
            output.add("(the output ended with the process)");
        }
    }
}
