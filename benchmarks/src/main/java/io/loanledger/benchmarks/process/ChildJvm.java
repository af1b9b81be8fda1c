package io.loanledger.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own for a thing to be measured, with the options with which {@code ./ledger} runs its own. It does not outlive this
 * process. For one thread.
 */
public final class ChildJvm implements AutoCloseable {

    private static final Duration END_PATIENCE = Duration.ofSeconds(40);

    /** The collector of {@code ./ledger}; the last option silences Kafka's own use of Unsafe, and is passed over by a JDK that lacks it. */
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseParallelGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--sun-misc-unsafe-memory-access=allow");

    private static final String ENDED = "";

    private final String name;
    private final Path log;
    private final Process process;
    private final Writer commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private ChildJvm(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts it and does not wait.
     *
     * @param main its class; it is to begin with {@link ChildLink#open}
     * @param name for messages and the names of its log
     * @param heapMegabytes the most heap it may take
     * @param folder where its log goes
     */
    public static ChildJvm start(Class<?> main, String name, int heapMegabytes, Path folder, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heapMegabytes + "m");
        command.addAll(OPTIONS);
        command.add("-Dledger.log.file=" + folder.resolve(name + ".log"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        try {
            Files.createDirectories(folder);
            Path said = folder.resolve(name + ".out");
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(said.toFile()))
                    .start();
            var child = new ChildJvm(name, said, process);
            var listening = new Thread(child::listen, name + "-answers");
            listening.setDaemon(true);
            listening.start();
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    /** The words after "ready", once the child says it. */
    public String awaitReady(Duration patience) throws InterruptedException {
        String said = next(patience);
        if (!said.startsWith(ChildLink.READY)) {
            throw new IllegalStateException(name + " said " + said + " before it was ready");
        }
        return said.substring(ChildLink.READY.length()).strip();
    }

    /** Sends a command and waits for its answer. */
    public String ask(String command, Duration patience) throws InterruptedException {
        tell(command);
        return next(patience);
    }

    /** Processor time of the child so far, in nanoseconds. */
    public long processorNanos() throws InterruptedException {
        return Long.parseLong(ask("cpu", Duration.ofSeconds(30)));
    }

    /** What of it the child's threads of Java spent, so without collector and compiler. */
    public long threadNanos() throws InterruptedException {
        return Long.parseLong(ask("threads", Duration.ofSeconds(30)));
    }

    /** Resident memory of the child in bytes; empty where the system does not tell. */
    public OptionalLong residentBytes() {
        return ResidentMemory.of(process.pid());
    }

    /** Ends it as a crash of its machine would: SIGKILL, nothing is closed. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Throws when it has ended. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " has ended; see " + log);
        }
    }

    /** Tells it to stop, and ends it when that takes too long. */
    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                tell("stop");
            }
            if (!process.waitFor(END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IllegalStateException alreadyGone) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void tell(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException gone) {
            throw new IllegalStateException(name + " has ended; see " + log, gone);
        }
    }

    private String next(Duration patience) throws InterruptedException {
        String answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (answer == null) {
            throw new IllegalStateException(name + " said nothing for " + patience + "; see " + log);
        }
        if (answer.equals(ENDED)) {
            answers.add(ENDED);
            throw new IllegalStateException(name + " has ended; see " + log);
        }
        return answer;
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                Writer other = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(ChildLink.MARK)) {
                    answers.add(line.substring(ChildLink.MARK.length()));
                } else {
                    other.write(line + "\n");
                    other.flush();
                }
            }
        } catch (IOException closed) {
            // The child's end, seen from this side.
        }
        answers.add(ENDED);
    }
}
