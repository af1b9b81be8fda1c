package io.loanledger.local.soak.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a service: the same name, state folder, port and settings at every start, each start a new process.
 *
 * <p>It starts and ends nothing by itself; a {@link Supervisor} does. Safe for any thread.
 */
public final class ServiceProcess {

    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(2);
    private static final int LONGEST_CAUSE = 300;

    /** A time and the level; a word further on may be the name of a state. */
    private static final Pattern ERROR = Pattern.compile("\\S+ ERROR ");

    /** How an exception's printed trace begins the line of what caused it; the last is the first cause. */
    private static final String CAUSE = "Caused by: ";

    /** The most of a log that is searched for the reason of an exit. */
    private static final int TAIL_BYTES = 256 << 10;

    private final ServiceKind kind;
    private final int number;
    private final Path state;
    private final Path log;
    private final Map<String, String> environment;
    private final URI ready;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PROBE_PATIENCE)
            .build();
    private @Nullable ChildProcess process;
    private long logStartsAt;

    /**
     * @param number from 1
     * @param shared settings that are not the instance's own
     */
    public ServiceProcess(
            ServiceKind kind, int number, Path folder, int port, int standbys, Map<String, String> shared) {
        this.kind = kind;
        this.number = number;
        this.state = folder.resolve("state").resolve(name());
        this.log = folder.resolve(name() + ".log");
        var all = new HashMap<>(shared);
        all.putAll(kind.identity(number, state, standbys));
        all.put("METRICS_PORT", Integer.toString(port));
        this.environment = Map.copyOf(all);
        this.ready = URI.create("http://127.0.0.1:" + port + "/health/ready");
    }

    public ServiceKind kind() {
        return kind;
    }

    public int number() {
        return number;
    }

    /** For example {@code ledger-streams-2}. */
    public String name() {
        return kind.title() + "-" + number;
    }

    public Path state() {
        return state;
    }

    public Path log() {
        return log;
    }

    /** What its process is told, under the names of the environment. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Starts a process; {@code prefix} are words before {@code java}, mostly none. */
    synchronized void start(List<String> prefix) {
        logStartsAt = size(log);
        process = ChildProcess.start(
                new ChildProcess.Plan(kind.main(), List.of(), kind.heapMegabytes(), environment, true, prefix, log));
    }

    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** The running process. */
    public synchronized Optional<ChildProcess> process() {
        return Optional.ofNullable(process).filter(ChildProcess::isAlive);
    }

    /** The exit code of a process that was started and has ended. */
    synchronized Optional<Integer> exitCode() {
        return Optional.ofNullable(process).filter(ended -> !ended.isAlive()).map(ChildProcess::exitCode);
    }

    /** Whether it answers that it processes records. */
    public boolean isReady() {
        return isAlive() && probe().filter(status -> status == 200).isPresent();
    }

    /** Its answer's HTTP status; empty when it gives none in {@code 2 s}. */
    Optional<Integer> probe() {
        HttpRequest request =
                HttpRequest.newBuilder(ready).timeout(PROBE_PATIENCE).GET().build();
        try {
            HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
            return Optional.of(answer.statusCode());
        } catch (IOException none) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The last error that the process has logged since its start, in one line; or the cause of an exception; or what its log ends with. */
    synchronized String lastWords() {
        List<String> lines = tail(logStartsAt);
        String found = "";
        String rootCause = "";
        for (int i = 0; i < lines.size(); i++) {
            if (ERROR.matcher(lines.get(i)).lookingAt() || lines.get(i).contains("FATAL")) {
                // The exception's own line says more than the logger's.
                found = lines.get(i) + (i + 1 < lines.size() ? " / " + lines.get(i + 1) : "");
            }
            if (lines.get(i).startsWith(CAUSE)) {
                rootCause = lines.get(i);
            }
        }
        if (found.isEmpty() && !lines.isEmpty()) {
            found = rootCause.isEmpty() ? lines.getLast() : rootCause;
        }
        return found.length() > LONGEST_CAUSE ? found.substring(0, LONGEST_CAUSE) : found;
    }

    /** Whether a line of the log since the last start contains one of these. */
    synchronized boolean hasSaid(List<String> words) {
        return !words.isEmpty() && hasSaid(logStartsAt, words);
    }

    /** Where the log ends now, for {@link #hasSaid(long, List)}. */
    public long logMark() {
        return size(log);
    }

    /** Whether a line of the log behind the mark contains one of these. */
    public boolean hasSaid(long mark, List<String> words) {
        return tail(mark).stream().anyMatch(line -> words.stream().anyMatch(line::contains));
    }

    private List<String> tail(long mark) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(mark, file.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
