package io.loanledger.local.soak.verdict;

import io.loanledger.local.soak.stack.ChildProcess;
import io.loanledger.local.soak.stack.ServiceProcess;
import io.loanledger.streams.wire.StateDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks for the digest of the stores in an instance's folder, once the instance has ended. For one thread. */
public final class StoreDigests {

    static final String MARK = "stores: ";

    private static final int HEAP_MEGABYTES = 512;
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private StoreDigests() {}

    /** The digest of all loans as that folder, completed from the changelogs, holds them; empty when the process failed. */
    public static Optional<StateDigest> of(ServiceProcess instance, int expectedLoans) {
        Path log = instance.log().resolveSibling("stores-of-" + instance.name() + ".log");
        ChildProcess process = ChildProcess.start(new ChildProcess.Plan(
                StoreDigestMain.class.getName(),
                List.of(Integer.toString(expectedLoans)),
                HEAP_MEGABYTES,
                instance.environment(),
                true,
                List.of(),
                log));
        if (!process.awaitEnd(PATIENCE)) {
            process.kill();
        }
        return read(log);
    }

    private static Optional<StateDigest> read(Path log) {
        try {
            return Files.readAllLines(log).stream()
                    .filter(line -> line.startsWith(MARK))
                    .reduce((first, second) -> second)
                    .map(line -> line.substring(MARK.length()).split(" ", -1))
                    .map(words -> new StateDigest(Integer.parseInt(words[0]), words[1]));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
