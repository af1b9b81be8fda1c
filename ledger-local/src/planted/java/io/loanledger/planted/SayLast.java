package io.loanledger.planted;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An Ant task that lets a build end with a line of our own: it runs inside Maven's JVM, and prints a file when that JVM ends, behind
 * everything that Maven says. For the Java that Maven runs on, which may be older than the code's.
 */
public final class SayLast {
    private Path file = Path.of("last-line.txt");

    /** The file to print; nothing is printed if it does not exist by then. */
    public void setFile(String path) {
        file = Path.of(path);
    }

    /** Asks for the line. */
    public void execute() throws IOException {
        Files.deleteIfExists(file);
        Runtime.getRuntime().addShutdownHook(new Thread(new Hook(file)));
    }

    private static final class Hook implements Runnable {
        private final Path line;
        private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

        Hook(Path line) {
            this.line = line;
        }

        @Override
        public void run() {
            try {
                if (Files.exists(line)) {
                    out.write(Files.readAllBytes(line));
                    out.flush();
                }
            } catch (IOException closed) {
                // Nobody listens any more: there is nobody to tell.
            }
        }
    }
}
