package io.loanledger.local.net;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says which process listens on a port, where the system tells that for the price of reading a few files (Linux, own processes or
 * root). Elsewhere it says nothing; nobody may decide anything by it, it only makes a message kinder.
 */
public final class PortOwner {

    private static final List<Path> TCP_TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String LISTENING = "0A";

    private PortOwner() {}

    /** For example {@code process 4711 (java)}, or empty when it cannot be known. */
    public static Optional<String> of(int port) {
        return inodeListeningOn(port).flatMap(PortOwner::processHolding);
    }

    private static Optional<String> inodeListeningOn(int port) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        for (Path table : TCP_TABLES) {
            if (!Files.isReadable(table)) {
                continue;
            }
            try {
                for (String line : Files.readAllLines(table)) {
                    String[] columns = line.strip().split("\\s+", 12);
                    if (columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTENING)) {
                        return Optional.of(columns[9]);
                    }
                }
            } catch (IOException unreadable) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<String> processHolding(String inode) {
        String socket = "socket:[" + inode + "]";
        return ProcessHandle.allProcesses()
                .filter(process -> holds(process.pid(), socket))
                .findFirst()
                .map(process -> "process " + process.pid()
                        + process.info()
                                .command()
                                .map(command -> " (" + Path.of(command).getFileName() + ")")
                                .orElse(""));
    }

    private static boolean holds(long pid, String socket) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).toString().equals(socket)) {
                    return true;
                }
            }
            return false;
        } catch (IOException notOurs) {
            return false;
        }
    }
}
