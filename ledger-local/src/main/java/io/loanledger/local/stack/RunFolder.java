package io.loanledger.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one run, locked so that two runs cannot share it: {@code kafka/}, {@code registry/}, {@code state/}, {@code ledger.log}.
 *
 * <p>The lock belongs to the process: the system lets go of it however the process ends. Safe for any thread.
 */
public final class RunFolder implements AutoCloseable {

    private static final String THROW_AWAY_PREFIX = "loan-ledger-demo-";

    private final Path path;
    private volatile boolean throwAway;
    private final FileChannel lockFile;

    private RunFolder(Path path, boolean throwAway, FileChannel lockFile) {
        this.path = path;
        this.throwAway = throwAway;
        this.lockFile = lockFile;
    }

    /**
     * Takes a folder whose data is kept, making it when it is not there.
     *
     * @throws FolderInUse when another process runs over it
     */
    public static RunFolder kept(Path folder) {
        return lock(folder.toAbsolutePath().normalize(), false);
    }

    /**
     * A folder that {@link #close} removes. Those that killed runs left behind, recognised by the number of a process that is no
     * more, are removed too.
     */
    public static RunFolder throwAway() {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        removeLeftOvers(parent);
        return lock(parent.resolve(THROW_AWAY_PREFIX + ProcessHandle.current().pid()), true);
    }

    public Path path() {
        return path;
    }

    public Path log() {
        return path.resolve("ledger.log");
    }

    /** Where a part of the run keeps what is its own. */
    public Path of(String part) {
        return path.resolve(part);
    }

    /** Lets a throw-away folder stay, until the next run removes it. */
    public void keep() {
        throwAway = false;
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (throwAway) {
            remove(path);
        }
    }

    private static RunFolder lock(Path path, boolean throwAway) {
        try {
            Files.createDirectories(path);
            FileChannel file =
                    FileChannel.open(path.resolve("ledger.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(file).isEmpty()) {
                file.close();
                throw new FolderInUse(path);
            }
            return new RunFolder(path, throwAway, file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the folder " + path, e);
        }
    }

    private static Optional<FileLock> tryLock(FileChannel file) throws IOException {
        try {
            @Nullable FileLock lock = file.tryLock();
            return Optional.ofNullable(lock);
        } catch (OverlappingFileLockException heldByThisProcess) {
            return Optional.empty();
        }
    }

    private static void removeLeftOvers(Path parent) {
        try (Stream<Path> folders = Files.list(parent)) {
            folders.filter(RunFolder::isLeftOver).forEach(RunFolder::remove);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into " + parent, e);
        }
    }

    private static boolean isLeftOver(Path folder) {
        String name = folder.getFileName().toString();
        if (!name.matches(THROW_AWAY_PREFIX + "[0-9]{1,18}")) {
            return false;
        }
        long pid = Long.parseLong(name.substring(THROW_AWAY_PREFIX.length()));
        return ProcessHandle.of(pid).isEmpty() && Files.isWritable(folder);
    }

    private static void remove(Path folder) {
        try {
            FolderTree.delete(folder);
        } catch (IOException inUseOrAlreadyGone) {
            // Throw-away data: the next run tries again.
            return;
        }
    }

    /** Another process holds the folder. */
    public static final class FolderInUse extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FolderInUse(Path path) {
            super("another ledger runs over " + path + ": end it, or name another folder with --data");
        }
    }
}
