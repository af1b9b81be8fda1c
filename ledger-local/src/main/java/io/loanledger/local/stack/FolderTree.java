package io.loanledger.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder with all that lies in it. */
public final class FolderTree {

    private FolderTree() {}

    /**
     * Deletes it; how many files lay in it, which is none when it is not there.
     *
     * @throws IOException when a part of it cannot be deleted or others delete it meanwhile; some of it may be gone then
     */
    public static int delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return 0;
        }
        int files = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                files += Files.isRegularFile(each) ? 1 : 0;
                Files.deleteIfExists(each);
            }
        } catch (UncheckedIOException walking) {
            throw walking.getCause();
        }
        return files;
    }
}
