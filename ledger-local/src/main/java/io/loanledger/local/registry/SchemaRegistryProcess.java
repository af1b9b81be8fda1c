package io.loanledger.local.registry;

import io.loanledger.local.net.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry with Confluent's REST API (Apicurio) as a child process on 127.0.0.1.
 *
 * <p>Guarantees: after {@link #start} the API answers and refuses every schema that is not FULL_TRANSITIVE-compatible; what was
 * registered stands in the folder and is there, under the same ids, after a restart. The process ends with {@link #close} and also
 * when this JVM ends in whatever way, SIGKILL included (see {@link RegistryChild}). {@link #start} and {@link #close} may be called
 * again; both are safe from any thread.
 */
public final class SchemaRegistryProcess implements AutoCloseable {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);
    private static final int LOG_TAIL_LINES = 30;

    private final RegistryHome home;
    private final Path folder;
    private final int port;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(REQUEST_TIMEOUT)
            .build();
    private @Nullable Process process;

    /** A registry that will keep its data and its log in {@code folder} and listen on {@code port}. Nothing runs yet. */
    public SchemaRegistryProcess(RegistryHome home, Path folder, int port) {
        this.home = home;
        this.folder = folder.toAbsolutePath();
        this.port = port;
    }

    /** What clients put under schema.registry.url. */
    public String url() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    /** The registry's process, while it runs. */
    public synchronized Optional<ProcessHandle> processHandle() {
        return Optional.ofNullable(process).map(Process::toHandle);
    }

    /**
     * Starts the process and returns when the API answers and compatibility is set.
     *
     * @throws RegistryNotReady when it ends or the deadline passes before that; the message ends with the last lines of its log
     */
    public synchronized void start(Duration deadline) {
        if (process != null && process.isAlive()) {
            return;
        }
        long giveUpAt = System.nanoTime() + deadline.toNanos();
        Process starting = launch();
        process = starting;
        try {
            awaitAnswer(starting, giveUpAt);
            requireFullTransitiveCompatibility();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        Process stopping = process;
        process = null;
        if (stopping == null) {
            return;
        }
        try {
            // The end of its standard input is the child's sign to halt.
            stopping.getOutputStream().close();
            if (!stopping.waitFor(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                stopping.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            stopping.destroyForcibly();
        } catch (InterruptedException e) {
            stopping.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Process launch() {
        try {
            Files.createDirectories(folder);
            return new ProcessBuilder(command())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the schema registry", e);
        }
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        // With -jar these two would come from the manifest.
        command.addAll(List.of("--add-opens=java.base/java.lang=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED"));
        command.add("-Dquarkus.http.host=127.0.0.1");
        command.add("-Dquarkus.http.port=" + port);
        // Its health endpoint would take port 9000, and a second registry on this machine would end for it.
        command.add("-Dquarkus.management.host=127.0.0.1");
        command.add("-Dquarkus.management.port=" + FreePorts.one());
        command.add("-Dquarkus.http.access-log.enabled=false");
        command.add("-Dquarkus.otel.sdk.disabled=true");
        command.add("-Dapicurio.storage.kind=sql");
        command.add("-Dapicurio.storage.sql.kind=h2");
        command.add("-Dapicurio.datasource.url=jdbc:h2:file:" + folder.resolve("schemas"));
        command.add("-Dapicurio.datasource.jdbc.initial-size=2");
        command.add("-Dapicurio.datasource.jdbc.min-size=2");
        command.add("-Dapicurio.datasource.jdbc.max-size=10");
        command.addAll(List.of("-cp", home.classPath(), RegistryChild.class.getName()));
        return command;
    }

    private void awaitAnswer(Process starting, long giveUpAt) {
        HttpRequest subjects = request("/subjects").GET().build();
        while (true) {
            if (!starting.isAlive()) {
                throw new RegistryNotReady(
                        "the schema registry ended with exit code " + starting.exitValue() + logTail());
            }
            if (statusOf(subjects).filter(status -> status == 200).isPresent()) {
                return;
            }
            if (System.nanoTime() > giveUpAt) {
                throw new RegistryNotReady("the schema registry did not answer in time on " + url() + logTail());
            }
            pause(starting);
        }
    }

    private void requireFullTransitiveCompatibility() {
        HttpRequest change = request("/config")
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .PUT(BodyPublishers.ofString("{\"compatibility\":\"FULL_TRANSITIVE\"}"))
                .build();
        int status = statusOf(change).orElse(0);
        if (status != 200) {
            throw new RegistryNotReady(
                    "the schema registry refused FULL_TRANSITIVE compatibility (HTTP " + status + ")" + logTail());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).timeout(REQUEST_TIMEOUT);
    }

    /** The HTTP status, or empty when nobody answers yet. */
    private Optional<Integer> statusOf(HttpRequest request) {
        try {
            HttpResponse<Void> response = http.send(request, BodyHandlers.discarding());
            return Optional.of(response.statusCode());
        } catch (IOException notYet) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryNotReady("interrupted while waiting for the schema registry");
        }
    }

    private static void pause(Process starting) {
        try {
            // Returns early when the process ends.
            boolean ended = starting.waitFor(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            assert ended == !starting.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryNotReady("interrupted while waiting for the schema registry");
        }
    }

    private Path log() {
        return folder.resolve("registry.log");
    }

    private String logTail() {
        try {
            List<String> lines = Files.readAllLines(log());
            List<String> tail = lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size());
            return "; the end of " + log() + ":\n" + String.join("\n", tail);
        } catch (IOException e) {
            return "; its log " + log() + " cannot be read";
        }
    }

    /** The registry did not become ready; the message says why as far as it is known. */
    public static final class RegistryNotReady extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RegistryNotReady(String message) {
            super(message);
        }
    }
}
