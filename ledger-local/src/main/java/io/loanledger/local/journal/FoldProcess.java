package io.loanledger.local.journal;

import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.local.process.ParentWatch;
import io.loanledger.streams.wire.JournalFold;
import io.loanledger.streams.wire.StateDigest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The main class of a process of its own that folds the journal and prints one line: records, faults, loans, digest. It ends when
 * the process that started it does. {@link #start} is its other side.
 */
public final class FoldProcess implements AutoCloseable {

    /** As long as the independent checker gets for the same topics. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Process process;

    private FoldProcess(Process process) {
        this.process = process;
    }

    /** What the process found. */
    public record Outcome(long records, long faults, StateDigest digest) {}

    public static void main(String[] arguments) {
        ParentWatch.start();
        KafkaConnectionSettings connection = KafkaConnectionSettings.plain(arguments[0], arguments[1]);
        Outcome outcome = foldHere(connection);
        System.out.println(outcome.records() + " " + outcome.faults() + " "
                + outcome.digest().loans() + " " + outcome.digest().sha256());
        System.exit(0);
    }

    /** Reads and folds in this process. */
    public static Outcome foldHere(KafkaConnectionSettings connection) {
        var fold = new JournalFold();
        try (SchemaRegistry registry = SchemaRegistry.open(connection.registryProperties())) {
            long records = JournalReading.read(connection, registry, fold::accept);
            return new Outcome(records, fold.faults(), fold.digest());
        }
    }

    /** Starts the process with this JVM's class path; its log goes beside the given file. */
    public static FoldProcess start(KafkaConnectionSettings connection, Path log) {
        try {
            return new FoldProcess(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx768m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dledger.log.file=" + log,
                            "-cp",
                            System.getProperty("java.class.path"),
                            FoldProcess.class.getName(),
                            connection.bootstrapServers(),
                            connection.registryUrls().getFirst())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a process to fold the journal", e);
        }
    }

    /**
     * Waits for its end, and ends it when that takes too long.
     *
     * @throws IllegalStateException when it found nothing, or not in time
     */
    public Outcome await() throws InterruptedException {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            // Not the line first, which may never come: one line never fills the pipe.
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "the process that folds the journal did not end within " + PATIENCE.toMinutes() + " minutes");
            }
            String line = lines.readLine();
            int exitCode = process.exitValue();
            if (exitCode != 0 || line == null) {
                throw new IllegalStateException("the process that folds the journal ended with exit code " + exitCode);
            }
            List<String> words = List.of(line.split(" ", -1));
            return new Outcome(
                    Long.parseLong(words.get(0)),
                    Long.parseLong(words.get(1)),
                    new StateDigest(Integer.parseInt(words.get(2)), words.get(3)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
