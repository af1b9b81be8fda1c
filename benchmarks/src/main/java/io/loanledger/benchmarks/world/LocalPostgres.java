package io.loanledger.benchmarks.world;

import io.loanledger.local.net.FreePorts;
import io.loanledger.local.stack.FolderTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of this machine over a throw-away folder, on 127.0.0.1, without waiting for the disk: nothing of it is to be slower than it
 * need be. Its programs do not run as root; there they run as the user {@code postgres}. For one thread; {@link #close} for any, and again.
 */
public final class LocalPostgres implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/lib/postgresql"), Path.of("/usr/pgsql"), Path.of("/opt/homebrew/opt"));
    private static final List<String> PROGRAMS = List.of("initdb", "postgres", "psql", "pgbench", "pg_isready");
    private static final Path RUN_USER = Path.of("/usr/sbin/runuser");
    private static final String SUPERUSER = "bench";

    private final Path binaries;
    private final Path data;
    private final int port;
    private final Process server;

    private LocalPostgres(Path binaries, Path data, int port, Process server) {
        this.binaries = binaries;
        this.data = data;
        this.port = port;
        this.server = server;
    }

    /** Starts one; empty when this machine has none, or none that this user could run. */
    public static Optional<LocalPostgres> start() throws InterruptedException {
        Optional<Path> found = binaries();
        if (found.isEmpty() || (isRoot() && !Files.isExecutable(RUN_USER))) {
            return Optional.empty();
        }
        Path binaries = found.get();
        Path data = Path.of(
                System.getProperty("java.io.tmpdir"),
                "loan-ledger-bench-postgres-" + ProcessHandle.current().pid());
        required(command(
                binaries, "initdb", "-D", data.toString(), "-U", SUPERUSER, "-A", "trust", "--no-sync", "-E", "UTF8"));
        int port = FreePorts.one();
        try {
            Process server = new ProcessBuilder(command(
                            binaries,
                            "postgres",
                            "-D",
                            data.toString(),
                            "-p",
                            Integer.toString(port),
                            "-c",
                            "listen_addresses=127.0.0.1",
                            "-c",
                            "unix_socket_directories=" + data,
                            "-c",
                            "fsync=off",
                            "-c",
                            "synchronous_commit=off",
                            "-c",
                            "full_page_writes=off",
                            "-c",
                            "shared_buffers=512MB",
                            "-c",
                            "max_wal_size=8GB"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var started = new LocalPostgres(binaries, data, port, server);
            // It is no child that watches its parent: it ends with the command, whoever ends that.
            Runtime.getRuntime().addShutdownHook(new Thread(started::close, "postgres-close"));
            started.awaitReady();
            return Optional.of(started);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start PostgreSQL", e);
        }
    }

    /** Runs statements one after the other, each in a transaction of its own unless it says otherwise; what the queries among them gave. */
    public List<String> run(List<String> statements) throws InterruptedException {
        List<String> words = connection("psql");
        words.addAll(List.of("-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", "postgres"));
        for (String statement : statements) {
            words.add("-c");
            words.add(statement);
        }
        return required(words);
    }

    /** How many times a second one client gets the answer to a prepared query, over so many. */
    public double perSecond(Path script, int times) throws InterruptedException {
        List<String> words = connection("pgbench");
        words.addAll(List.of("-n", "-M", "prepared", "-c", "1", "-t", Integer.toString(times)));
        words.addAll(List.of("-f", script.toString(), "postgres"));
        String prefix = "tps = ";
        return required(words).stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()).split(" ", -1)[0])
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("pgbench did not say how fast it was"));
    }

    @Override
    public synchronized void close() {
        server.destroy();
        try {
            if (!server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
            FolderTree.delete(data);
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException leftOver) {
            throw new UncheckedIOException("cannot remove " + data, leftOver);
        }
    }

    private void awaitReady() throws InterruptedException {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<List<String>> answer = tried(connection("pg_isready"));
            if (answer.isPresent()) {
                return;
            }
            if (System.nanoTime() > giveUpAt || !server.isAlive()) {
                close();
                throw new IllegalStateException("PostgreSQL did not become ready");
            }
            Thread.sleep(100);
        }
    }

    private List<String> connection(String program) {
        return command(binaries, program, "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", SUPERUSER);
    }

    private static Optional<Path> binaries() {
        return PLACES.stream()
                .filter(Files::isDirectory)
                .flatMap(LocalPostgres::inside)
                .map(folder -> folder.resolve("bin"))
                .filter(bin -> PROGRAMS.stream().allMatch(program -> Files.isExecutable(bin.resolve(program))))
                .max(Comparator.comparing(Path::toString));
    }

    private static Stream<Path> inside(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList().stream();
        } catch (IOException unreadable) {
            return Stream.empty();
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static List<String> command(Path binaries, String program, String... arguments) {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(List.of(RUN_USER.toString(), "-u", "postgres", "--"));
        }
        command.add(binaries.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** What a program said, and how it ended. */
    private record Ended(int exitCode, List<String> said) {}

    private static Optional<List<String>> tried(List<String> command) throws InterruptedException {
        Ended ended = ended(command);
        return ended.exitCode() == 0 ? Optional.of(ended.said()) : Optional.empty();
    }

    private static List<String> required(List<String> command) throws InterruptedException {
        Ended ended = ended(command);
        if (ended.exitCode() != 0) {
            throw new IllegalStateException("a program of PostgreSQL failed: " + String.join(" / ", ended.said()));
        }
        return ended.said();
    }

    private static Ended ended(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    // A folder that its user may enter.
                    .directory(Path.of(System.getProperty("java.io.tmpdir")).toFile())
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), said.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command.getFirst(), e);
        }
    }
}
